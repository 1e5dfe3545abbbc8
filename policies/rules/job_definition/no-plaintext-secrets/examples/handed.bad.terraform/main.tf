resource "aws_batch_job_definition" "report" {
  name = "nightly-report"
  type = "container"
  parameters = {
    login = "w1nter-sp0rt"
  }
  container_properties = jsonencode({
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/report:4"
    command = ["report", "--password=Ref::login"]
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
  })
}
