variable "db_secret_arn" {
  type    = string
  default = "arn:aws:secretsmanager:eu-west-1:secret:prod/report/db-a1B2c3"
}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  secrets = "arn:aws:secretsmanager:eu-west-1:${local.account}:secret"
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
      { name = "DB", valueFrom = var.db_secret_arn },
      { name = "SMTP", valueFrom = "${local.secrets}/prod/report/smtp" },
      { name = "API_TOKEN", valueFrom = "arn:aws:secretmanager:eu-west-1:${local.account}:secret:prod/report/api" },
      { name = "BROKER_PASSWORD", valueFrom = "arn:aws:ssm:eu-west-1::parameter/prod/report/broker" },
    ]
  })
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
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "ssm:GetParameters"]
      Resource = ["arn:aws:secretsmanager:eu-west-1:*:secret:prod/report/*", "arn:aws:ssm:eu-west-1:*:parameter/prod/report/*"]
    }]
  })
}
