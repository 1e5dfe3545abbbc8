/** Functions of lists, sets and tuples. */
import { spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import { equal } from "../evaluate/equal.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { INTEGER_PRECISION } from "../evaluate/number.ts";
import { setKey } from "../evaluate/sets.ts";
import { ANY, BOOL, isPrimitive, listOf, NUMBER, STRING, typeName } from "../evaluate/types.ts";
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

/** A tuple, list or set; undefined for other kinds. An unknown argument never gets to a function that asks for `outside`. */
export function sequence(value: TerraformValue | undefined): TerraformList | undefined {
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
  const mark = firstOf(values, (value) => value.sensitive);
  const result = common?.type.is === "list" ? listOfType(items, common.type.element, call.at) : tuple(items, call.at);
  return marked(result, mark);
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

export const listFunctions: Readonly<Record<string, FunctionSpec>> = {
  alltrue: truth(false),
  anytrue: truth(true),
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
  concat: {
    parameters: [],
    rest: parameter("seqs", ANY, { known: "nothing", marks: "outer" }),
    gathers: true,
    run: concat,
  },
  contains: {
    parameters: [parameter("list", ANY, { known: "outside" }), parameter("value", ANY, { known: "nothing" })],
    returns: BOOL,
    run: contains,
  },
  // Texts of different holes count as different, as in a set.
  distinct: { parameters: [parameter("list", listOf(ANY), { known: "outside" })], run: distinct },
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
};
