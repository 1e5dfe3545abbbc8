/** Functions that take parts of lists, and `range`. */
import { calculate, compareNumbers, integerOf } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { ANY, listOf, NUMBER, typeName } from "../evaluate/types.ts";
import { isSeveral, numberOf, type TerraformValue, typeOf, withMarks } from "../evaluate/values.ts";
import { integerAt, listAt, listOfType, number, numberAt, outside, parameter, withItems } from "./arguments.ts";

import { sequence } from "./lists.ts";

function chunklist(values: readonly TerraformValue[], call: Call): TerraformValue {
  const list = listAt(values, 0);
  const size = integerAt(values, 1);
  const type = typeOf(list);
  if (size < 0) throw new Complaint("the size argument must be positive");
  if (isSeveral(list)) return derived("chunklist", values, call.at);
  if (list.items.length === 0) return listOfType([], type, call.at);
  const step = size === 0 ? list.items.length : size;
  const chunks: TerraformValue[] = [];
  for (let start = 0; start < list.items.length; start += step) {
    chunks.push(withItems(list, list.items.slice(start, start + step), call.at));
  }
  return listOfType(chunks, type, call.at);
}

function element(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const [value] = values;
  const list = sequence(value);
  if (list === undefined || list.collection === "set") {
    throw new Complaint(`cannot read elements from ${value === undefined ? "nothing" : typeName(typeOf(value))}`);
  }
  const index = integerOf(numberAt(values, 1));
  if (index === undefined) {
    throw new Complaint(
      "invalid index: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    );
  }
  const { length } = list.items;
  if (isSeveral(list)) {
    const before = list.items.slice(0, index + 1);
    const found = index >= 0 && !isSeveral({ ...list, items: before }) ? list.items[index] : undefined;
    return found ?? derived("element", values, at, list.element);
  }
  if (length === 0) throw new Complaint("cannot use element function with an empty list");
  const wrapped = index % length;
  if (wrapped < 0 && list.collection === undefined) {
    throw new Complaint(`panic in function implementation: runtime error: index out of range [${wrapped}]`);
  }
  const found = list.items[wrapped < 0 ? wrapped + length : wrapped];
  return found === undefined ? derived("element", values, at) : withMarks(found, [list]);
}

const ONE = "must be a list, set, or tuple value with either zero or one elements";

function one(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const list = sequence(values[0]);
  if (list === undefined) throw new ArgumentComplaint(0, ONE);
  if (isSeveral(list)) return derived("one", values, at, list.element);
  if (list.items.length > 1) throw new ArgumentComplaint(0, ONE);
  return list.items[0] ?? { kind: "null", at, ...(list.element !== undefined && { type: list.element }) };
}

/** Terraform's own limit. */
const MAX_RANGE = 1024;

function range(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  if (values.length < 1 || values.length > 3) throw new Complaint("must have one, two, or three arguments");
  const start = values.length === 1 ? numberOf(0, at) : numberAt(values, 0);
  const end = values.length === 1 ? numberAt(values, 0) : numberAt(values, 1);
  const falling = compareNumbers(end, start) < 0;
  const step = values.length === 3 ? numberAt(values, 2) : numberOf(falling ? -1 : 1, at);
  const direction = compareNumbers(step, numberOf(0, at));
  if (direction < 0 && compareNumbers(end, start) > 0)
    throw new ArgumentComplaint(1, "end must be less than start when step is negative");
  if (direction >= 0 && falling) throw new ArgumentComplaint(1, "end must be greater than start when step is positive");
  const items: TerraformValue[] = [];
  for (let next = start; direction < 0 ? compareNumbers(next, end) > 0 : compareNumbers(next, end) < 0; ) {
    if (items.length >= MAX_RANGE) {
      throw new Complaint(
        "more than 1024 values were generated; either decrease the difference between start and end or use a smaller step",
      );
    }
    items.push({ ...next, at });
    next = calculate("+", next, step, at) ?? next;
  }
  return listOfType(items, NUMBER, at);
}

function reverse(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const [value] = values;
  const list = sequence(value);
  if (list === undefined) {
    throw new ArgumentComplaint(
      0,
      `can only reverse list or tuple values, not ${value === undefined ? "nothing" : typeName(typeOf(value))}`,
    );
  }
  const items = list.items.toReversed();
  return list.collection === "set" ? listOfType(items, list.element ?? ANY, at) : withItems(list, items, at);
}

function slice(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const list = sequence(values[0]);
  if (list?.collection === "set") {
    throw new ArgumentComplaint(
      0,
      "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the ordering of the result is not important",
    );
  }
  if (list === undefined) throw new ArgumentComplaint(0, "must be a list or tuple value");
  const bound = (position: number, name: string): number => {
    const whole = integerOf(numberAt(values, position));
    if (whole === undefined) {
      throw new ArgumentComplaint(
        position,
        `invalid ${name} index: value must be a whole number, between -9223372036854775808 and 9223372036854775807`,
      );
    }
    if (whole < 0) throw new ArgumentComplaint(position, `${name} index must not be less than zero`);
    if (!isSeveral(list) && whole > list.items.length) {
      throw new ArgumentComplaint(position, `${name} index must not be greater than the length of the list`);
    }
    return whole;
  };
  const start = bound(1, "start");
  const end = bound(2, "end");
  if (start > end) throw new ArgumentComplaint(1, "start index must not be greater than end index");
  if (isSeveral({ ...list, items: list.items.slice(0, end) })) return derived("slice", values, at);
  return withMarks(withItems(list, list.items.slice(start, end), at), [list]);
}

export const listPartFunctions: Readonly<Record<string, FunctionSpec>> = {
  chunklist: {
    parameters: [parameter("list", listOf(ANY), { known: "outside", marks: "outer" }), number("size")],
    run: chunklist,
  },
  element: { parameters: [outside("list"), number("index")], run: element },
  one: { parameters: [outside("list")], run: one },
  range: { parameters: [], rest: number("params"), returns: listOf(NUMBER), run: range },
  reverse: { parameters: [outside("list")], run: reverse },
  slice: { parameters: [outside("list"), number("start_index"), number("end_index")], run: slice },
};
