variable "environment" {
  type = string
}

resource "aws_secretsmanager_secret" "db" {
  name = "${var.environment}/report/db"
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = "report", password = random_password.db.result })
}

resource "random_password" "db" {
  length = 32
}

data "aws_secretsmanager_secret" "smtp" {
  name = "shared/smtp"
}

resource "aws_iam_role" "execution" {
  name               = "report-execution"
  assume_role_policy = file("${path.module}/ecs-tasks.json")
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command          = ["report"]
    executionRoleArn = aws_iam_role.execution.arn
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    secrets = [
      { name = "DB", valueFrom = aws_secretsmanager_secret.db.name },
      { name = "SMTP_PASSWORD", valueFrom = "${data.aws_secretsmanager_secret.smtp.name}:password::" },
    ]
  })
}

resource "aws_iam_role_policy" "read_secrets" {
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = [aws_secretsmanager_secret.db.arn, data.aws_secretsmanager_secret.smtp.arn]
    }]
  })
}
