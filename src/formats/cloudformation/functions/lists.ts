/**
 * Functions over lists: `Fn::Select`, `Fn::Split`, `Fn::Length`, `Fn::Cidr`, `Fn::GetAZs`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import { canSplit } from "../../../facts/text.ts";
import type { Value } from "../../../syntax/value.ts";
import { doubtOf, holesIn } from "../condition.ts";
import { doubt, exhausted } from "../scope.ts";
import { hasNoColon, textOf } from "../text.ts";
import { argumentsOf, type Intrinsic, listOf, malformed, narrow, undecided } from "./call.ts";

/** `[index, list]`; the index may be written as a string. */
export const select: Intrinsic = (argument, call) => {
  const [indexValue, listValue] = argumentsOf(argument);
  const position = indexValue && call.scope.evaluate(indexValue);
  if (position === undefined || listValue === undefined)
    return malformed(argument, call, "Fn::Select expects an index and a list");
  const list = listOf(listValue, call);
  if (list.kind === "no list") {
    const source = list.value;
    const isNarrow = source?.kind === "unknown" && "narrowItems" in source;
    return isNarrow ? narrow(argument, call, list.doubt) : undecided(argument, call, list.doubt);
  }
  const index = textOf(position) ?? "";
  // The result is one of the items; what chooses among them is its cause.
  const among = (by: Value) => ({ ...doubtOf(by, call.scope), of: [...holesIn(by), ...holesIn(list)] });
  if (!/^\d+$/.test(index)) return undecided(argument, call, among(position));
  const before = list.items.slice(0, Number(index) + 1);
  const shifting = before.find((item) => item.kind === "unknown" && "removable" in item);
  if (shifting) return undecided(argument, call, among(shifting));
  return (
    before[Number(index)] ??
    malformed(argument, call, `Fn::Select asks for item ${index} of a list of ${list.items.length}`)
  );
};

/** `[delimiter, text]`. A string with holes is split where that is sure. */
export const split: Intrinsic = (argument, call) => {
  const [delimiterValue, source] = argumentsOf(argument);
  const delimiter = delimiterValue && textOf(delimiterValue);
  if (!delimiter || source === undefined)
    return malformed(argument, call, "Fn::Split expects a delimiter and a string");
  const value = call.scope.evaluate(source);
  const text = value && textOf(value);
  if (value === undefined || text === undefined)
    return malformed(argument, call, "Fn::Split expects a delimiter and a string");
  const items = text.split(delimiter);
  const why =
    exhausted(call.scope, call.at, items.length) ??
    (canSplit(text, delimiter) ? undefined : doubtOf(value, call.scope));
  if (why !== undefined) {
    const narrowItems = delimiter === ":" || hasNoColon(text);
    return undecided(argument, call, why, narrowItems ? { narrowItems: true } : {});
  }
  return { kind: "list", items: items.map((item): Value => ({ kind: "text", value: item, at: call.at })), at: call.at };
};

/** How many items a list has (AWS::LanguageExtensions). */
export const length: Intrinsic = (argument, call) => {
  const list = listOf(argument, call);
  if (list.kind === "no list") return narrow(argument, call, list.doubt, true);
  const spareable = list.items.find((item) => item.kind === "unknown" && "removable" in item);
  if (spareable) return narrow(argument, call, doubtOf(spareable, call.scope), true);
  return { kind: "number", value: list.items.length, at: call.at };
};

/** The names of the zones of a region, which the files never tell. */
export const getAZs: Intrinsic = (argument, call) =>
  undecided(argument, call, doubt(call.scope, "apply", call.name), { narrowItems: true });

/** Address blocks: computed from a block that is rarely known, and nothing that is checked here depends on them. */
export const cidr: Intrinsic = (argument, call) => undecided(argument, call, doubt(call.scope, "function", call.name));
