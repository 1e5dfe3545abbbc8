import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import type { Resources } from "../../../facts/resources.ts";
import { locate } from "../../../source.ts";
import { readTerraform } from "../read.ts";

const JOB = `
resource "aws_batch_job_definition" "marker" {
  name = "marker"
  type = "container"
}
`;

/**
 * The resources of a root module in `infra/main.tf`. A job definition makes it one that matters; it is left out of the
 * result.
 */
async function resourcesOf(text: string): Promise<Resources> {
  const files = { "infra/main.tf": `${text}${JOB}` };
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  const [unit] = units;
  if (!unit) throw new Error("no unit");
  expect(unit.problems).toStrictEqual([]);
  const jobs = unit.resources.job_definitions.filter(({ address }) => !address.endsWith(".marker"));
  return { ...unit.resources, job_definitions: jobs };
}

const values = (texts: readonly { readonly value: string }[] | null | undefined) => texts?.map(({ value }) => value);
const arnOf = (type: string, name: string) => `arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:${type}/${name}`;

test("batch: each job definition is one of the module, with places where it is written", async () => {
  const { job_definitions, compute_environments } = await resourcesOf(`
resource "aws_secretsmanager_secret" "db" { name = "db" }
module "batch" {
  source  = "terraform-aws-modules/batch/aws"
  version = "~> 3.0"
  job_definitions = {
    nightly = {
      platform_capabilities = ["FARGATE"]
      container_properties = jsonencode({
        secrets = [{ name = "P", valueFrom = aws_secretsmanager_secret.db.arn }]
      })
    }
    named = { name = "other", container_properties = jsonencode({ image = "x" }) }
  }
  compute_environments = {
    fargate = { name = "f", compute_resources = { type = "FARGATE", subnets = ["subnet-1"] } }
    ec2 = {
      name_prefix = "e"
      compute_resources = {
        type              = "EC2"
        subnets           = ["subnet-2"]
        ec2_configuration = { image_id_override = "ami-1" }
        launch_template   = { id = "lt-1" }
      }
    }
  }
}`);
  expect(job_definitions.map(({ address, name }) => [address, name?.value])).toStrictEqual([
    ['module.batch.aws_batch_job_definition.this["named"]', "other"],
    ['module.batch.aws_batch_job_definition.this["nightly"]', "nightly"],
  ]);
  const job = job_definitions[1];
  const reference = job?.containers[0]?.secrets[0]?.value_from;
  expect(reference?.value).toContain("secret:db-⟨#aws_secretsmanager_secret.db@infra/*.tf⟩");
  expect(reference && locate(reference.at).start.line).toBe(10);
  expect(job && locate(job.at)).toMatchObject({ path: "infra/main.tf", start: { line: 3, column: 1 } });
  expect(
    compute_environments.map(({ type, subnets, image, configurations, launch_template }) => [
      type?.value,
      values(subnets),
      image?.value ?? configurations.map((one) => one.image?.value),
      launch_template?.value,
    ]),
  ).toStrictEqual([
    ["EC2", ["subnet-2"], ["ami-1"], "lt-1"],
    ["FARGATE", ["subnet-1"], [], undefined],
  ]);
});

test("batch: definitions of unknown number are one that may be there", async () => {
  const { job_definitions } = await resourcesOf(`
variable "jobs" {}
module "batch" {
  source          = "terraform-aws-modules/batch/aws"
  job_definitions = var.jobs
}`);
  expect(job_definitions.map(({ unseen }) => unseen.map(({ part }) => part).includes("existence"))).toStrictEqual([
    true,
  ]);
});

test("iam: an assumable role trusts the services it is given, has its policies and none that are not seen", async () => {
  const { roles, policies, attachments } = await resourcesOf(`
module "policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.30.0"
  name    = "read"
  policy  = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
module "exec" {
  source                  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  create_role             = true
  role_name               = "exec"
  role_requires_mfa       = false
  trusted_role_services   = ["ecs-tasks.amazonaws.com"]
  custom_role_policy_arns = [module.policy.arn]
}
resource "aws_iam_role_policy" "more" {
  role   = module.exec.iam_role_name
  policy = jsonencode({ Statement = [] })
}`);
  expect(roles).toMatchObject([
    {
      address: "module.exec.aws_iam_role.this[0]",
      name: { value: "exec" },
      arn: { value: arnOf("role", "exec") },
      unseen: [],
    },
  ]);
  expect(attachments.map(({ role, policy }) => [role.value, policy.value])).toStrictEqual([
    [arnOf("role", "exec"), arnOf("policy", "read")],
  ]);
  const trust = policies.find(({ kind }) => kind === "trust")?.statements[0];
  expect(trust?.principals?.find(({ type }) => type === "Service")?.values.map(({ value }) => value)).toStrictEqual([
    "ecs-tasks.amazonaws.com",
  ]);
  expect(trust?.conditions).toStrictEqual([]);
  expect(policies.find(({ address }) => address === "aws_iam_role_policy.more")?.attached_to[0]?.value).toBe(
    arnOf("role", "exec"),
  );
});

test("iam: a role of version 6 has the statements of its maps", async () => {
  const { roles, policies, attachments } = await resourcesOf(`
module "exec" {
  source          = "terraform-aws-modules/iam/aws//modules/iam-role"
  name            = "exec"
  use_name_prefix = false
  trust_policy_permissions = {
    tasks = {
      actions    = ["sts:AssumeRole"]
      principals = [{ type = "Service", identifiers = ["ecs-tasks.amazonaws.com"] }]
    }
  }
  policies             = { batch = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy" }
  create_inline_policy = true
  inline_policy_permissions = {
    read = { actions = ["secretsmanager:GetSecretValue"], resources = ["*"] }
  }
}
output "arn" { value = module.exec.arn }`);
  expect(roles.map(({ arn }) => arn.value)).toStrictEqual([arnOf("role", "exec")]);
  expect(attachments).toHaveLength(1);
  const [trust, inline] = ["trust", "identity"].map((kind) => policies.find((policy) => policy.kind === kind));
  expect(values(trust?.statements[0]?.actions)).toStrictEqual(["sts:AssumeRole"]);
  expect(values(inline?.statements[0]?.actions)).toStrictEqual(["secretsmanager:GetSecretValue"]);
  expect(inline?.attached_to[0]?.value).toBe(arnOf("role", "exec"));
});

test("iam: a role that is given what nobody knows tells nothing", async () => {
  const { roles } = await resourcesOf(`
module "exec" {
  source          = "terraform-aws-modules/iam/aws//modules/iam-role"
  name            = "exec"
  grant_everything = true
}`);
  expect(roles).toStrictEqual([]);
});

test("ssm-parameter: a parameter with its type and key, by any version", async () => {
  const { parameters } = await resourcesOf(`
module "token" {
  source      = "terraform-aws-modules/ssm-parameter/aws"
  version     = "~> 1.1"
  name        = "/prod/token"
  value       = var.token
  secure_type = true
  key_id      = "alias/token"
  of_later    = true
}
module "written" {
  source               = "terraform-aws-modules/ssm-parameter/aws"
  for_each             = { a = "x" }
  name                 = "/prod/\${each.key}"
  type                 = "SecureString"
  value                = each.value
  ignore_value_changes = true
}
module "list" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-ssm-parameter.git?ref=v2.1.1"
  name   = "/prod/list"
  values = ["a", "b"]
  key_id = "alias/unused"
}
resource "aws_ssm_parameter" "copy" {
  name  = module.written["a"].ssm_parameter_name
  type  = module.written["a"].ssm_parameter_type
  value = module.token.secure_value
}
variable "token" {}`);
  expect(
    parameters.map(({ address, name, type, key_reference }) => [
      address,
      name?.value,
      type?.value,
      key_reference?.value,
    ]),
  ).toStrictEqual([
    ["aws_ssm_parameter.copy", "/prod/a", "SecureString", undefined],
    ["module.token.aws_ssm_parameter.this[0]", "/prod/token", "SecureString", "alias/token"],
    ['module.written["a"].aws_ssm_parameter.ignore_value[0]', "/prod/a", "SecureString", undefined],
    ["module.list.aws_ssm_parameter.this[0]", "/prod/list", "StringList", undefined],
  ]);
});

test("secrets-manager: the secret, its policy, its value and its rotation", async () => {
  const { secrets, policies } = await resourcesOf(`
module "db" {
  source        = "terraform-aws-modules/secrets-manager/aws"
  name          = "prod/db"
  kms_key_id    = "alias/db"
  secret_string = jsonencode({ password = "p" })
  create_policy = true
  policy_statements = {
    read = {
      actions    = ["secretsmanager:GetSecretValue"]
      principals = [{ type = "AWS", identifiers = ["arn:aws:iam::111122223333:role/x"] }]
      resources  = ["*"]
    }
  }
}
module "rotating" {
  source                 = "terraform-aws-modules/secrets-manager/aws"
  name_prefix            = "r-"
  create_random_password = true
  enable_rotation        = true
}
resource "aws_secretsmanager_secret_policy" "p" {
  secret_arn = module.rotating.secret_arn
  policy     = jsonencode({ Statement = [] })
}`);
  const arn = (name: string, address: string) =>
    `arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:${name}-⟨#module.${address}.aws_secretsmanager_secret.this[0]@infra/*.tf⟩`;
  const db = arn("prod/db", "db");
  const rotating = arn("r-⟨module.rotating.aws_secretsmanager_secret.this[0].name@infra/*.tf⟩", "rotating");
  expect(
    secrets.map(({ arn, contents, rotates }) => [arn.value, contents.map(({ kind, keys }) => [kind, keys]), rotates]),
  ).toStrictEqual([
    [db, [], false],
    [db, [["json", ["password"]]], false],
    [rotating, [], false],
    [rotating, [["string", null]], false],
    [rotating, [], true],
  ]);
  expect(policies.map(({ on, statements }) => [on?.value, statements.length])).toStrictEqual([
    [rotating, 0],
    [db, 1],
  ]);
});

test("kms: the key with its policy, aliases and grants", async () => {
  const { keys, aliases, policies } = await resourcesOf(`
module "key" {
  source    = "terraform-aws-modules/kms/aws"
  aliases   = ["db"]
  key_users = ["arn:aws:iam::111122223333:role/exec"]
  grants = {
    job = { grantee_principal = "arn:aws:iam::111122223333:role/job", operations = ["Decrypt"] }
  }
}`);
  const arn = "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨module.key.aws_kms_key.this[0]@infra/*.tf⟩";
  expect(keys.map(({ arn }) => arn.value)).toStrictEqual([arn]);
  expect(aliases.map(({ name, target }) => [name.value, target.value])).toStrictEqual([
    ["alias/db", "⟨module.key.aws_kms_key.this[0]@infra/*.tf⟩"],
  ]);
  expect(
    policies.map(({ address, statements }) => [address, statements.map(({ actions }) => values(actions))]),
  ).toEqual([
    [
      "module.key.aws_kms_key.this[0] policy",
      [["kms:*"], ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]],
    ],
    ['module.key.aws_kms_grant.this["job"]', [["kms:Decrypt"]]],
  ]);
});

test("vpc and vpc-endpoints: subnets, ways out, endpoints and the rules of their group", async () => {
  const { networks, subnets, exits, endpoints, security_groups, group_rules, ...more } = await resourcesOf(`
module "vpc" {
  source             = "terraform-aws-modules/vpc/aws"
  version            = "5.1.0"
  private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets     = ["10.0.3.0/24"]
  enable_nat_gateway = true
  single_nat_gateway = true
}
module "endpoints" {
  source                = "terraform-aws-modules/vpc/aws//modules/vpc-endpoints"
  vpc_id                = module.vpc.vpc_id
  subnet_ids            = module.vpc.private_subnets
  create_security_group = true
  security_group_rules  = { https = { cidr_blocks = ["10.0.0.0/16"] } }
  endpoints = {
    secrets = { service = "secretsmanager", private_dns_enabled = true }
    s3      = { service = "s3", service_type = "Gateway", route_table_ids = [] }
    off     = { service = "ssm", create = false }
  }
}`);
  const id = "⟨module.vpc.aws_vpc.this[0]@infra/*.tf⟩";
  const subnet = (tier: string, index: number) => `⟨module.vpc.aws_subnet.${tier}[${index}]@infra/*.tf⟩`;
  expect(networks).toMatchObject([{ vpc: { value: id }, dns_support: true, dns_hostnames: true }]);
  expect(subnets.map(({ subnet, vpc }) => [subnet.value, vpc?.value])).toStrictEqual([
    [subnet("public", 0), id],
    [subnet("private", 0), id],
    [subnet("private", 1), id],
  ]);
  expect(exits.map(({ kind, vpc, subnet }) => [kind, vpc?.value ?? subnet?.value])).toStrictEqual([
    ["internet_gateway", id],
    ["nat_gateway", subnet("public", 0)],
    ["internet_gateway", undefined],
    ["nat_gateway", undefined],
  ]);
  const group = "⟨module.endpoints.aws_security_group.this[0]@infra/*.tf⟩";
  expect(
    endpoints.map(({ vpc, service, type, private_dns, security_groups, subnets }) => [
      vpc?.value,
      service.value,
      type,
      private_dns,
      values(security_groups),
      values(subnets),
    ]),
  ).toStrictEqual([
    [id, "com.amazonaws.⟨AWS.Region⟩.s3", "Gateway", false, [], []],
    [
      id,
      "com.amazonaws.⟨AWS.Region⟩.secretsmanager",
      "Interface",
      true,
      [group],
      [subnet("private", 0), subnet("private", 1)],
    ],
  ]);
  const byDefault = "⟨module.vpc.aws_vpc.this[0].default_security_group_id@infra/*.tf⟩";
  expect(security_groups.map((one) => one.group.value)).toEqual([byDefault, group]);
  expect(
    group_rules.map(({ group: { value }, direction, rule: { from_port, peers } }) => [
      value,
      direction,
      from_port,
      peers.map((one) => one.value.value),
    ]),
  ).toEqual([
    [byDefault, null, null, []],
    [group, "ingress", 443, ["10.0.0.0/16"]],
  ]);
  const table = (tier: string) => `⟨module.vpc.aws_route_table.${tier}[0]@infra/*.tf⟩`;
  expect(more.route_associations.map((one) => [one.subnet?.value, one.table.value])).toEqual([
    [subnet("public", 0), table("public")],
    [subnet("private", 0), table("private")],
    [subnet("private", 1), table("private")],
  ]);
  expect(more.routes.map(({ table: { value }, route }) => [value, route.kind, route.destination?.value])).toEqual([
    [table("public"), "internet_gateway", "0.0.0.0/0"],
    [table("private"), "nat_gateway", "0.0.0.0/0"],
  ]);
});

test("vpc: the default of DNS host names depends on the version", async () => {
  const hostnames = async (version: string) => {
    const source = 'source = "terraform-aws-modules/vpc/aws"';
    return (await resourcesOf(`module "vpc" {\n${source}\n${version}\n}`)).networks[0]?.dns_hostnames;
  };
  expect(await hostnames('version = "~> 5.0"')).toBe(true);
  expect(await hostnames('version = "3.14.0"')).toBe(false);
  expect(await hostnames('version = ">= 3.0"')).toBeNull();
  expect(await hostnames("")).toBeNull();
  expect(await hostnames('version = "3.14.0"\nenable_dns_hostnames = true')).toBe(true);
});

test("security-group: rules by name, by ports, and of others' names", async () => {
  const { group_rules } = await resourcesOf(`
module "https" {
  source        = "terraform-aws-modules/security-group/aws"
  name          = "https"
  ingress_rules = ["https-443-tcp"]
  ingress_cidr_blocks = ["10.0.0.0/8"]
  egress_rules  = ["all-all"]
}
module "closed" {
  source        = "git::https://github.com/terraform-aws-modules/terraform-aws-security-group.git?ref=v4.0.0"
  name          = "closed"
  ingress_rules = ["mysql-tcp"]
  ingress_with_self = [{ from_port = 22, to_port = 22, protocol = "tcp" }]
  egress_with_cidr_blocks = [{ rule = "https-443-tcp", cidr_blocks = "10.0.0.0/8,10.1.0.0/16" }]
}
output "id" { value = module.https.security_group_id }`);
  expect(
    group_rules.map(({ address, direction, rule: { from_port, peers } }) => [
      address,
      direction,
      from_port,
      peers.map(({ kind, value }) => `${kind} ${value.value}`),
    ]),
  ).toStrictEqual([
    ["module.https.aws_security_group_rule.ingress_rules[0]", "ingress", 443, ["ipv4 10.0.0.0/8"]],
    ["module.https.aws_security_group_rule.egress_rules[0]", "egress", -1, ["ipv4 0.0.0.0/0", "ipv6 ::/0"]],
    ["module.closed.aws_security_group_rule.ingress_rules[0]", "ingress", 1, []],
    [
      "module.closed.aws_security_group_rule.ingress_with_self[0]",
      "ingress",
      22,
      ["group ⟨module.closed.aws_security_group.this_name_prefix[0]@infra/*.tf⟩"],
    ],
    [
      "module.closed.aws_security_group_rule.egress_with_cidr_blocks[0]",
      "egress",
      443,
      ["ipv4 10.0.0.0/8", "ipv4 10.1.0.0/16"],
    ],
  ]);
});

test("sources are recognised however they are written, others are not", async () => {
  const found = async (source: string) => (await resourcesOf(`module "k" { source = "${source}" }`)).keys.length === 1;
  expect(await found("terraform-aws-modules/kms/aws")).toBe(true);
  expect(await found("registry.terraform.io/terraform-aws-modules/kms/aws")).toBe(true);
  expect(await found("git::https://github.com/terraform-aws-modules/terraform-aws-kms.git?ref=v1.0.0")).toBe(true);
  expect(await found("github.com/terraform-aws-modules/terraform-aws-kms")).toBe(true);
  expect(await found("git@github.com:terraform-aws-modules/terraform-aws-kms.git")).toBe(true);
  expect(await found("example/kms/aws")).toBe(false);
  expect(await found("terraform-aws-modules/kms/aws//modules/other")).toBe(false);
});
