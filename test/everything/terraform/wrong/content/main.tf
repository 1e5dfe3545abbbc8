# Secrets that do not hold what the jobs ask them for.

resource "aws_secretsmanager_secret" "text" {
  name = "reports/text"
}

resource "aws_secretsmanager_secret_version" "text" {
  secret_id     = aws_secretsmanager_secret.text.id
  secret_string = "set by hand"
}

resource "aws_secretsmanager_secret" "json" {
  name = "reports/json"
}

resource "aws_secretsmanager_secret_version" "json" {
  secret_id     = aws_secretsmanager_secret.json.id
  secret_string = jsonencode({ username = "reports", password = "set by hand" })
}

resource "aws_secretsmanager_secret" "binary" {
  name = "reports/binary"
}

resource "aws_secretsmanager_secret_version" "binary" {
  secret_id     = aws_secretsmanager_secret.binary.id
  secret_binary = filebase64("${path.module}/keystore.p12")
}

resource "aws_secretsmanager_secret" "nothing" {
  name = "app-config"
}

resource "aws_secretsmanager_secret" "rotating" {
  name = "reports/rotating"
}

resource "aws_secretsmanager_secret_version" "rotating" {
  secret_id     = aws_secretsmanager_secret.rotating.id
  secret_string = "set by hand"
}

resource "aws_secretsmanager_secret_rotation" "rotating" {
  secret_id           = aws_secretsmanager_secret.rotating.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_kms_key" "disabled" {
  is_enabled = false
}

resource "aws_secretsmanager_secret" "disabled" {
  name       = "reports/disabled"
  kms_key_id = aws_kms_key.disabled.arn
}

resource "aws_secretsmanager_secret_version" "disabled" {
  secret_id     = aws_secretsmanager_secret.disabled.id
  secret_string = "set by hand"
}

resource "aws_kms_key" "asymmetric" {
  customer_master_key_spec = "RSA_2048"
}

resource "aws_secretsmanager_secret" "asymmetric" {
  name       = "reports/asymmetric"
  kms_key_id = aws_kms_key.asymmetric.arn
}

resource "aws_secretsmanager_secret_version" "asymmetric" {
  secret_id     = aws_secretsmanager_secret.asymmetric.id
  secret_string = "set by hand"
}

resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = "arn:aws:iam::123456789012:role/reports-execution"
    secrets = [
      { name = "TEXT", valueFrom = "${aws_secretsmanager_secret.text.arn}:password::" },
      { name = "JSON", valueFrom = "${aws_secretsmanager_secret.json.arn}:passwort::" },
      { name = "BINARY", valueFrom = aws_secretsmanager_secret.binary.arn },
      { name = "NOTHING", valueFrom = aws_secretsmanager_secret.nothing.arn },
      { name = "LISTED", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:reports/listed-Xk3p9Q::green:" },
      { name = "ROTATING", valueFrom = "${aws_secretsmanager_secret.rotating.arn}::AWSPREVIOUS:" },
      { name = "DISABLED", valueFrom = aws_secretsmanager_secret.disabled.arn },
      { name = "ASYMMETRIC", valueFrom = aws_secretsmanager_secret.asymmetric.arn },
      { name = "OTHER_ACCOUNT", valueFrom = "arn:aws:secretsmanager:eu-west-1:444455556666:secret:shared/database-Xk3p9Q" },
    ]
  })
}
