resource "aws_ssm_parameter" "report" {
  for_each = toset(["api-token", "mail-token"])
  name     = "/prod/report/${each.key}"
  type     = "SecureString"
  value    = "set by hand"

  lifecycle {
    ignore_changes = [value]
  }
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
      for name, parameter in aws_ssm_parameter.report : {
        name      = upper(replace(name, "-", "_"))
        valueFrom = parameter.arn
      }
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

resource "aws_iam_role_policy" "read_parameters" {
  role   = aws_iam_role.execution.name
  policy = data.aws_iam_policy_document.read_parameters.json
}

data "aws_iam_policy_document" "read_parameters" {
  statement {
    actions   = ["ssm:GetParameter", "ssm:GetParametersByPath"]
    resources = values(aws_ssm_parameter.report)[*].arn
  }
}
