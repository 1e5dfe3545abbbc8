resource "aws_secretsmanager_secret" "database" {
  name = "reports/database"
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ username = "report", password = random_password.database.result })
}

resource "random_password" "database" {
  length = 32
}

resource "aws_iam_role" "execution" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "secrets" {
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.database.arn }]
  })
}

resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image            = "public.ecr.aws/docker/library/python:3.13"
    executionRoleArn = aws_iam_role.execution.arn
    secrets = [
      { name = "DB_PASSWORD", valueFrom = "${aws_secretsmanager_secret.database.arn}:password:AWSPREVIOUS:9d4cb84b-ad69-40c0-a0ab-cead36b967e8" },
    ]
  })
}
