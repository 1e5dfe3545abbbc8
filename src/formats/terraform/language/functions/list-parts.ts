import { calculate, compareNumbers } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { indexOf } from "../evaluate/parts.ts";
import { inOrderOf, isOrdered } from "../evaluate/sets.ts";
import { onSidesOfList } from "../evaluate/sides.ts";
import { ANY, listOf, NUMBER } from "../evaluate/types.ts";
import { isSeveral, numberOf, type TerraformList, type TerraformValue, withMarks } from "../evaluate/values.ts";
import { integerAt, listAt, listOfType, number, numberAt, outside, parameter, tuple, withItems } from "./arguments.ts";

/** A list or tuple; a set has no order. @throws Complaint */
function orderedAt(values: readonly TerraformValue[], index: number): TerraformList {
  const list = listAt(values, index);
  if (list.collection === "set") throw new Complaint("type");
  return list;
}

function element(values: readonly TerraformValue[], call: Call): TerraformValue {
  const { at } = call;
  const list = orderedAt(values, 0);
  const index = integerAt(values, 1);
  const { length } = list.items;
  if (!isOrdered(list)) return indexOf(list, numberOf(index, at), at);
  if (isSeveral(list)) {
    const before = list.items.slice(0, index + 1);
    const found = index >= 0 && !isSeveral({ ...list, items: before }) ? list.items[index] : undefined;
    const unknown = derived("element", values, at, list.element);
    return found ?? onSidesOfList(list, (side) => element([side, ...values.slice(1)], call), unknown);
  }
  const wrapped = index % length;
  const found = list.items[wrapped < 0 && list.collection === "list" ? wrapped + length : wrapped];
  if (found === undefined) throw new Complaint("range");
  return withMarks(found, [list]);
}

function one(values: readonly TerraformValue[], call: Call): TerraformValue {
  const { at } = call;
  const list = listAt(values, 0);
  if (isSeveral(list)) {
    return onSidesOfList(list, (side) => one([side], call), derived("one", values, at, list.element));
  }
  if (list.items.length > 1) throw new Complaint("argument");
  return list.items[0] ?? { kind: "null", at, ...(list.element !== undefined && { type: list.element }) };
}

/** Terraform's own limit. */
const MAX_RANGE = 1024;

function range(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  if (values.length > 3) throw new Complaint("argument");
  const start = values.length === 1 ? numberOf(0, at) : numberAt(values, 0);
  const end = numberAt(values, values.length === 1 ? 0 : 1);
  const rising = Math.sign(compareNumbers(end, start));
  const step = values.length === 3 ? numberAt(values, 2) : numberOf(rising < 0 ? -1 : 1, at);
  const direction = step.value < 0 ? -1 : 1;
  if (rising === -direction) throw new Complaint("range");
  const items: TerraformValue[] = [];
  for (let next = start; Math.sign(compareNumbers(end, next)) === direction; ) {
    if (items.length >= MAX_RANGE) throw new Complaint("range");
    items.push({ ...next, at });
    const following = calculate("+", next, step, at);
    if (following === undefined) return derived("range", values, at, listOf(NUMBER));
    next = following;
  }
  return listOfType(items, NUMBER, at);
}

function reverse(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const list = listAt(values, 0);
  const items = list.items.toReversed();
  return inOrderOf(
    [list],
    list.collection === "set" ? listOfType(items, list.element ?? ANY, at) : withItems(list, items, at),
  );
}

/**
 * Terraform refuses a slice beyond the end, so a slice of a list of unknown length has all of its items; where `try` may
 * have something else in its place, it is unknown.
 */
function slice(values: readonly TerraformValue[], { at, tried }: Call): TerraformValue {
  const list = values[0]?.kind === "unknown" ? values[0] : orderedAt(values, 0);
  const [start, end] = [integerAt(values, 1), integerAt(values, 2)];
  const outsideOfIt = list.kind === "list" && !isSeveral(list) && end > list.items.length;
  if (start < 0 || start > end || outsideOfIt) throw new Complaint("range");
  if (list.kind === "list" && isOrdered(list) && !isSeveral({ ...list, items: list.items.slice(0, end) }))
    return withMarks(withItems(list, list.items.slice(start, end), at), [list]);
  if (tried || end - start > MAX_RANGE) return derived("slice", values, at);
  const items = Array.from({ length: end - start }, (_, index) => indexOf(list, numberOf(start + index, at), at));
  return withMarks(tuple(items, at), [list]);
}

export const listPartFunctions: Readonly<Record<string, FunctionSpec>> = {
  element: { parameters: [outside, number], run: element },
  one: { parameters: [outside], run: one },
  range: { parameters: [number], rest: number, returns: listOf(NUMBER), run: range },
  reverse: { parameters: [outside], run: reverse },
  slice: { parameters: [parameter(ANY, { known: "nothing", marks: "outer" }), number, number], run: slice },
};
