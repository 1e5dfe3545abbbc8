/** Functions of sets. */
import { spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { setKey, toSet } from "../evaluate/sets.ts";
import { ANY, setOf, type Type } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import {
  isSeveral,
  isWhollyKnown,
  type TerraformList,
  type TerraformValue,
  typeOf,
  withMarks,
} from "../evaluate/values.ts";
import { listAt, listOfType, parameter, tuple } from "./arguments.ts";

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
      const common = types.length === 0 ? ANY : unify(types);
      if (common === undefined) throw new Complaint("type");
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

const anySet = parameter(setOf(ANY), { known: "outside" });

export const setFunctions: Readonly<Record<string, FunctionSpec>> = {
  setintersection: {
    parameters: [anySet],
    rest: anySet,
    ...setOperation("setintersection", (key, _first, others) => others.every((set) => set.has(key)), false),
  },
  setsubtract: {
    parameters: [anySet, anySet],
    ...setOperation("setsubtract", (key, _first, others) => !others.some((set) => set.has(key)), false),
  },
  setunion: { parameters: [anySet], rest: anySet, ...setOperation("setunion", () => true, true) },
  setproduct: { parameters: [], rest: parameter(ANY, { known: "nothing", marks: "outer" }), run: setproduct },
};
