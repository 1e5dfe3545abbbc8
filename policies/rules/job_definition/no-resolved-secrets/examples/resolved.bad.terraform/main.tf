variable "smtp_password" {
  type      = string
  sensitive = true
}

variable "github_token" {
  type = string
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "prod/report/db"
}

resource "random_password" "api" {
  length = 40
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command = ["report", "--github-token", var.github_token]
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    environment = [
      { name = "SMTP_LOGIN", value = "report:${var.smtp_password}" },
      { name = "DB_HOST", value = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["host"] },
      { name = "DB_PASSWORD", value = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["password"] },
      { name = "API_TOKEN", value = random_password.api.result },
    ]
  })
}
