# References, roles and policies: each job has a mistake of its own.

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  secrets = "arn:aws:secretsmanager:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:secret"
}

resource "aws_kms_key" "secrets" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "secrets" {
  name          = "alias/reports"
  target_key_id = aws_kms_key.secrets.id
}

resource "aws_secretsmanager_secret" "db" {
  name       = "reports/database"
  kms_key_id = aws_kms_key.secrets.arn
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = "reports", password = random_password.db.result })
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = aws_secretsmanager_secret.db.id
}

resource "random_password" "db" {
  length = 32
}

resource "aws_secretsmanager_secret" "export" {
  name = "billing-export"
}

resource "aws_secretsmanager_secret_version" "export" {
  secret_id     = aws_secretsmanager_secret.export.id
  secret_string = random_password.db.result
}

# Trusts another service, may read nothing but by a pattern that matches no secret, and decrypt with an alias.
resource "aws_iam_role" "execution" {
  name = "reports-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "batch.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "execution" {
  role = aws_iam_role.execution.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "${local.secrets}:reports/database" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_alias.secrets.arn },
    ]
  })
}

# May read every secret, and decrypt none.
resource "aws_iam_role" "everything" {
  name = "reports-everything"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "everything" {
  role = aws_iam_role.everything.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}

resource "aws_batch_job_definition" "references" {
  name = "references"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command          = ["report"]
    executionRoleArn = aws_iam_role.everything.arn
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
    repositoryCredentials = { credentialsParameter = "${aws_secretsmanager_secret.db.arn}:username::" }
    environment = [
      { name = "AWS_BATCH_STAGE", value = "production" },
      { name = "TWICE", value = "1" },
      { name = "RESOLVED", value = aws_secretsmanager_secret_version.db.secret_string },
      { name = "GITHUB_TOKEN", value = "ghp_0123456789abcdefghijABCDEFGHIJ012345" },
    ]
    secrets = [
      { name = "SLASH", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret/reports/database" },
      { name = "COLONS", valueFrom = "${aws_secretsmanager_secret.db.arn}:password" },
      { name = "BOTH", valueFrom = "${aws_secretsmanager_secret.db.arn}:password:AWSPREVIOUS:9d4cb84b-ad69-40c0-a0ab-cead36b967e8" },
      { name = "NAME", valueFrom = aws_secretsmanager_secret.db.name },
      { name = "VALUE", valueFrom = data.aws_secretsmanager_secret_version.db.secret_string },
      { name = "LOOKS_COMPLETE", valueFrom = "${local.secrets}:billing-export" },
      { name = "COPIED", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:reports/database-Xk3p9Q" },
      { name = "PARTIAL", valueFrom = "${local.secrets}:reports/database" },
      { name = "TWICE", valueFrom = aws_secretsmanager_secret.export.arn },
    ]
  })
}

resource "aws_batch_job_definition" "shape" {
  name = "shape"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = aws_iam_role.everything.arn
    secret           = [{ name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.export.arn }]
  })
}

resource "aws_batch_job_definition" "no_role" {
  name = "no-role"
  type = "container"
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    secrets = [{ name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.export.arn }]
  })
}

resource "aws_batch_job_definition" "no_such_role" {
  name = "no-such-role"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole"
    secrets          = [{ name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.export.arn }]
  })
}

resource "aws_batch_job_definition" "may_not" {
  name = "may-not"
  type = "container"
  container_properties = jsonencode({
    image            = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    executionRoleArn = aws_iam_role.execution.arn
    secrets = [
      { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn },
      { name = "ENDPOINT", valueFrom = "/reports/endpoint" },
    ]
  })
}
