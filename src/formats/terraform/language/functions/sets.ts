/** Unions, intersections and differences of sets, and the first list that has something in it. */
import { type Budget, spend } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import { equal } from "../evaluate/equal.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { setKey, toSet } from "../evaluate/sets.ts";
import { ANY, setOf } from "../evaluate/types.ts";
import { unify } from "../evaluate/unify.ts";
import { isWhollyKnown, severalLike, type TerraformList, type TerraformValue } from "../evaluate/values.ts";
import { listAt, parameter } from "./arguments.ts";

/** Whether an item belongs to the result, by whether each of the other sets has it; undefined where that is unknown. */
type Keeps = (among: readonly (boolean | undefined)[]) => boolean | undefined;

const inAll: Keeps = (among) => (among.includes(false) ? false : among.includes(undefined) ? undefined : true);
const inNone: Keeps = (among) => inAll(among.map((is) => (is === undefined ? is : !is)));

/** The items of the first set that belong to the result; without `keeps` those of all. */
function ofSets(name: string, keeps?: Keeps): FunctionSpec {
  const set = parameter(setOf(ANY), { known: "outside" });
  return {
    parameters: [set],
    rest: set,
    returns: setOf(ANY),
    run: (values, { at, budget }) => {
      const lists = values.map((_, index) => listAt(values, index));
      const elements = lists.flatMap((list) => (list.items.length > 0 ? (list.element ?? ANY) : []));
      const element = elements.length === 0 ? ANY : unify(elements);
      if (element === undefined) throw new Complaint("type");
      const sets = lists.map(({ items }) => items.map((item) => convert(item, element)));
      if (keeps === undefined) return toSet(sets.flat(), element, at);
      const [first = [], ...others] = sets;
      const have = others.map((items) => membership(items, budget));
      const items = first.flatMap((item): readonly TerraformValue[] => {
        const is = keeps(have.map((has) => has(item)));
        return is === undefined ? [severalLike(derived(name, [...values, item], at), item)] : is ? [item] : [];
      });
      return toSet(items, element, at);
    },
  };
}

/** What tells whether a set has an item. */
function membership(items: readonly TerraformValue[], budget: Budget): (item: TerraformValue) => boolean | undefined {
  const keys = new Set(items.map(setKey));
  const open = items.filter((item) => !isWhollyKnown(item));
  return (item) => {
    if (keys.has(setKey(item))) return true;
    const others = isWhollyKnown(item) ? open : items;
    spend(budget, others.length);
    return others.every((other) => equal(item, other) === false) ? false : undefined;
  };
}

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
  setintersection: ofSets("setintersection", inAll),
  setsubtract: ofSets("setsubtract", inNone),
  setunion: ofSets("setunion"),
};
