/** Attributes and items of values: what is behind one step. */
import { isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { integerOf } from "./arithmetic.ts";
import { Complaint } from "./complaint.ts";
import type { Step } from "./context.ts";
import { convert, convertToText } from "./convert.ts";
import { chooserBy, derived } from "./derive.ts";
import { isOrdered } from "./sets.ts";
import { eitherOf, onSides, onSidesOfList, sidesOf, underKey } from "./sides.ts";
import { NUMBER } from "./types.ts";
import { markOfPart, type PartStep, partOf } from "./unknown.ts";
import {
  causeIn,
  isSeveral,
  marked,
  type TerraformList,
  type TerraformObject,
  type TerraformUnknown,
  type TerraformValue,
  textOf,
  weightOf,
} from "./values.ts";

/** How a step is written. */
export function spellStep(step: Step): string {
  if (step.kind === "attribute") return `.${step.name}`;
  const { key } = step;
  if (key.kind === "number") return `[${key.value}]`;
  return key.kind === "text" && isLiteral(key.value) ? `["${key.value}"]` : "[…]";
}

/** What is behind a step from something unknown. */
export function behind(value: TerraformUnknown, step: PartStep, at: Place): TerraformUnknown {
  const { unread, sensitive, fault } = value;
  if (unread && step.key !== null && step.spelled.startsWith(".")) return unread(step.key, at);
  return {
    kind: "unknown",
    name: partOf(value.name, step),
    at,
    ...(fault && { fault }),
    ...(sensitive && { sensitive: markOfPart(sensitive, step) }),
    ...(unread && { unread: (name, at, index = "") => unread(name, at, `${step.spelled}${index}`) }),
  };
}

function attributeStep(name: string): PartStep {
  return { spelled: `.${name}`, key: name };
}

/** A part of something: marked as the whole is, unless it has a mark of its own. */
function withMarkBehind(part: TerraformValue, whole: TerraformValue, step: PartStep): TerraformValue {
  return part.sensitive || !whole.sensitive ? part : marked(part, markOfPart(whole.sensitive, step));
}

/** `value.name`. @throws Complaint when there can be no such attribute */
export function attributeOf(value: TerraformValue, name: string, at: Place): TerraformValue {
  switch (value.kind) {
    case "unknown":
      return behind(value, attributeStep(name), at);
    case "null":
      throw new Complaint("null");
    case "object": {
      const found = underKey(value, textOf(name, at), at);
      if (found !== undefined) return withMarkBehind(found, value, attributeStep(name));
      if (value.unread) return value.unread(name, at);
      if (value.open !== undefined) return derived(`attribute ${name}`, [value], at, value.element, value.open);
      throw new Complaint("missing");
    }
    case "list":
      throw new Complaint("type");
    default:
      throw new Complaint("type");
  }
}

/** `value[key]`. @throws Complaint */
export function indexOf(value: TerraformValue, key: TerraformValue, at: Place): TerraformValue {
  if (value.kind === "null") throw new Complaint("null");
  if (key.kind === "null") throw new Complaint("null");
  if (value.kind === "unknown") {
    const step = key.kind === "number" || key.kind === "text" ? spellStep({ kind: "index", key, at }) : "[…]";
    if (step === "[…]") return derived("element", [value, key], at);
    return behind(value, { spelled: step, key: key.kind === "text" ? key.value : null }, at);
  }
  if (value.kind === "list") return itemAt(value, key, at);
  if (value.kind === "object") return valueAt(value, key, at);
  throw new Complaint("type");
}

function itemAt(value: TerraformList, key: TerraformValue, at: Place): TerraformValue {
  if (value.collection === "set") {
    throw new Complaint("type");
  }
  const { unordered } = value;
  if (unordered && !isOrdered(value)) return derived("element", [value, key], at, value.element, causeIn(unordered));
  const number = convert(key, NUMBER);
  if (number.kind !== "number") return derived("element", [value, key], at, value.element);
  const index = integerOf(number);
  if (index === undefined) {
    throw new Complaint("range");
  }
  if (index < 0) throw new Complaint("missing");
  const before = value.items.slice(0, index + 1);
  if (isSeveral({ ...value, items: before })) {
    const unknown = derived("element", [value, key], at, value.element);
    return onSidesOfList(value, (side) => itemAt(side, key, at), unknown);
  }
  const found = value.items[index];
  if (found !== undefined) return withMarkBehind(found, value, { spelled: `[${index}]`, key: null });
  if (isSeveral(value)) return derived("element", [value, key], at, value.element);
  throw new Complaint("missing");
}

/** The values of a larger map are not compared, since each reference would do so again. */
const MAX_JOINED = 5_000;

function valueAt(value: TerraformObject, key: TerraformValue, at: Place): TerraformValue {
  const text = convertToText(key);
  if (text.kind !== "text" || !isLiteral(text.value)) {
    const same = underKey(value, text, at);
    if (same !== undefined) return same;
    const one = derived("element", [value, key], at, value.element);
    if (weightOf(value) > MAX_JOINED) return one;
    const sides = value.open === undefined ? sidesOf(text) : undefined;
    if (sides) return onSides(sides, (side) => valueAt(value, side, at), one);
    return value.open === undefined
      ? eitherOf(
          value.entries.map((entry) => entry.value),
          one,
          chooserBy(
            text,
            value.entries.map((entry) => entry.key),
          ),
        )
      : one;
  }
  const found = underKey(value, text, at);
  if (found !== undefined)
    return withMarkBehind(found, value, { spelled: `[${JSON.stringify(text.value)}]`, key: text.value });
  if (value.unread) return value.unread(text.value, at);
  if (value.open !== undefined) return derived(`attribute ${text.value}`, [value], at, value.element, value.open);
  throw new Complaint("missing");
}
