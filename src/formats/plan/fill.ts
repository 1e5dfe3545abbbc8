/**
 * A plan and the source of the same root module read as one: the source tells where everything stands and how it is put
 * together, the plan tells values that the source can't: what variables were given, what data sources found, which
 * instances there are.
 */

import { hasWideHole, holeOf, insides, isLiteral } from "../../facts/text.ts";
import { groupBy } from "../../maps.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import type { Entry, ObjectValue, TextValue, Value } from "../../syntax/value.ts";
import type { Instance } from "../terraform/instance.ts";
import { fieldsOf } from "./tree.ts";

/**
 * The instances of the source with what the plan knows, and those that only the plan has. Where the source can't tell
 * the instances of a block, they are those of the plan, if it has any; it may be a plan of a part, so that what it does
 * not have stays.
 */
export function filled(source: readonly Instance[], plan: readonly Instance[]): Instance[] {
  const planned = new Map(plan.map((instance) => [instance.address, instance]));
  const blocks = groupBy(plan, ({ address }) => blockOf(address));
  const kept = source.flatMap((instance): Instance[] => {
    const known = planned.get(instance.address);
    if (known) return [{ ...instance, maybe: null, value: fillObject(instance.value, known.value) }];
    return instance.maybe !== null && blocks.has(blockOf(instance.address)) ? [] : [instance];
  });
  const addresses = new Set(source.map(({ address }) => address));
  return [...kept, ...plan.filter(({ address }) => !addresses.has(address))];
}

function blockOf(address: string): string {
  return address.replace(/\[(?:\d+|…|"(?:[^"\\]|\\.)*")\]/g, "");
}

/** The arguments of the source. The plan has more: what the provider fills in. */
function fillObject(source: ObjectValue, plan: ObjectValue): ObjectValue {
  const known = fieldsOf(plan);
  const entries = source.entries.map((one): Entry => ({ ...one, value: fill(one.value, known.get(one.key)) }));
  if (source.open === undefined) return { ...source, entries };
  const given = new Set(source.entries.map(({ key }) => key));
  const { open: _, ...closed } = source;
  return { ...closed, entries: [...entries, ...plan.entries.filter(({ key }) => !given.has(key))] };
}

/**
 * A value of the source, or the plan's value if the source's is unknown. What a secret holds stays unknown unless it is an
 * ARN: the source tells which secret it is, and nobody needs to know more.
 */
function fill(source: Value, plan: Value | undefined): Value {
  if (!plan || plan.kind === "unknown" || plan.kind === "null") return source;
  if (isOfSecret(source) && !(plan.kind === "text" && plan.value.startsWith("arn:"))) return source;
  switch (source.kind) {
    case "unknown":
      return placed(plan, source);
    case "text":
      return plan.kind === "text" ? fillText(source, plan) : source;
    case "list": {
      if (plan.kind !== "list") return source;
      const same = plan.items.length === source.items.length;
      if (!same) return source.items.some(({ kind }) => kind === "unknown") ? plan : source;
      return { ...source, items: source.items.map((item, index) => fill(item, plan.items[index])) };
    }
    case "object":
      return plan.kind === "object" ? fillObject(source, plan) : source;
    default:
      return source;
  }
}

function isOfSecret(value: Value): boolean {
  const holes =
    value.kind === "unknown" ? [value.name] : value.kind === "text" && !value.json ? insides(value.value) : [];
  return holes.some((inside) => holeOf(inside).holds === "secret");
}

/** A string of the source. JSON is filled in piece by piece, so that symbolic ARNs in it stay. */
function fillText(source: TextValue, plan: TextValue): Value {
  if (isLiteral(source.value) && !source.json) return source;
  const inner = parseEmbeddedJson(source);
  const known = parseEmbeddedJson(plan);
  if (inner && inner.kind !== "unknown" && known) return { ...source, json: () => fill(inner, known) };
  return hasWideHole(source.value) || (inner?.kind === "unknown" && known) ? placed(plan, source) : source;
}

/** A value of the plan at the source's place; what is inside lists and objects keeps the plan's. */
function placed(plan: Value, { at, sensitive, usedAt }: Value): Value {
  const value: Value = { ...plan, ...(sensitive && { sensitive }), ...(usedAt && { usedAt }) };
  if (value.kind !== "text") return value.kind === "list" || value.kind === "object" ? value : { ...value, at };
  const { offsets: _, ...text } = value;
  const json = parseEmbeddedJson(value);
  return json ? { ...text, at, json: () => json } : { ...text, at };
}
