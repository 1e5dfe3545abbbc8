/** Following references through the modules of a plan to what they name. */

import { get, type Value } from "../../syntax/value.ts";
import { readAs } from "../terraform/cloud-control.ts";
import { argument, type Instance } from "../terraform/instance.ts";
import { computedAttributes } from "../terraform/resources/computed.ts";
import { type Part, partsOf, prefixOf } from "./address.ts";
import { type Link, referencesOf } from "./links.ts";
import type { ModuleConfiguration, PlannedResource } from "./tree.ts";

/** The plan's parts that references are followed in. */
export interface Country {
  readonly configuration: ModuleConfiguration | undefined;
  /** Resources by the prefix of their module and the name of their block. */
  readonly byBlock: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly instance: (address: string) => Instance | undefined;
}

/** The place of a reference: the instance of a module, and the index of the block instance in it. */
export interface Standing {
  readonly modules: readonly Part[];
  readonly index: string;
}

/** References lead from module to module. No real plan has longer chains. */
const MAX_WAY = 100;

/** The key or number of the block's own instance: the reference is to the resource with the same index. */
const ITERATORS: ReadonlySet<string> = new Set(["each.key", "count.index"]);

/** The values that references name: all of them, or undefined. `steps` counts the steps so far. */
export function follow(
  country: Country,
  references: readonly string[],
  from: Standing,
  link: Link,
  steps = 0,
): Value[] | undefined {
  const iterated = references.some((reference) => ITERATORS.has(reference));
  const values: Value[] = [];
  for (const reference of references) {
    if (ITERATORS.has(reference)) continue;
    const parts = partsOf(reference);
    const found =
      steps < MAX_WAY
        ? (throughModule(country, parts, from, link, steps + 1) ?? attributes(country, parts, from, iterated, link))
        : undefined;
    if (!found) return undefined;
    values.push(...found);
  }
  return values.length > 0 ? values : undefined;
}

/** The value that the caller passes to a variable, or the value of a called module's output. */
function throughModule(
  country: Country,
  parts: readonly Part[],
  from: Standing,
  link: Link,
  steps: number,
): Value[] | undefined {
  const [root, name, output] = parts;
  if (root?.name === "var" && name && name.index === "" && parts.length === 2) {
    const call = from.modules.at(-1);
    if (!call) return undefined;
    const modules = from.modules.slice(0, -1);
    const given = get(configured(country, modules)?.calls.get(call.name)?.expressions, name.name);
    return follow(country, referencesOf(given), { modules, index: call.index }, link, steps);
  }
  if (root?.name === "module" && name && output && output.index === "" && parts.length === 3) {
    const modules = [...from.modules, name];
    const expression = configured(country, modules)?.outputs.get(output.name);
    return follow(country, referencesOf(expression), { modules, index: "" }, link, steps);
  }
  return undefined;
}

/** An attribute of a resource: of one instance if the reference has an index, otherwise of all. */
function attributes(
  country: Country,
  parts: readonly Part[],
  from: Standing,
  iterated: boolean,
  link: Link,
): Value[] | undefined {
  const data = parts[0]?.name === "data";
  const names = parts.slice(0, data ? 3 : 2);
  const [attribute, more] = parts.slice(names.length);
  if (more || (attribute && attribute.index !== "")) return undefined;
  const block = prefixOf(from.modules) + names.map(({ name }) => name).join(".");
  const index = names.at(-1)?.index || (iterated ? from.index : "");
  const all = country.byBlock.get(block) ?? [];
  const meant = index === "" ? all : all.filter(({ position }) => position.index === index);
  const [first] = meant;
  if (!first || !link.types.test(`${data ? "data." : ""}${readAs(first.type)}`)) return undefined;
  const values = meant.map(({ address }) => textOf(country.instance(address), attribute?.name ?? link.attribute));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** The configuration of the module at the end of a chain of calls. */
export function configured(
  { configuration }: Pick<Country, "configuration">,
  modules: readonly Part[],
): ModuleConfiguration | undefined {
  return modules.reduce((module, { name }) => module?.calls.get(name)?.module, configuration);
}

/** An attribute as text: as given, or from our table of computed attributes. */
function textOf(instance: Instance | undefined, name: string): Value | undefined {
  if (!instance) return undefined;
  const given = argument(instance, name);
  const found = given?.kind === "text" ? given : computedAttributes(instance).find(({ key }) => key === name)?.value;
  return found?.kind === "text" ? found : undefined;
}
