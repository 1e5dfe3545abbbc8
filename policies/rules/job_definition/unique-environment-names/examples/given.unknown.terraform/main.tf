variable "environment" {
  type = map(string)
}

data "aws_iam_role" "execution" {
  name = "report-execution"
}

data "aws_secretsmanager_secret" "db" {
  name = "prod/report/db"
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command          = ["report"]
    executionRoleArn = data.aws_iam_role.execution.arn
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    environment = [for name, value in var.environment : { name = name, value = value }]
    secrets = [
      { name = "DB_PASSWORD", valueFrom = "${data.aws_secretsmanager_secret.db.arn}:password::" },
    ]
  })
}
