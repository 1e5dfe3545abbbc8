variable "name" {
  type = string
}

variable "secret_arns" {
  type    = map(string)
  default = {}
}

resource "aws_iam_role" "this" {
  name               = var.name
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

resource "aws_iam_role_policy_attachment" "images_and_logs" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_policy" "read_secret" {
  for_each = var.secret_arns
  name     = "${var.name}-${each.key}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = each.value
    }]
  })
}

resource "aws_iam_role_policy_attachment" "read_secret" {
  for_each   = aws_iam_policy.read_secret
  role       = aws_iam_role.this.name
  policy_arn = each.value.arn
}

output "arn" {
  value = aws_iam_role.this.arn
}
