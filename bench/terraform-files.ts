/**
 * Generated Terraform of any size that looks like what people write: root modules, the modules they call, and much that
 * is not about jobs.
 */
import type { Files } from "./generate.ts";

/** One job in so many lacks its grant. */
const BROKEN = 50;

/**
 * A job definition with its role, grant, secret and log group. Every third is a heredoc, every third a template file.
 */
function job(index: number): string {
  const name = `nightly_${index}`;
  const properties = [
    `jsonencode({
    image            = "\${aws_ecr_repository.jobs.repository_url}:\${var.image_tag}"
    command          = ["python", "-m", "nightly", "--shard", "${index}"]
    executionRoleArn = aws_iam_role.${name}.arn
    jobRoleArn       = aws_iam_role.job.arn
    environment      = [for key, value in merge(local.environment, { SHARD = "${index}" }) : { name = key, value = value }]
    secrets = [
      { name = "DATABASE_USER", valueFrom = "\${aws_secretsmanager_secret.${name}.arn}:username::" },
      { name = "DATABASE_PASSWORD", valueFrom = "\${aws_secretsmanager_secret.${name}.arn}:password::" },
    ]
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = aws_cloudwatch_log_group.${name}.name, "awslogs-region" = data.aws_region.current.name }
    }
  })`,
    `<<-JSON
    {
      "image": "\${aws_ecr_repository.jobs.repository_url}:\${var.image_tag}",
      "command": ["python", "-m", "nightly", "--shard", "${index}"],
      "executionRoleArn": "\${aws_iam_role.${name}.arn}",
      "environment": [{ "name": "STAGE", "value": "\${var.stage}" }],
      "secrets": [
        { "name": "DATABASE_USER", "valueFrom": "\${aws_secretsmanager_secret.${name}.arn}:username::" },
        { "name": "DATABASE_PASSWORD", "valueFrom": "\${aws_secretsmanager_secret.${name}.arn}:password::" }
      ],
      "resourceRequirements": [{ "type": "VCPU", "value": "1" }, { "type": "MEMORY", "value": "2048" }]
    }
  JSON`,
    `templatefile("\${path.module}/templates/job.json.tftpl", {
    image  = "\${aws_ecr_repository.jobs.repository_url}:\${var.image_tag}"
    role   = aws_iam_role.${name}.arn
    secret = aws_secretsmanager_secret.${name}.arn
    shard  = ${index}
  })`,
  ][index % 3];
  return `
resource "aws_batch_job_definition" "${name}" {
  name                  = "\${local.prefix}-nightly-${index}"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties  = ${properties}

  retry_strategy {
    attempts = 3
  }

  tags = local.tags
}

resource "aws_iam_role" "${name}" {
  name               = "\${local.prefix}-nightly-${index}"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "${name}" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["\${aws_cloudwatch_log_group.${name}.arn}:*"]
  }

  statement {
    actions   = ["secretsmanager:${index % BROKEN === 0 ? "DescribeSecret" : "GetSecretValue"}"]
    resources = [aws_secretsmanager_secret.${name}.arn]
  }
}

resource "aws_iam_role_policy" "${name}" {
  name   = "read"
  role   = aws_iam_role.${name}.id
  policy = data.aws_iam_policy_document.${name}.json
}

resource "aws_secretsmanager_secret" "${name}" {
  name                    = "\${local.prefix}/nightly-${index}"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "${name}" {
  secret_id     = aws_secretsmanager_secret.${name}.id
  secret_string = jsonencode({ username = "nightly", password = random_password.${name}.result })
}

resource "random_password" "${name}" {
  length = 24
}

resource "aws_cloudwatch_log_group" "${name}" {
  name              = "/aws/batch/\${local.prefix}-nightly-${index}"
  retention_in_days = var.retention
}
`;
}

const TEMPLATE = `{
  "image": "\${image}",
  "command": ["python", "-m", "nightly", "--shard", "\${shard}"],
  "executionRoleArn": "\${role}",
  "secrets": [
    { "name": "DATABASE_USER", "valueFrom": "\${secret}:username::" },
    { "name": "DATABASE_PASSWORD", "valueFrom": "\${secret}:password::" }
  ],
  "resourceRequirements": [{ "type": "VCPU", "value": "1" }, { "type": "MEMORY", "value": "2048" }]
}
`;

const VARIABLES = `
variable "stage" {
  description = "Which stage of the system this is."
  type        = string
  default     = "production"

  validation {
    condition     = contains(["development", "production"], var.stage)
    error_message = "There are two stages."
  }
}

variable "image_tag" {
  description = "The tag of the image that the jobs run."
  type        = string
  default     = "latest"
}

variable "retention" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
}

variable "network" {
  description = "Where the jobs run."
  type = object({
    cidr  = optional(string, "10.0.0.0/16")
    zones = optional(list(string), ["a", "b"])
  })
  default = {}
}
`;

const SHARED = `
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

locals {
  prefix      = "batch-\${var.stage}"
  tags        = { Stage = var.stage, ManagedBy = "terraform" }
  environment = { STAGE = var.stage, REGION = data.aws_region.current.name }
}

resource "aws_iam_role" "job" {
  name               = "\${local.prefix}-job"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_ecr_repository" "jobs" {
  name = "\${local.prefix}-jobs"
}
`;

const NETWORK = `
resource "aws_vpc" "main" {
  cidr_block           = var.network.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_subnet" "private" {
  for_each          = toset(var.network.zones)
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, index(var.network.zones, each.key))
  availability_zone = "\${data.aws_region.current.name}\${each.key}"
}

resource "aws_security_group" "jobs" {
  name   = "\${local.prefix}-jobs"
  vpc_id = aws_vpc.main.id

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_endpoint" "interfaces" {
  for_each            = toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager"])
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.\${data.aws_region.current.name}.\${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.jobs.id]
  private_dns_enabled = true
}
`;

const QUEUE = `
resource "aws_batch_compute_environment" "fargate" {
  compute_environment_name = "\${local.prefix}-fargate"
  type                     = "MANAGED"

  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 64
    subnets            = [for subnet in aws_subnet.private : subnet.id]
    security_group_ids = [aws_security_group.jobs.id]
  }
}

resource "aws_batch_job_queue" "main" {
  name     = "\${local.prefix}-main"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.fargate.arn
  }
}
`;

/** What a module holds besides its jobs, or all that one holds that has none. */
function other(index: number): string {
  return `
resource "aws_s3_bucket" "data_${index}" {
  bucket = "service-${index}-data"
}

resource "aws_s3_bucket_public_access_block" "data_${index}" {
  bucket                  = aws_s3_bucket.data_${index}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_lambda_function" "trigger_${index}" {
  function_name    = "service-${index}-trigger"
  filename         = "\${path.module}/dist/trigger.zip"
  source_code_hash = filebase64sha256("\${path.module}/dist/trigger.zip")
  handler          = "index.handler"
  runtime          = "nodejs20.x"
  role             = aws_iam_role.trigger_${index}.arn

  environment {
    variables = {
      BUCKET = aws_s3_bucket.data_${index}.bucket
      LEVEL  = "info"
    }
  }
}

resource "aws_iam_role" "trigger_${index}" {
  name = "service-${index}-trigger"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_cloudwatch_metric_alarm" "errors_${index}" {
  alarm_name          = "service-${index}-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 300
  statistic           = "Sum"
  threshold           = 1
  dimensions          = { FunctionName = aws_lambda_function.trigger_${index}.function_name }
}

output "bucket_${index}" {
  description = "Where the data of the service lies."
  value       = aws_s3_bucket.data_${index}.bucket
}
`;
}

/** The least that is about jobs: a job definition with its role, grant and secret in one file. */
export function oneFile(): Files {
  return new Map([["main.tf", `${SHARED}${VARIABLES}${job(3)}`]]);
}

/** A root module in a folder of its own, with so many jobs. */
export function rootModule(folder: string, jobs: number, first = 1): Files {
  const at = (name: string) => `${folder}/${name}`;
  return new Map([
    [at("main.tf"), SHARED],
    [at("variables.tf"), VARIABLES],
    [at("network.tf"), NETWORK],
    [at("queue.tf"), QUEUE],
    [at("jobs.tf"), Array.from({ length: jobs }, (_, index) => job(first + index)).join("")],
    [at("templates/job.json.tftpl"), TEMPLATE],
    [at("storage.tf"), Array.from({ length: 4 }, (_, index) => other(index)).join("")],
    [at("terraform.tfvars"), 'stage = "production"\n'],
  ]);
}

/** So many root modules of five jobs each. */
export function rootModules(count: number): Files {
  return joined(Array.from({ length: count }, (_, index) => rootModule(`stacks/stack-${index}`, 5, index * 5 + 1)));
}

/**
 * A repository of so many modules of ten files each, `relevant` of them about jobs: half of them are root modules,
 * each of which calls one of the other half. The rest call each other too.
 */
export function terraformRepository(modules: number, relevant: number): Files {
  const all = Array.from({ length: modules }, (_, index): Files => {
    const folder = `services/group-${index % 50}/module-${index}`;
    const files = new Map<string, string>();
    if (index < relevant) {
      for (const [path, text] of rootModule(folder, 5, index * 5 + 1)) files.set(path, text);
      if (index < relevant / 2) files.set(`${folder}/calls.tf`, call(index, index + relevant / 2));
    } else if (index % 3 !== 0) files.set(`${folder}/calls.tf`, call(index, modules - 1));
    for (let file = files.size; file < 10; file++) files.set(`${folder}/service-${file}.tf`, other(index * 10 + file));
    return files;
  });
  return joined(all);
}

function call(from: number, to: number): string {
  return `
module "called_${from}" {
  source = "../../group-${to % 50}/module-${to}"
}
`;
}

function joined(all: readonly Files[]): Files {
  return new Map(all.flatMap((files) => [...files]));
}
