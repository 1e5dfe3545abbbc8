variable "secrets" {
  type    = list(object({ name = string, valueFrom = string }))
  default = []
}

resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image   = "report:1"
    secrets = var.secrets
  })
}
