resource "aws_kms_key" "k" {}
resource "aws_secretsmanager_secret" "a" {
  kms_key_id = aws_kms_key.k.arn
}
resource "aws_iam_role" "run" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.run.id
  policy = data.aws_iam_policy_document.d.json
}
data "aws_iam_policy_document" "d" {
  statement {
    sid = "Both"
    actions = [
      "secretsmanager:GetSecretValue",
      "kms:Decrypt",
    ]
    resources = [aws_secretsmanager_secret.a.arn]
  }
}
resource "aws_batch_job_definition" "j" {
  name = "j"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.run.arn
    secrets          = [{ name = "A", valueFrom = aws_secretsmanager_secret.a.arn }]
  })
}
