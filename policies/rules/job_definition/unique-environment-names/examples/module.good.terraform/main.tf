module "report" {
  source             = "./modules/job"
  name               = "nightly-report"
  image              = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
  execution_role_arn = aws_iam_role.execution.arn
  environment        = { DB_HOST = "db.internal" }
  secrets            = { DB_PASSWORD = "${aws_secretsmanager_secret.db.arn}:password::" }
}

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

resource "aws_iam_role" "execution" {
  name = "report-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "read_secrets" {
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = aws_secretsmanager_secret.db.arn
    }]
  })
}
