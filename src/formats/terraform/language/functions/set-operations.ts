import { spendValues } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { toSet } from "../evaluate/sets.ts";
import { ANY, setOf, type Type } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import { isSeveral, type TerraformList, type TerraformValue, typeOf, withMarks } from "../evaluate/values.ts";
import { listAt, listOfType, parameter, tuple } from "./arguments.ts";

/** Sets of all kinds of items get one item type first; an empty set takes any. */
function setunion(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const sets = values.map((_, position) => listAt(values, position));
  const types = sets.flatMap((set) =>
    set.items.length === 0 && (set.element ?? ANY).is === "any" ? [] : [set.element ?? ANY],
  );
  const common = types.length === 0 ? ANY : unify(types);
  if (common === undefined) throw new Complaint("type");
  const converted = sets.map((set) => convert(set, setOf(common))).filter((set) => set.kind === "list");
  return toSet(
    converted.flatMap((set) => set.items),
    common,
    at,
  );
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
  setunion: { parameters: [anySet], rest: anySet, run: setunion },
  setproduct: { parameters: [], rest: parameter(ANY, { known: "nothing", marks: "outer" }), run: setproduct },
};
