# What jobs read, and who may read it.

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
data "aws_partition" "current" {}

resource "aws_kms_key" "secrets" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_secretsmanager_secret" "db" {
  name       = "reports/database"
  kms_key_id = aws_kms_key.secrets.arn
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = "reports", password = random_password.all["db"].result })
}

resource "aws_secretsmanager_secret" "splunk" {
  name = "reports/splunk"
}

resource "aws_secretsmanager_secret_version" "splunk" {
  secret_id     = aws_secretsmanager_secret.splunk.id
  secret_string = random_password.all["splunk"].result
}

resource "aws_secretsmanager_secret" "registry" {
  name = "reports/registry"
}

resource "aws_secretsmanager_secret_version" "registry" {
  secret_id     = aws_secretsmanager_secret.registry.id
  secret_string = jsonencode({ username = "reports", password = random_password.all["registry"].result })
}

resource "random_password" "all" {
  for_each = toset(["db", "splunk", "registry"])
  length   = 32
}

resource "aws_ssm_parameter" "endpoint" {
  name  = "/reports/endpoint"
  type  = "String"
  value = "https://reports.example.com"
}

resource "aws_iam_role" "execution" {
  name               = "reports-execution"
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

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "read_secrets" {
  role   = aws_iam_role.execution.name
  policy = data.aws_iam_policy_document.read_secrets.json
}

data "aws_iam_policy_document" "read_secrets" {
  statement {
    actions = ["secretsmanager:GetSecretValue"]
    resources = [
      aws_secretsmanager_secret.db.arn,
      aws_secretsmanager_secret.splunk.arn,
      aws_secretsmanager_secret.registry.arn,
    ]
  }
  statement {
    actions   = ["ssm:GetParameters"]
    resources = [aws_ssm_parameter.endpoint.arn]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.secrets.arn]
  }
}
