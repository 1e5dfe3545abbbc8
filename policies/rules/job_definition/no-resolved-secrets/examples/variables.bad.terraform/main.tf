variable "api_token" {
  type      = string
  sensitive = true
}

variable "licence" {
  type      = string
  sensitive = true
  default   = ""
}

variable "host" {
  type = string
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "prod/report/db"
}

locals {
  db_url = "postgres://report:${data.aws_secretsmanager_secret_version.db.secret_string}@${var.host}/report"
}

resource "aws_batch_job_definition" "report" {
  name       = "nightly-report"
  type       = "container"
  parameters = { licence = var.licence }
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command = ["report", "--api", "https://${var.host}?key=${var.api_token}"]
    environment = [
      { name = "API_LOGIN", value = var.api_token },
      { name = "DB_URL", value = local.db_url },
    ]
  })
}
