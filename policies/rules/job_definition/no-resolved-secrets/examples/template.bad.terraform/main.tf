data "aws_ssm_parameter" "db_password" {
  name = "/prod/report/db-password"
}

resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  container_properties = templatefile("${path.module}/jobs/report.json.tftpl", {
    image       = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    db_password = data.aws_ssm_parameter.db_password.value
  })
}

resource "aws_batch_job_definition" "cleanup" {
  name = "nightly-cleanup"
  type = "container"

  container_properties = <<-JSON
    {
      "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/cleanup:4",
      "command": ["cleanup"],
      "vcpus": 1,
      "memory": 512,
      "environment": [
        { "name": "DB_URL", "value": "postgres://report:${data.aws_ssm_parameter.db_password.value}@db/report" }
      ]
    }
  JSON
}
