import { knownOf } from "../../../../facts/text.ts";
import { spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import { equal } from "../evaluate/equal.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { inOrderOf, setKey, toSet } from "../evaluate/sets.ts";
import { optionalFrom } from "../evaluate/sides.ts";
import { ANY, BOOL, isPrimitive, listOf, NUMBER, STRING, type Type } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import {
  booleanOf,
  firstOf,
  isSeveral,
  marked,
  numberOf,
  type TerraformList,
  type TerraformUnknown,
  type TerraformValue,
  typeOf,
  withMarks,
} from "../evaluate/values.ts";
import { listAt, listOfType, outside, parameter, tuple } from "./arguments.ts";

/** Any number of unknown items. */
export function rest(label: string, from: readonly TerraformValue[], call: Call): TerraformUnknown {
  return { ...derived(label, from, call.at), several: true };
}

/** The items of an unknown list: any number, like those that it has where it is one. */
function restOf(value: TerraformUnknown, call: Call): readonly TerraformUnknown[] {
  const { like } = value;
  if (like?.kind !== "list") return [rest("items", [value], call)];
  return like.items.map((item) => optionalFrom(value, rest("items", [value, item], call), item));
}

/** `alltrue` and `anytrue`: one item that decides is enough. */
function truth(decides: boolean): FunctionSpec {
  return {
    parameters: [parameter(listOf(BOOL), { known: "outside" })],
    returns: BOOL,
    run: (values, { at }) => {
      let vague = false;
      for (const item of listAt(values, 0).items) {
        if (item.kind === "boolean" ? item.value === decides : item.kind === "null" && !decides)
          return booleanOf(decides, at);
        if (item.kind === "unknown") vague = true;
      }
      return vague ? derived(decides ? "anytrue" : "alltrue", values, at, BOOL) : booleanOf(!decides, at);
    },
  };
}

/** Lists with a common type give a list, anything else a tuple. An unknown argument means any number of items. */
function concat(values: readonly TerraformValue[], call: Call): TerraformValue {
  if (values.length === 0) throw new Complaint("argument");
  const types = values.map(typeOf);
  const common = types.every((type) => type.is === "list") ? unify(types) : undefined;
  const items: TerraformValue[] = [];
  for (const value of values) {
    if (value.kind === "unknown") {
      items.push(...restOf(value, call));
      continue;
    }
    if (value.kind !== "list" || value.collection === "set") throw new Complaint("type");
    const converted = common === undefined ? value : convert(value, common);
    for (const item of converted.kind === "list" ? converted.items : value.items) items.push(item);
  }
  spendValues(call.budget, items.length);
  const mark = firstOf(values, (value) => value.sensitive);
  const result = common?.is === "list" ? listOfType(items, common.element, call.at) : tuple(items, call.at);
  return marked(inOrderOf(values, result), mark);
}

function contains([list, wanted]: readonly TerraformValue[], { at }: Call): TerraformValue {
  if (list?.kind !== "list" || wanted === undefined) throw new Complaint("type");
  let vague = wanted.kind === "unknown" && list.items.length > 0;
  for (const item of list.items) {
    const same = equal(item, wanted);
    if (same === true) return booleanOf(true, at);
    if (same === undefined) vague = true;
  }
  return vague ? derived("contains", [list, wanted], at, BOOL) : booleanOf(false, at);
}

function distinct(values: readonly TerraformValue[], call: Call): TerraformValue {
  const list = listAt(values, 0);
  const seen = new Set<string>();
  const items = list.items.filter((item) => {
    const key = setKey(item);
    return !seen.has(key) && seen.add(key);
  });
  return inOrderOf([list], listOfType(items, list.element ?? ANY, call.at));
}

function flatten(values: readonly TerraformValue[], call: Call): TerraformValue {
  const items: TerraformValue[] = [];
  const marks: TerraformList[] = [];
  const add = (from: TerraformList) => {
    marks.push(from);
    for (const item of from.items) {
      if (item.kind === "list") add(item);
      else if (item.kind === "unknown" && mayBeList(item)) items.push(...restOf(item, call));
      else items.push(item);
    }
  };
  add(listAt(values, 0));
  spendValues(call.budget, items.length);
  return withMarks(inOrderOf(marks, tuple(items, call.at)), marks);
}

/** Whether a text is surely not empty. */
function isFilled(text: string): boolean {
  return knownOf(text) !== "";
}

function mayBeList({ several, type, like }: TerraformUnknown): boolean {
  return !several && !(type !== undefined && isPrimitive(type)) && like?.kind !== "object";
}

function index([list, wanted]: readonly TerraformValue[], { at }: Call): TerraformValue {
  if (list?.kind !== "list" || list.collection === "set" || wanted === undefined) throw new Complaint("type");
  for (const [position, item] of list.items.entries()) {
    const same = equal(item, wanted);
    if (same === undefined) return derived("index", [list, wanted], at, NUMBER);
    if (same) return numberOf(position, at);
  }
  throw new Complaint("argument");
}

function setproduct(values: readonly TerraformValue[], call: Call): TerraformValue {
  if (values.length < 2) throw new Complaint("argument");
  const lists: TerraformList[] = [];
  const elements: Type[] = [];
  for (const list of values) {
    if (list.kind === "unknown") return derived("setproduct", values, call.at);
    if (list.kind !== "list") throw new Complaint("type");
    const element = list.element ?? (list.items.length === 0 ? ANY : unify(list.items.map(typeOf)));
    if (element === undefined) throw new Complaint("type");
    lists.push(list);
    elements.push(element);
  }
  if (lists.some(isSeveral)) return derived("setproduct", values, call.at);
  const total = lists.reduce((product, list) => product * list.items.length, 1);
  spendValues(call.budget, total * lists.length);
  const columns = lists.map((list, position) => list.items.map((item) => convert(item, elements[position] ?? ANY)));
  const rows: TerraformValue[] = [];
  for (let row = 0; row < total; row++) {
    let remainder = row;
    const items = columns.toReversed().map((column) => {
      const item = column[remainder % column.length];
      remainder = Math.floor(remainder / column.length);
      return item;
    });
    rows.push(
      tuple(
        items.reverse().filter((item) => item !== undefined),
        call.at,
      ),
    );
  }
  const type: Type = { is: "tuple", elements };
  const ordered = lists.every((list) => list.collection !== "set");
  return withMarks(ordered ? listOfType(rows, type, call.at) : toSet(rows, type, call.at), lists);
}

export const listFunctions: Readonly<Record<string, FunctionSpec>> = {
  alltrue: truth(false),
  anytrue: truth(true),
  compact: {
    parameters: [parameter(listOf(STRING), { known: "outside" })],
    returns: listOf(STRING),
    run: (values, { at }) => {
      const list = listAt(values, 0);
      const left = list.items.flatMap((item): TerraformValue[] => {
        if (item.kind === "null" || (item.kind === "text" && item.value === "")) return [];
        if (item.kind === "unknown" && item.several && item.like?.kind === "text" && isFilled(item.like.value))
          return [item];
        const maybeEmpty = item.kind === "unknown" || (item.kind === "text" && !isFilled(item.value));
        // An instance that something is asked about is not the empty string.
        const every = item.kind === "unknown" && item.every;
        return [maybeEmpty ? { ...derived("compact", [item], at), several: true, ...(every && { every }) } : item];
      });
      return inOrderOf([list], listOfType(left, STRING, at));
    },
  },
  concat: {
    parameters: [],
    rest: parameter(ANY, { known: "nothing", marks: "outer" }),
    gathers: true,
    run: concat,
  },
  contains: {
    parameters: [parameter(ANY, { known: "outside" }), parameter(ANY, { known: "nothing" })],
    returns: BOOL,
    run: contains,
  },
  // Texts of different holes count as different, as in a set.
  distinct: { parameters: [parameter(listOf(ANY), { known: "outside" })], run: distinct },
  flatten: { parameters: [outside], run: flatten },
  index: {
    parameters: [parameter(ANY, { known: "outside" }), parameter(ANY)],
    returns: NUMBER,
    run: index,
  },
  setproduct: { parameters: [], rest: parameter(ANY, { known: "nothing", marks: "outer" }), run: setproduct },
};
