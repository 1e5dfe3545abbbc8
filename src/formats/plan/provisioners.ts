/** What the provisioners of a planned resource are given: a plan lists the words of each, or what it refers to. */
import { type Entry, get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { argument, type Instance } from "../terraform/instance.ts";
import { partsOf } from "./address.ts";
import { type Country, follow, type Standing } from "./follow.ts";
import { type Link, referencesOf } from "./links.ts";
import { fieldsOf } from "./tree.ts";

/** A command may name anything. */
const ANYTHING: Link = { types: /./, attribute: "name" };

/** The resource with its provisioners, as blocks of what they are given. */
export function withProvisioners(made: Instance, runs: readonly Value[], from: Standing, country: Country): Instance {
  if (runs.length === 0) return made;
  const items = runs.map((run): ObjectValue => {
    const entries = [...fieldsOf(run)].flatMap(([key, expression]) => given(key, expression, made, from, country));
    return { kind: "object", entries, at: made.at };
  });
  const entry: Entry = { key: "provisioner", keyAt: made.at, value: { kind: "list", items, at: made.at } };
  return { ...made, value: { ...made.value, entries: [...made.value.entries, entry] } };
}

/** What is written for an argument, else each thing that it refers to, under the words of the reference. */
function given(key: string, expression: Value, made: Instance, from: Standing, country: Country): Entry[] {
  const written = get(expression, "constant_value");
  if (written) return [{ key, keyAt: written.at, value: written }];
  return referencesOf(expression).flatMap((reference) => {
    // By its words a reader sees what a name is one of.
    const words = reference.replace(/^self\b/, made.address);
    return referred(reference, made, from, country).map((value): Entry => ({ key: words, keyAt: made.at, value }));
  });
}

function referred(reference: string, made: Instance, from: Standing, country: Country): readonly Value[] {
  const [root, attribute] = partsOf(reference);
  if (root?.name !== "self") return follow(country, [reference], from, ANYTHING) ?? [];
  const own = attribute && argument(made, attribute.name);
  return own ? [own] : [];
}
