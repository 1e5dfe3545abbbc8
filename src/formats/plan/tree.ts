/** The trees of a plan: resources by module, and the configuration they come from. */
import type { Place } from "../../source.ts";
import { get, type ObjectValue, plainText, type Value } from "../../syntax/value.ts";
import { type Position, positionOf } from "./address.ts";

export interface PlannedResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly position: Position;
  /** Its known values; unknown ones are left out, or null in a list. */
  readonly values: ObjectValue;
  /** In the shape of `values`: true for what must not be shown. */
  readonly sensitive: Value | undefined;
  readonly at: Place;
}

/** All resources of a module of `planned_values`, `prior_state.values` or `values`, and in it. */
export function resourcesIn(root: Value | undefined): PlannedResource[] {
  const found: PlannedResource[] = [];
  const next = [root];
  while (next.length > 0) {
    const module = next.pop();
    for (const item of listOf(get(module, "resources"))) {
      const resource = resourceOf(item);
      if (resource) found.push(resource);
    }
    next.push(...listOf(get(module, "child_modules")).toReversed());
  }
  return found;
}

function resourceOf(item: Value): PlannedResource | undefined {
  const address = get(item, "address");
  const type = plainText(get(item, "type"));
  const position = positionOf(plainText(address) ?? "");
  const values = get(item, "values");
  if (address?.kind !== "text" || type === undefined || !position) return undefined;
  return {
    address: address.value,
    mode: plainText(get(item, "mode")) === "data" ? "data" : "managed",
    type,
    position,
    values: values?.kind === "object" ? values : { kind: "object", entries: [], at: address.at },
    sensitive: get(item, "sensitive_values"),
    at: address.at,
  };
}

/** The configuration of a module, without the expressions themselves: the plan lists only what they refer to. */
export interface ModuleConfiguration {
  /** The expressions of each resource by `aws_iam_role.job` or `data.aws_vpc.main`. */
  readonly resources: ReadonlyMap<string, Value | undefined>;
  /** The expressions of the provisioners of each resource that has any. */
  readonly provisioners: ReadonlyMap<string, readonly Value[]>;
  readonly calls: ReadonlyMap<
    string,
    { readonly expressions: Value | undefined; readonly module: ModuleConfiguration }
  >;
  readonly outputs: ReadonlyMap<string, Value | undefined>;
  readonly variables: Value | undefined;
}

/** Reads `configuration.root_module`, and the modules it calls. */
export function configurationOf(module: Value | undefined): ModuleConfiguration {
  return {
    resources: new Map(
      listOf(get(module, "resources")).flatMap((item) => {
        const address = plainText(get(item, "address"));
        return address === undefined ? [] : [[address, get(item, "expressions")] as const];
      }),
    ),
    provisioners: new Map(
      listOf(get(module, "resources")).flatMap((item) => {
        const runs = listOf(get(item, "provisioners")).flatMap((one) => get(one, "expressions") ?? []);
        const address = plainText(get(item, "address"));
        return address === undefined || runs.length === 0 ? [] : [[address, runs] as const];
      }),
    ),
    calls: new Map(
      [...fieldsOf(get(module, "module_calls"))].map(([key, value]) => [
        key,
        { expressions: get(value, "expressions"), module: configurationOf(get(value, "module")) },
      ]),
    ),
    outputs: new Map([...fieldsOf(get(module, "outputs"))].map(([key, value]) => [key, get(value, "expression")])),
    variables: get(module, "variables"),
  };
}

export function listOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "list" ? value.items : [];
}

export function fieldsOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return new Map(value?.kind === "object" ? value.entries.map((one) => [one.key, one.value]) : []);
}
