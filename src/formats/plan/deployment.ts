/**
 * Where a plan deploys to: the Region of its provider, and what its data sources say of the account and the partition.
 * https://developer.hashicorp.com/terraform/internals/json-format#provider-configuration-representation
 */
import { ANYWHERE, type Deployment, inRegion, isAccount } from "../../facts/arn.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";
import { fieldsOf, listOf, type PlannedResource } from "./tree.ts";

/** Data sources that say where a provider deploys to, with the attribute of each. */
const SAYS = {
  region: { type: "aws_region", attributes: ["region", "name", "id"] },
  account: { type: "aws_caller_identity", attributes: ["account_id", "id"] },
  partition: { type: "aws_partition", attributes: ["partition", "id"] },
} as const;

/** The only place that a plan deploys to, as far as it tells; undefined when it has several configurations of the provider. */
export function deploymentOf(plan: Value, resources: readonly PlannedResource[]): Partial<Deployment> | undefined {
  const providers = [...fieldsOf(get(get(plan, "configuration"), "provider_config")).values()].filter((one) =>
    /^aws(?:cc)?$/.test(plainText(get(one, "name")) ?? ""),
  );
  const regions = new Set(providers.map((one) => regionIn(one, plan)));
  if (providers.length === 0 || regions.size > 1 || providers.some(isAlias)) return undefined;
  const looked = (of: keyof typeof SAYS): string | undefined => {
    const { type, attributes } = SAYS[of];
    const found = new Set(
      resources
        .filter((one) => one.mode === "data" && one.type === type)
        .map(({ values }) => attributes.map((name) => plainText(get(values, name))).find((text) => text !== undefined)),
    );
    return found.size === 1 ? [...found][0] : undefined;
  };
  const region = [...regions][0] ?? looked("region");
  const account = looked("account");
  const partition = looked("partition");
  return {
    ...(partition !== undefined && { partition }),
    ...(region !== undefined && inRegion(region)),
    ...(account !== undefined && isAccount(account) && { account }),
  };
}

export function whole(deployment: Partial<Deployment>): Deployment {
  return { ...ANYWHERE, ...deployment };
}

function isAlias(provider: Value): boolean {
  return get(provider, "alias") !== undefined;
}

/** The Region of a configuration: a constant, or the value of a variable of the root module. */
function regionIn(provider: Value, plan: Value): string | undefined {
  const expression = get(get(provider, "expressions"), "region");
  const constant = plainText(get(expression, "constant_value"));
  const [reference, ...more] = listOf(get(expression, "references")).map((one) => plainText(one) ?? "");
  const name = more.length === 0 ? /^var\.([\w-]+)$/.exec(reference ?? "")?.[1] : undefined;
  if (constant !== undefined || name === undefined) return constant;
  return plainText(get(get(get(plan, "variables"), name), "value"));
}
