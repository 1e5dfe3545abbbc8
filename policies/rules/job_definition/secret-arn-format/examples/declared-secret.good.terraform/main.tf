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

resource "aws_ssm_parameter" "api_token" {
  name  = "/prod/report/api-token"
  type  = "SecureString"
  value = "set by hand"

  lifecycle {
    ignore_changes = [value]
  }
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"

  container_properties = <<-JSON
    {
      "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4",
      "command": ["report"],
      "vcpus": 1,
      "memory": 2048,
      "executionRoleArn": "${aws_iam_role.execution.arn}",
      "secrets": [
        { "name": "DB_PASSWORD", "valueFrom": "${aws_secretsmanager_secret.db.arn}:password::" },
        { "name": "API_TOKEN", "valueFrom": "${aws_ssm_parameter.api_token.name}" }
      ]
    }
  JSON
}

resource "aws_iam_role" "execution" {
  name               = "report-execution"
  assume_role_policy = data.aws_iam_policy_document.ecs_tasks.json
}

data "aws_iam_policy_document" "ecs_tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "read_secrets" {
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.read_secrets.json
}

data "aws_iam_policy_document" "read_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.db.arn]
  }

  statement {
    actions   = ["ssm:GetParameters"]
    resources = [aws_ssm_parameter.api_token.arn]
  }
}
