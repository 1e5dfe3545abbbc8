resource "aws_secretsmanager_secret" "db" {
  name = "prod/report/db"
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = file("${path.module}/db.json")
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = templatefile("${path.module}/report.json.tftpl", {
    execution_role_arn = aws_iam_role.execution.arn
    db_secret_arn      = aws_secretsmanager_secret.db.arn
    db_version         = aws_secretsmanager_secret_version.db.version_id
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
