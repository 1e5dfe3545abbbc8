data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "report" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Report"
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.execution.arn }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "report" {
  name          = "alias/report"
  target_key_id = aws_kms_key.report.key_id
}

resource "aws_secretsmanager_secret" "db" {
  name       = "prod/report/db"
  kms_key_id = aws_kms_key.report.arn
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = "report", password = random_password.db.result })
}

resource "random_password" "db" {
  length = 32
}

resource "aws_secretsmanager_secret" "mail" {
  name = "prod/report/mail"
}

resource "aws_secretsmanager_secret_version" "mail" {
  secret_id     = aws_secretsmanager_secret.mail.id
  secret_string = random_password.mail.result
}

resource "random_password" "mail" {
  length = 32
}

resource "aws_iam_role" "execution" {
  name = "report-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "read_secrets" {
  name   = "read-secrets"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.read_secrets.json
}

data "aws_iam_policy_document" "read_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.db.arn]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:kms:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:alias/report"]
  }
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"

  container_properties = <<-JSON
    {
      "image": "public.ecr.aws/docker/library/python:3.13",
      "command": ["python", "report.py"],
      "executionRoleArn": "${aws_iam_role.execution.arn}",
      "resourceRequirements": [
        { "type": "VCPU", "value": "1" },
        { "type": "MEMORY", "value": "2048" }
      ],
      "environment": [{ "name": "DB_USER", "value": "report" }],
      "secrets": [
        { "name": "DB_USER", "valueFrom": "${aws_secretsmanager_secret.db.arn}:username::" },
        { "name": "DB_PASSWORD", "valueFrom": "${aws_secretsmanager_secret.db.arn}:password" },
        { "name": "MAIL_TOKEN", "valueFrom": "${aws_secretsmanager_secret.mail.arn}" }
      ]
    }
  JSON
}
