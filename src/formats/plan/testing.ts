/** Plans for tests, in the shape in which `terraform show -json` writes them. */
import type { Unit } from "../../facts/unit.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { partsOf, positionOf, prefixOf, splitModules } from "./address.ts";
import { readPlans } from "./read.ts";

export interface TestResource {
  readonly address: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly unknown?: Readonly<Record<string, unknown>>;
  readonly sensitive?: Readonly<Record<string, unknown>>;
  /** By attribute: the references as Terraform lists them, or the expression as it is. */
  readonly refers?: Readonly<Record<string, readonly string[] | object>>;
  /** The same of each of its provisioners. */
  readonly provisioners?: readonly Readonly<Record<string, readonly string[] | object>>[];
}

interface TestModule {
  address?: string;
  readonly resources: object[];
  readonly child_modules: TestModule[];
}
interface TestConfiguration {
  outputs?: object;
  readonly resources: object[];
  readonly module_calls: Record<string, { expressions?: object; module: TestConfiguration }>;
}

export interface TestPlan {
  readonly resources: readonly TestResource[];
  /** Data sources that were read before the plan. */
  readonly before?: readonly TestResource[];
  /** By the dotted names of the calls: what is passed to a module, and what its outputs refer to. */
  readonly calls?: Readonly<
    Record<string, { passes?: Record<string, readonly string[]>; outputs?: Record<string, readonly string[]> }>
  >;
  readonly more?: object;
}

/** The text of a plan. */
export function planText({ resources, before = [], calls = {}, more = {} }: TestPlan): string {
  const configuration: TestConfiguration = { resources: [], module_calls: {} };
  const expressionsOf = (refers: NonNullable<TestResource["refers"]>) =>
    Object.fromEntries(Object.entries(refers).map(([key, value]) => [key, expression(value)]));
  for (const { address, refers = {}, provisioners } of resources) {
    const position = positionOf(address);
    if (!position) throw new Error(`no address: ${address}`);
    const runs = provisioners?.map((one) => ({ type: "local-exec", expressions: expressionsOf(one) }));
    configured(configuration, position.modules).resources.push({
      address: position.resource,
      expressions: expressionsOf(refers),
      ...(runs && { provisioners: runs }),
    });
  }
  for (const [way, { passes = {}, outputs = {} }] of Object.entries(calls)) {
    const names = way.split(".").map((name) => ({ name }));
    const outer = configured(configuration, names.slice(0, -1));
    const call = outer.module_calls[names.at(-1)?.name ?? ""];
    if (!call) throw new Error(`no resource stands in the module ${way}`);
    call.expressions = expressionsOf(passes);
    call.module.outputs = Object.fromEntries(
      Object.entries(outputs).map(([key, value]) => [key, { expression: expression(value) }]),
    );
  }
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: moduleTree(resources) },
    resource_changes: resources.map(({ address, values = {}, unknown = {}, sensitive = {} }) => ({
      address,
      change: { actions: ["create"], before: null, after: values, after_unknown: unknown, after_sensitive: sensitive },
    })),
    prior_state: { format_version: "1.0", values: { root_module: moduleTree(before) } },
    configuration: { root_module: configuration },
    ...more,
  };
  return JSON.stringify(plan, null, 1);
}

function expression(value: readonly string[] | object): object {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? { references: value } : value;
}

function configured(root: TestConfiguration, modules: readonly { readonly name: string }[]): TestConfiguration {
  let module = root;
  for (const { name } of modules) {
    module.module_calls[name] ??= { module: { resources: [], module_calls: {} } };
    module = module.module_calls[name].module;
  }
  return module;
}

/** The resources as a tree of modules. */
export function moduleTree(resources: readonly TestResource[]): object {
  const root: TestModule = { resources: [], child_modules: [] };
  for (const { address, values = {}, sensitive = {} } of resources) {
    const { modules, rest } = splitModules(partsOf(address));
    let module = root;
    for (const [depth] of modules.entries()) {
      const prefix = prefixOf(modules.slice(0, depth + 1)).slice(0, -1);
      const known = module.child_modules.find((one) => one.address === prefix);
      const child = known ?? { address: prefix, resources: [], child_modules: [] };
      if (!known) module.child_modules.push(child);
      module = child;
    }
    const mode = rest[0]?.name === "data" ? "data" : "managed";
    const type = rest[mode === "data" ? 1 : 0]?.name;
    module.resources.push({ address, mode, type, values, sensitive_values: sensitive });
  }
  return root;
}

/** The unit of a plan in a file `plan.json`. */
export async function unitOf(plan: TestPlan | string): Promise<Unit> {
  const text = typeof plan === "string" ? plan : planText(plan);
  const { documents } = await parseDocuments({ path: "plan.json", text });
  const [unit] = readPlans(documents);
  if (!unit) throw new Error("no unit");
  return unit;
}
