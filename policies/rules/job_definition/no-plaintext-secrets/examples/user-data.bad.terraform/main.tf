resource "aws_launch_template" "batch" {
  name = "batch"
  user_data = base64encode(<<-DATA
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="==B=="

    --==B==
    Content-Type: text/x-shellscript; charset="us-ascii"

    #!/bin/bash
    docker login --username report --password w1nter-sp0rt registry.internal
    export SMTP_PASSWORD="w1nter-sp0rt"

    --==B==--
  DATA
  )
}

resource "aws_batch_compute_environment" "batch" {
  compute_environment_name = "batch"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    max_vcpus          = 16
    instance_type      = ["m6i"]
    instance_role      = "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole"
    subnets            = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    launch_template {
      launch_template_id = aws_launch_template.batch.id
    }
  }
}
