/** Unions and differences of sets, and the first list that has something in it. */
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec, Parameter } from "../evaluate/function-spec.ts";
import { setKey, toSet } from "../evaluate/sets.ts";
import { ANY, setOf } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import type { TerraformList, TerraformValue } from "../evaluate/values.ts";
import { listAt, parameter } from "./arguments.ts";

/** Takes of all items, set by set, those that belong to the result. */
type Choose = (sets: readonly (readonly TerraformValue[])[]) => readonly TerraformValue[];

function ofSets(choose: Choose, known: Pick<Parameter, "known"> = {}): FunctionSpec {
  const set = parameter(setOf(ANY), known);
  return {
    parameters: [set],
    rest: set,
    returns: setOf(ANY),
    run: (values, { at }) => {
      const lists = values.map((_, index) => listAt(values, index));
      const elements = lists.flatMap((list) => (list.items.length > 0 ? (list.element ?? ANY) : []));
      const element = elements.length === 0 ? ANY : unify(elements);
      if (element === undefined) throw new Complaint("type");
      const sets = lists.map(({ items }) => items.map((item) => convert(item, element)));
      return toSet(choose(sets), element, at);
    },
  };
}

const keysOf = (items: readonly TerraformValue[] = []): ReadonlySet<string> => new Set(items.map(setKey));

const intersection: Choose = ([first = [], ...others]) => {
  const keys = others.map(keysOf);
  return first.filter((item) => keys.every((each) => each.has(setKey(item))));
};

const difference: Choose = ([first = [], ...others]) => {
  const keys = others.map(keysOf);
  return first.filter((item) => !keys.some((each) => each.has(setKey(item))));
};

/** Whether a list has an item for sure: one that stands for any number of items may be none. */
function isFilled({ items }: TerraformList): boolean {
  return items.some((item) => item.kind !== "unknown" || !item.several);
}

function coalescelist(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  for (const value of values) {
    if (value.kind === "unknown") return derived("coalescelist", values, at);
    if (value.kind !== "list" || value.collection === "set") throw new Complaint("type");
    if (isFilled(value)) return value;
    if (value.items.length > 0) return derived("coalescelist", values, at);
  }
  throw new Complaint("argument");
}

export const setFunctions: Readonly<Record<string, FunctionSpec>> = {
  coalescelist: {
    parameters: [],
    rest: parameter(ANY, { known: "nothing", marks: "outer" }),
    run: coalescelist,
  },
  setintersection: ofSets(intersection),
  setsubtract: ofSets(difference),
  setunion: ofSets((sets) => sets.flat(), { known: "outside" }),
};
