resource "aws_secretsmanager_secret" "config" {
  name = "app-config"
}
