variable "environment" {
  type        = list(object({ name = string, value = string }))
  description = "What the report needs besides its secrets"
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command = ["report"]
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    environment = var.environment
  })
}
