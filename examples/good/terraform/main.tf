# The same job, mended: every reference is proven.

resource "aws_secretsmanager_secret" "database" {
  name       = "reports/database"
  kms_key_id = aws_kms_key.secrets.arn
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ password = random_password.database.result })
}

resource "random_password" "database" {
  length = 32
}

resource "aws_secretsmanager_secret" "mailer" {
  name = "reports/mailer"
}

resource "aws_secretsmanager_secret_version" "mailer" {
  secret_id     = aws_secretsmanager_secret.mailer.id
  secret_string = random_password.mailer.result
}

resource "random_password" "mailer" {
  length = 32
}

resource "aws_kms_key" "secrets" {
  description = "Secrets of the reports"
}

resource "aws_iam_role" "execution" {
  name = "reports-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "secrets" {
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = [aws_secretsmanager_secret.database.arn, aws_secretsmanager_secret.mailer.arn]
      }, {
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.secrets.arn
    }]
  })
}

resource "aws_batch_job_definition" "report" {
  name                  = "report"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image            = "public.ecr.aws/docker/library/busybox:latest"
    command          = ["report"]
    executionRoleArn = aws_iam_role.execution.arn
    resourceRequirements = [
      { type = "VCPU", value = "0.25" },
      { type = "MEMORY", value = "512" },
    ]
    secrets = [
      { name = "DATABASE_PASSWORD", valueFrom = "${aws_secretsmanager_secret.database.arn}:password::" },
      { name = "MAILER_TOKEN", valueFrom = aws_secretsmanager_secret.mailer.arn },
    ]
  })
}
