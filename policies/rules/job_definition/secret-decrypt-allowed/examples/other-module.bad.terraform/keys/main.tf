resource "aws_kms_key" "secrets" {
  description = "for secrets of jobs"
}

output "key_id" {
  value = aws_kms_key.secrets.key_id
}
