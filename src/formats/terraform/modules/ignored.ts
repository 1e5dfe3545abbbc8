/**
 * Arguments whose changes Terraform does not deploy: what is there may be anything that somebody else wrote.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
 */
import { type Entry, get, type ObjectValue, type Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import { unknownAt } from "../language/evaluate/unknown.ts";
import { expressionAt } from "../language/evaluate/written.ts";

const RULES = ["ingress", "egress"];

/**
 * By type, the arguments that decide who may read what from where. Policies, tags and values of secrets have readers of
 * their own, and a job definition is judged as it is written.
 */
const DECIDING: Readonly<Record<string, readonly string[]>> = {
  aws_batch_compute_environment: ["compute_resources"],
  aws_default_network_acl: RULES,
  aws_default_route_table: ["route"],
  aws_default_security_group: RULES,
  aws_iam_role: ["permissions_boundary"],
  aws_network_acl: [...RULES, "subnet_ids"],
  aws_route_table: ["route"],
  aws_secretsmanager_secret: ["kms_key_id"],
  aws_security_group: RULES,
  aws_ssm_parameter: ["key_id"],
  aws_subnet: ["map_public_ip_on_launch"],
  aws_vpc: ["enable_dns_support", "enable_dns_hostnames"],
  aws_vpc_endpoint: ["private_dns_enabled", "policy", "security_group_ids", "subnet_ids"],
};

/** The instance with unknown values in place of those that it ignores changes of. */
export function withoutIgnored(instance: Instance): Instance {
  const names = instance.mode === "managed" && Object.hasOwn(DECIDING, instance.type) ? DECIDING[instance.type] : [];
  const paths = names?.length ? ignoredPaths(instance.value) : [];
  const value = paths.reduce((value, path) => {
    const all = path === "all" ? (names ?? []) : [path];
    return all.reduce((one, each) => without(one, each, names ?? [], instance), value);
  }, instance.value);
  return value === instance.value ? instance : { ...instance, value };
}

/** `a` or `a.b` of `a[0].b`. */
function ignoredPaths(value: ObjectValue): readonly string[] {
  const lifecycle = get(value, "lifecycle");
  const blocks = lifecycle?.kind === "list" ? lifecycle.items : [];
  return blocks.flatMap((block) => {
    const changes = get(block, "ignore_changes");
    const items = changes?.kind === "list" ? changes.items : [];
    return items.map(({ at }) =>
      expressionAt(at)
        .replace(/^"|"$/g, "")
        .replace(/\[\d+\]|\.\d+(?=\.)/g, ""),
    );
  });
}

function without(value: ObjectValue, path: string, names: readonly string[], instance: Instance): ObjectValue {
  const [name = "", inner] = path.split(".");
  if (!names.includes(name)) return value;
  const found = value.entries.find(({ key }) => key === name);
  const at = found?.keyAt ?? instance.at;
  const { address, unit } = instance;
  const unknown = (key: string): Entry => {
    const cause = { kind: "ignored-changes", name: address, unit } as const;
    return { key, keyAt: at, value: unknownAt("ignored", `${address}.${key}`, cause, at) };
  };
  const replaced = ({ entries, ...rest }: ObjectValue, key: string): ObjectValue => ({
    ...rest,
    entries: [...entries.filter((one) => one.key !== key), unknown(key)],
  });
  if (inner === undefined) return replaced(value, name);
  if (found?.value.kind !== "list") return value;
  const items = found.value.items.map((item): Value => (item.kind === "object" ? replaced(item, inner) : item));
  const entry = { ...found, value: { ...found.value, items } };
  return { ...value, entries: value.entries.map((one) => (one === found ? entry : one)) };
}
