/** An estate's Region as a Terraform root module, in JSON. */
import {
  type Endpoint,
  environmentName,
  type Job,
  type Key,
  launchOf,
  type Network,
  type Parameter,
  type Region,
  type Role,
  type Secret,
  type Statement,
  type Template,
} from "./estate.ts";
import { definition } from "./job-definition.ts";

type Block = Readonly<Record<string, unknown>>;
type Resources = Record<string, Record<string, Block>>;

const KINDS: Readonly<Record<string, string>> = {
  secret: "aws_secretsmanager_secret",
  parameter: "aws_ssm_parameter",
  key: "aws_kms_key",
  role: "aws_iam_role",
};

export function terraform(region: Region, account: string): string {
  const resource: Resources = {};
  const images = region.networks.flatMap(({ name, template }) => {
    const { image } = template ? launchOf(template, template.named[0]) : {};
    return image === undefined ? [] : [[name, { owners: ["amazon"], filter: [{ name: "name", values: [image] }] }]];
  });
  const add = (type: string, name: string, block: Block): void => {
    resource[type] = { ...resource[type], [name]: block };
  };
  const text = (value: string): string =>
    value
      .replace(
        /\{(secret|parameter|key|role)\.([\w-]+)\}/g,
        (_, kind: string, name: string) => `\${${KINDS[kind]}.${name}.arn}`,
      )
      .replaceAll("{account}", account)
      .replaceAll("{region}", region.region);
  const document = (statements: readonly Statement[]): string =>
    text(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  const aliased = new Set(region.keys.filter((one) => one.aliased).map(({ name }) => name));
  const keyId = (name: string) =>
    aliased.has(name) ? `\${aws_kms_alias.${name}.name}` : `\${aws_kms_key.${name}.arn}`;
  const say: Say = { add, text, document, region: region.region, keyId };
  for (const one of region.roles) role(one, say);
  for (const one of region.secrets) secret(one, say);
  for (const one of region.keys) key(one, say);
  for (const one of region.parameters) parameter(one, say);
  for (const one of region.jobs) job(one, say);
  for (const one of region.networks) network(one, say);
  add("aws_batch_job_queue", "jobs", {
    name: "jobs",
    state: "ENABLED",
    priority: 1,
    compute_environment_order: region.networks
      .filter(({ idle }) => !idle)
      .flatMap((one) => (one.template?.named ?? [""]).map((_, index) => environmentName(one, index)))
      .map((name, order) => ({
        order,
        compute_environment: `\${aws_batch_compute_environment.${name}.arn}`,
      })),
  });
  return JSON.stringify(
    {
      provider: { aws: { region: region.region, allowed_account_ids: [account] } },
      variable: { value: { sensitive: true } },
      resource,
      ...(images.length > 0 ? { data: { aws_ami: Object.fromEntries(images) } } : {}),
    },
    null,
    1,
  );
}

interface Say {
  readonly add: (type: string, name: string, block: Block) => void;
  readonly text: (value: string) => string;
  readonly document: (statements: readonly Statement[]) => string;
  readonly region: string;
  /** How a key is named by what it encrypts. */
  readonly keyId: (key: string) => string;
}

function role(
  { name, service = "ecs-tasks.amazonaws.com", statements = [], managed = [], boundary }: Role,
  say: Say,
): void {
  const trust = [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] as const;
  say.add("aws_iam_role", name, {
    name,
    assume_role_policy: say.document(trust),
    ...(boundary ? { permissions_boundary: `\${aws_iam_policy.${name}.arn}` } : {}),
  });
  if (boundary) say.add("aws_iam_policy", name, { name, policy: say.document(boundary) });
  if (statements.length > 0) {
    say.add("aws_iam_role_policy", name, {
      name: "read",
      role: `\${aws_iam_role.${name}.id}`,
      policy: say.document(statements),
    });
  }
  for (const one of managed) {
    say.add("aws_iam_role_policy_attachment", `${name}-${one.replace(/.*\//, "")}`, {
      role: `\${aws_iam_role.${name}.name}`,
      policy_arn: `arn:aws:iam::aws:policy/${one}`,
    });
  }
}

function secret({ name, key: encrypted, policy }: Secret, { add, document, region, keyId }: Say): void {
  add("aws_secretsmanager_secret", name, {
    name: `${name}-${region}`,
    ...(encrypted === undefined ? {} : { kms_key_id: keyId(encrypted) }),
  });
  add("aws_secretsmanager_secret_version", name, {
    secret_id: `\${aws_secretsmanager_secret.${name}.id}`,
    secret_string: "${var.value}",
  });
  if (!policy) return;
  add("aws_secretsmanager_secret_policy", name, {
    secret_arn: `\${aws_secretsmanager_secret.${name}.arn}`,
    policy: document(policy),
  });
}

function key({ name, policy, enabled = true, grantee, aliased }: Key, { add, document }: Say): void {
  if (aliased) {
    add("aws_kms_alias", name, { name: `alias/${name}`, target_key_id: `\${aws_kms_key.${name}.key_id}` });
  }
  add("aws_kms_key", name, { policy: document(policy), is_enabled: enabled });
  if (grantee === undefined) return;
  add("aws_kms_grant", name, {
    key_id: `\${aws_kms_key.${name}.key_id}`,
    grantee_principal: `\${aws_iam_role.${grantee}.arn}`,
    operations: ["Decrypt"],
  });
}

function parameter({ name, key: encrypted }: Parameter, { add, keyId }: Say): void {
  add("aws_ssm_parameter", name, {
    name: `/estate/${name}`,
    type: "SecureString",
    value: "${var.value}",
    ...(encrypted === undefined ? {} : { key_id: keyId(encrypted) }),
  });
}

function job(one: Job, { add, text }: Say): void {
  const { containerProperties, ecsProperties, nodeProperties, jobDefinitionName, type, ...rest } = definition(one);
  add("aws_batch_job_definition", one.name, {
    name: jobDefinitionName,
    type,
    platform_capabilities: rest.platformCapabilities,
    ...(containerProperties ? { container_properties: text(JSON.stringify(containerProperties)) } : {}),
    ...(ecsProperties ? { ecs_properties: text(JSON.stringify(ecsProperties)) } : {}),
    ...(nodeProperties ? { node_properties: text(JSON.stringify(nodeProperties)) } : {}),
  });
}

function network(one: Network, say: Say): void {
  const { name, out, endpoints, nameless = false, template } = one;
  const { add } = say;
  const vpc = `\${aws_vpc.${name}.id}`;
  add("aws_vpc", name, { cidr_block: "10.0.0.0/16", enable_dns_support: true, enable_dns_hostnames: !nameless });
  add("aws_subnet", name, { vpc_id: vpc, cidr_block: "10.0.0.0/24" });
  add("aws_route_table", name, {
    vpc_id: vpc,
    ...(out ? { route: [{ cidr_block: "0.0.0.0/0", gateway_id: `\${aws_internet_gateway.${name}.id}` }] } : {}),
  });
  if (out) add("aws_internet_gateway", name, { vpc_id: vpc });
  add("aws_route_table_association", name, {
    subnet_id: `\${aws_subnet.${name}.id}`,
    route_table_id: `\${aws_route_table.${name}.id}`,
  });
  add("aws_security_group", name, {
    vpc_id: vpc,
    name,
    egress: [{ from_port: 0, to_port: 0, protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }],
  });
  endpoints.forEach((one, index) => void endpoint(one, `${name}-${index}`, name, say));
  const started = template ? launches(template, name, say) : [{ type: "FARGATE" }];
  for (const [index, more] of started.entries()) {
    add("aws_batch_compute_environment", environmentName(one, index), {
      name: environmentName(one, index),
      type: "MANAGED",
      compute_resources: {
        max_vcpus: 4,
        subnets: [`\${aws_subnet.${name}.id}`],
        security_group_ids: [`\${aws_security_group.${name}.id}`],
        ...more,
      },
    });
  }
}

/** How instances are started of a launch template; files have the version that counts, whatever an account had before. */
function launches(template: Template, name: string, { add, region }: Say): readonly Block[] {
  const [counting] = template.named;
  const { image, userData } = launchOf(template, counting);
  add("aws_iam_instance_profile", name, {
    name: `instance-${region}`,
    role: `\${aws_iam_role.instance-${region}.name}`,
  });
  add("aws_launch_template", name, {
    name,
    ...(image ? { image_id: `\${data.aws_ami.${name}.id}` } : {}),
    ...(userData ? { user_data: Buffer.from(userData).toString("base64") } : {}),
  });
  const by = template.byName
    ? { launch_template_name: `\${aws_launch_template.${name}.name}` }
    : { launch_template_id: `\${aws_launch_template.${name}.id}` };
  return template.named.map((version) => ({
    type: "EC2",
    instance_type: ["m5.large"],
    instance_role: `\${aws_iam_instance_profile.${name}.arn}`,
    launch_template: { ...by, ...(version === undefined ? {} : { version }) },
  }));
}

function endpoint(
  { service, privateDns, port, statements }: Endpoint,
  name: string,
  network: string,
  { add, document, region }: Say,
): void {
  const vpc_id = `\${aws_vpc.${network}.id}`;
  add("aws_security_group", name, {
    vpc_id,
    name,
    ingress: [{ from_port: port, to_port: port, protocol: "tcp", cidr_blocks: ["10.0.0.0/16"] }],
  });
  add("aws_vpc_endpoint", name, {
    vpc_id,
    service_name: `com.amazonaws.${region}.${service}`,
    vpc_endpoint_type: "Interface",
    private_dns_enabled: privateDns,
    subnet_ids: [`\${aws_subnet.${network}.id}`],
    security_group_ids: [`\${aws_security_group.${name}.id}`],
    ...(statements ? { policy: document(statements) } : {}),
  });
}
