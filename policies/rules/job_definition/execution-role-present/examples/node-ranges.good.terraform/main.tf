resource "aws_secretsmanager_secret" "licence" {
  name = "prod/simulation/licence"
}

resource "aws_secretsmanager_secret_version" "licence" {
  secret_id     = aws_secretsmanager_secret.licence.id
  secret_string = random_password.licence.result
}

resource "random_password" "licence" {
  length = 32
}

locals {
  container = {
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/simulation:4"
    executionRoleArn = aws_iam_role.execution.arn
    resourceRequirements = [
      { type = "VCPU", value = "8" },
      { type = "MEMORY", value = "16384" },
    ]
    secrets = [{ name = "LICENCE", valueFrom = aws_secretsmanager_secret.licence.arn }]
  }
}

resource "aws_batch_job_definition" "simulation" {
  name = "simulation"
  type = "multinode"
  node_properties = jsonencode({
    mainNode = 0
    numNodes = 4
    nodeRangeProperties = [
      { targetNodes = "0", container = merge(local.container, { command = ["lead"] }) },
      { targetNodes = "1:", container = merge(local.container, { command = ["follow"] }) },
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
    resources = [aws_secretsmanager_secret.licence.arn]
  }
}
