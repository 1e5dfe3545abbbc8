/**
 * Resources of the provider awscc, which has those of CloudFormation in snake_case, as the provider aws has them.
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs
 */
import type { Entry, ObjectValue, Value } from "../../syntax/value.ts";
import type { Instance } from "./instance.ts";

/** How a type is called in the provider aws. Arguments and attributes that are left out have the same names in both. */
interface Counterpart {
  readonly type: string;
  /** The names of arguments in awscc, with those in aws; behind a dot, names within the objects of a list. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** The names of attributes in awscc, with those in aws. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  awscc_secretsmanager_secret: { type: "aws_secretsmanager_secret", attributes: { secret_id: "arn" } },
  awscc_secretsmanager_resource_policy: {
    type: "aws_secretsmanager_secret_policy",
    arguments: { secret_id: "secret_arn", resource_policy: "policy" },
  },
  awscc_secretsmanager_rotation_schedule: { type: "aws_secretsmanager_secret_rotation" },
  awscc_ssm_parameter: { type: "aws_ssm_parameter" },
  awscc_iam_role: {
    type: "aws_iam_role",
    arguments: {
      role_name: "name",
      assume_role_policy_document: "assume_role_policy",
      policies: "inline_policy",
      "policies.policy_name": "name",
      "policies.policy_document": "policy",
    },
    attributes: { role_name: "name", role_id: "unique_id" },
  },
  awscc_iam_role_policy: {
    type: "aws_iam_role_policy",
    arguments: { policy_name: "name", policy_document: "policy", role_name: "role" },
  },
  awscc_iam_managed_policy: {
    type: "aws_iam_policy",
    arguments: { managed_policy_name: "name", policy_document: "policy" },
    attributes: { policy_arn: "arn", managed_policy_name: "name" },
  },
  awscc_kms_key: { type: "aws_kms_key", arguments: { key_policy: "policy", key_spec: "customer_master_key_spec" } },
  awscc_kms_replica_key: { type: "aws_kms_replica_key", arguments: { key_policy: "policy" } },
  awscc_kms_alias: { type: "aws_kms_alias", arguments: { alias_name: "name" }, attributes: { alias_name: "name" } },
  awscc_ec2_vpc: { type: "aws_vpc", attributes: { vpc_id: "id" } },
  awscc_ec2_subnet: { type: "aws_subnet", attributes: { subnet_id: "id" } },
  awscc_ec2_security_group: {
    type: "aws_security_group",
    arguments: { security_group_ingress: "ingress" },
    attributes: { group_id: "id", security_group_id: "id" },
  },
  awscc_ec2_vpc_endpoint: { type: "aws_vpc_endpoint", arguments: { policy_document: "policy" } },
  awscc_ec2_nat_gateway: { type: "aws_nat_gateway", attributes: { nat_gateway_id: "id" } },
  awscc_ec2_internet_gateway: { type: "aws_internet_gateway", attributes: { internet_gateway_id: "id" } },
  awscc_ec2_vpc_gateway_attachment: { type: "aws_internet_gateway_attachment" },
  awscc_ec2_route_table: { type: "aws_route_table", attributes: { route_table_id: "id" } },
  awscc_ec2_route: { type: "aws_route" },
  awscc_ec2_launch_template: { type: "aws_launch_template", attributes: { launch_template_id: "id" } },
  awscc_batch_compute_environment: {
    type: "aws_batch_compute_environment",
    arguments: { compute_environment_name: "name" },
    attributes: { compute_environment_arn: "arn" },
  },
};

function counterpart(type: string): Counterpart | undefined {
  return Object.hasOwn(COUNTERPARTS, type) ? COUNTERPARTS[type] : undefined;
}

/** The type of the provider aws that a type is read as. */
export function readAs(type: string): string {
  return counterpart(type)?.type ?? type;
}

/** The instance with the names of the provider aws beside its own. */
export function asProviderAws(instance: Instance): Instance {
  const found = counterpart(instance.type);
  if (!found) return instance;
  const { type, arguments: names = {}, attributes } = found;
  const value = withNames(instance.value, names, "");
  return { ...instance, type, value, ...(attributes && { attributes }) };
}

function withNames(value: ObjectValue, names: Readonly<Record<string, string>>, prefix: string): ObjectValue {
  const renamed = value.entries.flatMap((one): Entry[] => {
    const name = Object.hasOwn(names, prefix + one.key) ? names[prefix + one.key] : undefined;
    return name === undefined ? [] : [{ ...one, key: name, value: within(one.value, names, `${prefix}${one.key}.`) }];
  });
  return renamed.length === 0 ? value : { ...value, entries: [...value.entries, ...renamed] };
}

function within(value: Value, names: Readonly<Record<string, string>>, prefix: string): Value {
  if (value.kind === "list") return { ...value, items: value.items.map((item) => within(item, names, prefix)) };
  return value.kind === "object" ? withNames(value, names, prefix) : value;
}
