variable "smtp_password" {
  type    = string
  default = "w1nter-sp0rt"
}

locals {
  database = "postgres://report:w1nter-sp0rt@db.internal/report"
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command = ["sh", "-c", "export API_TOKEN=w1nter-sp0rt; report"]
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    environment = [
      { name = "DB_URL", value = local.database },
      { name = "SMTP_PASSWORD", value = var.smtp_password },
      { name = "CONFIG", value = jsonencode({ region = "eu-west-1", client_secret = "w1nter-sp0rt" }) },
    ]
  })
}
