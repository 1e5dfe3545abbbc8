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

resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = aws_iam_role.execution.arn
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    secrets = [{ name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" }]
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
    resources = [aws_secretsmanager_secret.db.arn]
  }
}

resource "aws_batch_compute_environment" "ec2" {
  name = "ec2"
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
  image_id  = "ami-0a1b2c3d4e5f60718" # our own, with the model in it
  user_data = base64encode(<<-USERDATA
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="BOUNDARY"

    --BOUNDARY
    Content-Type: text/x-shellscript; charset="us-ascii"

    #!/bin/bash
    echo ECS_IMAGE_PULL_BEHAVIOR=prefer-cached >> /etc/ecs/ecs.config

    --BOUNDARY--
  USERDATA
  )
}
