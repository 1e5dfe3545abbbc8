variable "smtp_password" {
  type      = string
  sensitive = true
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = aws_secretsmanager_secret.db.id
}

resource "aws_secretsmanager_secret" "db" {
  name = "prod/report/db"
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = "report", password = random_password.db.result })
}

resource "random_password" "db" {
  length = 32
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = "arn:aws:iam::123456789012:role/report-execution"
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    secrets = [
      { name = "DB_LOGIN", valueFrom = data.aws_secretsmanager_secret_version.db.secret_string },
      { name = "DB_PASSWORD", valueFrom = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["password"] },
      { name = "SMTP_PASSWORD", valueFrom = var.smtp_password },
    ]
  })
}
