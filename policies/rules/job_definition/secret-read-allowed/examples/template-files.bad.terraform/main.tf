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
  name               = "report-execution"
  assume_role_policy = file("${path.module}/trust.json")
}

resource "aws_iam_role_policy" "execution" {
  role = aws_iam_role.execution.name
  policy = templatefile("${path.module}/policy.json.tftpl", {
    log_group     = aws_cloudwatch_log_group.report.arn
    db_secret_arn = aws_secretsmanager_secret.db.arn
  })
}

resource "aws_cloudwatch_log_group" "report" {
  name = "/batch/report"
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = templatefile("${path.module}/report.json.tftpl", {
    execution_role_arn = aws_iam_role.execution.arn
    secrets            = { db = aws_secretsmanager_secret.db.arn }
  })
}
