variable "audit_secret_arn" {
  type      = string
  sensitive = true
}

data "aws_ssm_parameter" "bucket" {
  name = "/prod/report/bucket"
}

resource "random_password" "api" {
  length = 40
}

resource "aws_secretsmanager_secret" "api" {
  name = "prod/report/api"
}

resource "aws_secretsmanager_secret_version" "api" {
  secret_id     = aws_secretsmanager_secret.api.id
  secret_string = random_password.api.result
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
    environment = [
      { name = "BUCKET", value = data.aws_ssm_parameter.bucket.value },
      { name = "AUDIT_SECRET_ARN", value = var.audit_secret_arn },
      { name = "API_VERSION", value = sha256(random_password.api.result) },
    ]
    secrets = [
      { name = "API_TOKEN", valueFrom = aws_secretsmanager_secret.api.arn },
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
  role   = aws_iam_role.execution.name
  policy = data.aws_iam_policy_document.read_secrets.json
}

data "aws_iam_policy_document" "read_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.api.arn]
  }
}
