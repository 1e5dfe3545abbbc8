variable "name" {
  type = string
}

variable "image" {
  type = string
}

variable "execution_role_arn" {
  type = string
}

variable "environment" {
  type    = map(string)
  default = {}
}

variable "secrets" {
  type    = map(string)
  default = {}
}

locals {
  environment = merge({ LOG_LEVEL = "info", DB_USER = "report" }, var.environment)
}

resource "aws_batch_job_definition" "this" {
  name = var.name
  type = "container"
  container_properties = jsonencode({
    image            = var.image
    command          = ["report"]
    executionRoleArn = var.execution_role_arn
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    environment = [for name, value in local.environment : { name = name, value = value }]
    secrets     = [for name, arn in var.secrets : { name = name, valueFrom = arn }]
  })
}
