resource "aws_batch_job_definition" "report" {
  name                  = "report"
  type                  = "container"
  platform_capabilities = ["EC2"]
  container_properties = jsonencode({
    image            = "registry.example.com/report:4"
    command          = ["report"]
    executionRoleArn = aws_iam_role.execution.arn
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    repositoryCredentials = { credentialsParameter = aws_secretsmanager_secret.registry.arn }
    environment           = [{ name = "STAGE", value = "production" }]
    secrets = [
      { name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" },
      { name = "DB_CURRENT", valueFrom = "${aws_secretsmanager_secret.db.arn}:password:AWSCURRENT:" },
      { name = "ENDPOINT", valueFrom = aws_ssm_parameter.endpoint.arn },
    ]
    logConfiguration = {
      logDriver     = "splunk"
      options       = { splunk-url = "https://splunk.example.com:8088" }
      secretOptions = [{ name = "splunk-token", valueFrom = aws_secretsmanager_secret.splunk.arn }]
    }
  })
}

resource "aws_batch_job_definition" "upload" {
  name                  = "upload"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  ecs_properties = jsonencode({
    taskProperties = [{
      executionRoleArn = aws_iam_role.execution.arn
      platformVersion  = "1.4.0"
      containers = [{
        name  = "upload"
        image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/upload:4"
        resourceRequirements = [
          { type = "VCPU", value = "1" },
          { type = "MEMORY", value = "2048" },
        ]
        secrets = [{ name = "DB_USER", valueFrom = "${aws_secretsmanager_secret.db.arn}:username::" }]
      }]
    }]
  })
}
