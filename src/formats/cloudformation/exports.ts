import { isAlike } from "../../facts/alike.ts";
import type { Cause } from "../../facts/causes.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Perhaps } from "../../facts/unit.ts";
import { addTo } from "../../maps.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";
import { addressOf } from "./attributes.ts";
import { existence, isMade } from "./condition.ts";
import type { Family } from "./nested.ts";
import { outputsOf } from "./outputs.ts";
import { type Import, type Run, type Scope, spelled } from "./scope.ts";
import { saying, textOf } from "./text.ts";

/** How many exports may depend on each other in a row; real ones are two or three. */
const MAX_CHAIN = 20;

interface Export {
  readonly scope: Scope;
  /** The name of the output. */
  readonly address: string;
  readonly value: Value;
}

/**
 * Looks up exports by name, with the values that their stacks give. The index is made when it is first asked for. Names
 * are compared as text. One that depends on the name of its stack equals no other, and yet may be the only one of the
 * run that an import can mean.
 */
export function exportsOf(families: () => readonly Family[] | undefined): (name: string, run: Run) => Import {
  let index: ReadonlyMap<string, readonly Export[]> | "building" | undefined;
  const asked = new Set<string>();
  return (name, run) => {
    const missing = (kind: Cause["kind"]): Import => ({ cause: { kind, name: spelled({ run }, name), unit: null } });
    const all = families();
    if (all === undefined) return missing("import");
    if (index === undefined) {
      index = "building";
      index = indexOf(all);
    }
    if (index === "building") return missing("refused");
    const key = `${run.deployed?.name}\n${name}`;
    if (asked.has(key) || asked.size > MAX_CHAIN) return missing("refused");
    asked.add(key);
    const meant = nearest(index.get(name) ?? [], run);
    const values = meant.map(({ scope, value }) => scope.evaluate(value));
    const perhaps = values.length === 0 ? onlyAlike(index, name, run) : undefined;
    asked.delete(key);
    const [first, ...others] = values;
    if (first === undefined) return { ...missing("import"), perhaps };
    if (others.some((other) => saying(other) !== saying(first))) return missing("ambiguous");
    const text = textOf(first);
    if (meant[0] && text !== undefined) run.given.set(text, meant[0].scope.unit);
    return { value: first };
  };
}

/** The value of the only export of another unit that a name may mean. */
function onlyAlike(index: ReadonlyMap<string, readonly Export[]>, name: string, run: Run): Perhaps | undefined {
  const alike = [...index].flatMap(([other, all]) =>
    isAlike(name, other) ? nearest(all, run).filter(({ scope }) => scope.run !== run) : [],
  );
  const [only, ...more] = alike;
  const value = only && more.length === 0 ? only.scope.evaluate(only.value) : undefined;
  const text = value && textOf(value);
  if (!only || text === undefined || (isLiteral(text) && !text.startsWith("arn:"))) return undefined;
  return { text, doubt: { kind: "same-export", name: only.address, unit: only.scope.unit } };
}

/** The exports of the same deployment, else of the same account and Region, else of what has no deployments. */
function nearest(all: readonly Export[], run: Run): readonly Export[] {
  if (run.deployed === undefined || all.length === 0) return all;
  const tests: readonly ((one: Run) => boolean)[] = [
    ({ deployed }) => deployed?.name === run.deployed?.name,
    ({ deployment: { account, region } }) =>
      isLiteral(account) && isLiteral(region) && account === run.deployment.account && region === run.deployment.region,
    ({ deployed }) => deployed === undefined,
  ];
  const found = tests.map((test) => all.filter(({ scope }) => test(scope.run)));
  return found.find((some) => some.length > 0) ?? [];
}

function indexOf(families: readonly Family[]): ReadonlyMap<string, readonly Export[]> {
  const index = new Map<string, Export[]>();
  for (const { scope } of families.flatMap((family) => family.stacks())) {
    for (const { key, keyAt, value } of outputsOf(scope)) {
      const written = get(get(value, "Export"), "Name");
      const output = get(value, "Value");
      const name = written && scope.evaluate(written);
      const text = name && textOf(name);
      if (output === undefined || text === undefined) continue;
      const condition = plainText(get(value, "Condition"));
      if (!isMade(existence(scope, { condition, keyAt }))) continue;
      addTo(index, text, { scope, address: addressOf(scope, key), value: output });
    }
  }
  return index;
}
