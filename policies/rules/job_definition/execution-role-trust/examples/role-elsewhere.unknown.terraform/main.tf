data "aws_iam_role" "execution" {
  name = "report-execution"
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
    secrets = [
      { name = "API_TOKEN", valueFrom = "/prod/report/api-token" },
    ]
  })
}
