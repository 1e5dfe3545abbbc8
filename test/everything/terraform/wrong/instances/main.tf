# Platforms, agents and log drivers that do not support what the jobs use.

resource "aws_secretsmanager_secret" "db" {
  name = "reports/database"
}

resource "aws_iam_role" "execution" {
  name = "reports-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "execution" {
  role = aws_iam_role.execution.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn }]
  })
}

resource "aws_batch_job_definition" "on_instances" {
  name                  = "on-instances"
  type                  = "container"
  platform_capabilities = ["EC2"]
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = aws_iam_role.execution.arn
    secrets          = [{ name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" }]
    logConfiguration = {
      logDriver     = "splunk"
      options       = { splunk-url = "https://splunk.example.com:8088" }
      secretOptions = [{ name = "splunk-token", valueFrom = aws_secretsmanager_secret.db.arn }]
    }
  })
}

resource "aws_batch_job_definition" "with_logs" {
  name                  = "with-logs"
  type                  = "container"
  platform_capabilities = ["EC2"]
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = aws_iam_role.execution.arn
    secrets          = [{ name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" }]
    logConfiguration = { logDriver = "awslogs" }
  })
}

resource "aws_batch_job_definition" "on_fargate" {
  name                  = "on-fargate"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image                        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn             = aws_iam_role.execution.arn
    fargatePlatformConfiguration = { platformVersion = "1.3.0" }
    secrets                      = [{ name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" }]
    logConfiguration = {
      logDriver     = "fluentd"
      secretOptions = [{ name = "fluentd-address", valueFrom = aws_secretsmanager_secret.db.arn }]
    }
  })
}

resource "aws_batch_compute_environment" "instances" {
  name = "instances"
  type = "MANAGED"
  compute_resources {
    type               = "EC2"
    max_vcpus          = 16
    instance_type      = ["m6i"]
    instance_role      = "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole"
    subnets            = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    launch_template {
      launch_template_id = aws_launch_template.batch.id
      version            = "$Latest"
    }
  }
}

resource "aws_launch_template" "batch" {
  name      = "batch"
  image_id  = "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/amzn2-ami-ecs-hvm-2.0.20190402-x86_64-ebs/image_id"
  user_data = base64encode(<<-USERDATA
    #!/bin/bash
    echo 'ECS_AVAILABLE_LOGGING_DRIVERS=["awslogs"]' >> /etc/ecs/ecs.config
    echo ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=false >> /etc/ecs/ecs.config
  USERDATA
  )
}
