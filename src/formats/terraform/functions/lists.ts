/** Functions of lists, sets and tuples. */
import { calculate, compareNumbers, integerOf } from "../evaluate/arithmetic.ts";
import { spendValues } from "../evaluate/bounds.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/calls.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import { equal } from "../evaluate/equal.ts";
import { INTEGER_PRECISION } from "../evaluate/number.ts";
import { setKey, toSet } from "../evaluate/sets.ts";
import { ANY, BOOL, isPrimitive, listOf, NUMBER, STRING, setOf, type Type, typeName } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import {
  booleanOf,
  isSeveral,
  isWhollyKnown,
  numberOf,
  type TerraformList,
  type TerraformUnknown,
  type TerraformValue,
  typeOf,
  withMarks,
} from "../evaluate/values.ts";
import {
  integerAt,
  listAt,
  listOfType,
  number,
  numberAt,
  outside,
  parameter,
  setOfType,
  tuple,
  withItems,
} from "./arguments.ts";

/** A tuple, list or set; undefined for other kinds. An unknown argument never gets to a function that asks for `outside`. */
function sequence(value: TerraformValue | undefined): TerraformList | undefined {
  return value?.kind === "list" ? value : undefined;
}

/** Any number of items that are not known, for want of what `why` says. */
export function rest(label: string, from: readonly TerraformValue[], call: Call): TerraformUnknown {
  return { ...derived(label, from, call.at), several: true };
}

/** `alltrue` and `anytrue`: one item that decides is enough. */
function truth(decides: boolean): FunctionSpec {
  return {
    parameters: [parameter("list", listOf(BOOL), { known: "outside" })],
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

/** All lists of types that have one in common: a list; otherwise a tuple. What is unknown stands for any number of items. */
function concat(values: readonly TerraformValue[], call: Call): TerraformValue {
  if (values.length === 0) throw new Complaint("at least one argument is required");
  const types = values.map(typeOf);
  const common = types.every((type) => type.is === "list") ? unify(types, true) : undefined;
  const items: TerraformValue[] = [];
  for (const [index, value] of values.entries()) {
    if (value.kind === "unknown") {
      items.push(rest("items", [value], call));
      continue;
    }
    const list = sequence(value);
    if (list === undefined || list.collection === "set") {
      throw new ArgumentComplaint(index, `all arguments must be lists or tuples; got ${typeName(typeOf(value))}`);
    }
    const converted = common?.conversions[index]?.(list);
    for (const item of converted?.kind === "list" ? converted.items : list.items) items.push(item);
  }
  spendValues(call.budget, items.length);
  const marked = values.some((value) => value.sensitive);
  const result = common?.type.is === "list" ? listOfType(items, common.type.element, call.at) : tuple(items, call.at);
  return marked ? { ...result, sensitive: true } : result;
}

function contains([collection, wanted]: readonly TerraformValue[], { at }: Call): TerraformValue {
  const list = sequence(collection);
  if (list === undefined || wanted === undefined) throw new Complaint("argument must be list, tuple, or set");
  let vague = wanted.kind === "unknown" && list.items.length > 0;
  for (const item of list.items) {
    const same = equal(item, wanted);
    if (same === true) return booleanOf(true, at);
    if (same === undefined) vague = true;
  }
  return vague ? derived("contains", [list, wanted], at, BOOL) : booleanOf(false, at);
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

function distinct(values: readonly TerraformValue[], call: Call): TerraformValue {
  const list = listAt(values, 0);
  const seen = new Set<string>();
  const items = list.items.filter((item) => {
    const key = setKey(item);
    return !seen.has(key) && seen.add(key);
  });
  return listOfType(items, list.element ?? ANY, call.at);
}

function flatten(values: readonly TerraformValue[], call: Call): TerraformValue {
  const [value] = values;
  const list = sequence(value);
  if (list === undefined) throw new Complaint("can only flatten lists, sets and tuples");
  const items: TerraformValue[] = [];
  const marks: TerraformList[] = [];
  const add = (from: TerraformList) => {
    marks.push(from);
    for (const item of from.items) {
      if (item.kind === "list") add(item);
      else if (item.kind === "unknown" && !item.several && !(item.type !== undefined && isPrimitive(item.type)))
        items.push(rest("items", [item], call));
      else items.push(item);
    }
  };
  add(list);
  spendValues(call.budget, items.length);
  return withMarks(tuple(items, call.at), marks);
}

function index([collection, wanted]: readonly TerraformValue[], { at }: Call): TerraformValue {
  const list = sequence(collection);
  if (list === undefined || list.collection === "set" || wanted === undefined)
    throw new Complaint("argument must be a list or tuple");
  if (list.items.length === 0) throw new Complaint("cannot search an empty list");
  for (const [position, item] of list.items.entries()) {
    const same = equal(item, wanted);
    if (same === undefined) return derived("index", [list, wanted], at, NUMBER);
    if (same) return numberOf(position, at, INTEGER_PRECISION);
  }
  throw new Complaint("item not found");
}

function matchkeys(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const [found, keys, wanted] = [listAt(values, 0), listAt(values, 1), listAt(values, 2)];
  const common = unify([typeOf(keys), typeOf(wanted)], true);
  if (common === undefined) throw new Complaint("keys and searchset must be of the same type");
  if (found.items.length !== keys.items.length) throw new Complaint("length of keys and values should be equal");
  const convertedKeys = convert(keys, common.type);
  const convertedWanted = convert(wanted, common.type);
  const search = new Set(convertedWanted.kind === "list" ? convertedWanted.items.map(setKey) : []);
  const all = convertedKeys.kind === "list" ? convertedKeys.items : [];
  const items = found.items.filter((_, position) => {
    const key = all[position];
    return key !== undefined && search.has(setKey(key));
  });
  return listOfType(items, found.element ?? ANY, at);
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
  const step = values.length === 3 ? numberAt(values, 2) : numberOf(falling ? -1 : 1, at, INTEGER_PRECISION);
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

function coalescelist(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  if (values.length === 0) throw new Complaint("at least one argument is required");
  for (const value of values) {
    if (value.kind === "null" && value.type !== undefined) continue;
    if (value.kind === "unknown") break;
    const list = sequence(value);
    if (list === undefined || list.collection === "set")
      throw new Complaint("coalescelist arguments must be lists or tuples");
  }
  for (const value of values) {
    if (value.kind === "unknown") return derived("coalescelist", values, at);
    const list = sequence(value);
    if (list === undefined) continue;
    if (isSeveral(list) && list.items.every((item) => item.kind === "unknown" && item.several))
      return derived("coalescelist", values, at);
    if (list.items.length > 0) return list;
  }
  throw new Complaint("no non-null arguments");
}

/** `setunion` and its kin. Sets of all kinds of items get one item type first; an empty set takes any. */
function setOperation(
  name: string,
  keep: (key: string, first: ReadonlySet<string>, others: readonly ReadonlySet<string>[]) => boolean,
  all: boolean,
): Omit<FunctionSpec, "parameters"> {
  return {
    run: (values, { at }) => {
      const sets = values.map((_, position) => listAt(values, position));
      const types = sets.flatMap((set) =>
        set.items.length === 0 && (set.element ?? ANY).is === "any" ? [] : [set.element ?? ANY],
      );
      const common = types.length === 0 ? ANY : unify(types, true)?.type;
      if (common === undefined) throw new Complaint("given sets must all have compatible element types");
      if (!all && !sets.every(isWhollyKnown)) return derived(name, values, at, setOf(common));
      const converted = sets.map((set) => convert(set, setOf(common))).filter((set) => set.kind === "list");
      const keys = converted.map((set) => new Set(set.items.map(setKey)));
      const [first = new Set<string>(), ...others] = keys;
      const from = all ? converted.flatMap((set) => set.items) : (converted[0]?.items ?? []);
      const items = from.filter((item) => keep(setKey(item), first, others));
      return toSet(items, common, at);
    },
  };
}

function setproduct(values: readonly TerraformValue[], call: Call): TerraformValue {
  if (values.length < 2) throw new Complaint("at least two arguments are required");
  const lists: TerraformList[] = [];
  const elements: Type[] = [];
  for (const [position, value] of values.entries()) {
    const list = sequence(value);
    if (list === undefined) {
      if (value.kind === "unknown") return derived("setproduct", values, call.at);
      throw new ArgumentComplaint(position, "a set or a list is required");
    }
    const element = list.element ?? (list.items.length === 0 ? ANY : unify(list.items.map(typeOf), true)?.type);
    if (element === undefined) throw new ArgumentComplaint(position, "all elements must be of the same type");
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

const anySet = parameter("first_set", setOf(ANY), { known: "outside" });
const moreSets = parameter("other_sets", setOf(ANY), { known: "outside" });

export const listFunctions: Readonly<Record<string, FunctionSpec>> = {
  alltrue: truth(false),
  anytrue: truth(true),
  chunklist: {
    parameters: [parameter("list", listOf(ANY), { known: "outside", marks: "outer" }), number("size")],
    run: chunklist,
  },
  coalescelist: {
    parameters: [],
    rest: parameter("vals", ANY, { nullable: true, known: "nothing" }),
    run: coalescelist,
  },
  compact: {
    parameters: [parameter("list", listOf(STRING), { known: "outside" })],
    returns: listOf(STRING),
    run: (values, { at }) => {
      const { items } = listAt(values, 0);
      const left = items.flatMap((item): TerraformValue[] => {
        if (item.kind === "null" || (item.kind === "text" && item.value === "")) return [];
        const maybeEmpty = item.kind === "unknown" || (item.kind === "text" && /^(?:⟨[^⟨⟩]*⟩)+$/.test(item.value));
        return [maybeEmpty ? { ...derived("compact", [item], at), several: true } : item];
      });
      return listOfType(left, STRING, at);
    },
  },
  concat: { parameters: [], rest: parameter("seqs", ANY, { known: "nothing", marks: "outer" }), run: concat },
  contains: {
    parameters: [parameter("list", ANY, { known: "outside" }), parameter("value", ANY, { known: "nothing" })],
    returns: BOOL,
    run: contains,
  },
  distinct: { parameters: [parameter("list", listOf(ANY))], run: distinct },
  element: { parameters: [outside("list"), number("index")], run: element },
  flatten: { parameters: [outside("list")], run: flatten },
  index: {
    parameters: [parameter("list", ANY, { known: "outside" }), parameter("value", ANY)],
    returns: NUMBER,
    run: index,
  },
  matchkeys: {
    parameters: ["values", "keys", "searchset"].map((name) =>
      parameter(name, listOf(ANY), name === "values" ? { known: "outside" } : {}),
    ),
    run: matchkeys,
  },
  one: { parameters: [outside("list")], run: one },
  range: { parameters: [], rest: number("params"), returns: listOf(NUMBER), run: range },
  reverse: { parameters: [outside("list")], run: reverse },
  slice: { parameters: [outside("list"), number("start_index"), number("end_index")], run: slice },
  setintersection: {
    parameters: [anySet],
    rest: moreSets,
    ...setOperation("setintersection", (key, _first, others) => others.every((set) => set.has(key)), false),
  },
  setsubtract: {
    parameters: [parameter("a", setOf(ANY), { known: "outside" }), parameter("b", setOf(ANY), { known: "outside" })],
    ...setOperation("setsubtract", (key, _first, others) => !others.some((set) => set.has(key)), false),
  },
  setunion: { parameters: [anySet], rest: moreSets, ...setOperation("setunion", () => true, true) },
  setproduct: { parameters: [], rest: parameter("sets", ANY, { known: "nothing", marks: "outer" }), run: setproduct },
};

/** An empty or typed set of that element, for other functions. */
export function emptySet(element: Type, { at }: Call): TerraformList {
  return setOfType([], element, at);
}
