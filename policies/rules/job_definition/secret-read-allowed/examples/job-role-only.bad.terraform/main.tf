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

resource "aws_iam_role" "report" {
  for_each           = toset(["execution", "job"])
  name               = "report-${each.key}"
  assume_role_policy = file("${path.module}/ecs-tasks.json")
}

resource "aws_iam_role_policy_attachment" "images_and_logs" {
  role       = aws_iam_role.report["execution"].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "read_secrets" {
  role = aws_iam_role.report["job"].id

  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "secretsmanager:GetSecretValue",
          "Resource": "${aws_secretsmanager_secret.db.arn}"
        }
      ]
    }
  JSON
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"

  container_properties = <<-JSON
    {
      "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4",
      "command": ["report"],
      "vcpus": 1,
      "memory": 2048,
      "executionRoleArn": "${aws_iam_role.report["execution"].arn}",
      "jobRoleArn": "${aws_iam_role.report["job"].arn}",
      "secrets": [
        { "name": "DB_PASSWORD", "valueFrom": "${aws_secretsmanager_secret.db.arn}:password::" }
      ]
    }
  JSON
}
