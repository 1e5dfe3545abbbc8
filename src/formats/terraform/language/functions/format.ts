/** `format` and `formatlist`. https://developer.hashicorp.com/terraform/language/functions/format */

import { piecesOf, slicePieces } from "../../../../syntax/text.ts";
import type { Piece } from "../../../../syntax/value.ts";
import { spend, spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { areInOneOrder, inOrderOf } from "../evaluate/sets.ts";
import { textOfPieces } from "../evaluate/text.ts";
import { listOf, STRING } from "../evaluate/types.ts";
import { isSeveral, type TerraformText, type TerraformValue } from "../evaluate/values.ts";
import { anything, listOfType, text, textAt } from "./arguments.ts";
import { formatted, readVerb } from "./format-verbs.ts";

function format(template: TerraformText, values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = template.value;
  const own = piecesOf(template);
  const pieces: Piece[] = [];
  let length = 0;
  let next = 1;
  let highest = 0;
  let vague = false;
  const add = (added: readonly Piece[]) => {
    for (const piece of added) {
      length += piece.text.length;
      spendText(call.budget, length);
      pieces.push(piece);
    }
  };
  for (let position = 0; position < source.length; ) {
    const percent = source.indexOf("%", position);
    const end = percent < 0 ? source.length : percent;
    add(slicePieces(own, position, end));
    position = end;
    if (percent < 0) break;
    if (source.charAt(percent + 1) === "%") {
      add(slicePieces(own, percent, percent + 1));
      position = percent + 2;
      continue;
    }
    const verb = readVerb(source, percent, next);
    highest = Math.max(highest, verb.argument);
    const value = values[verb.argument - 1];
    if (value === undefined) throw new Complaint("argument");
    const made = formatted(verb, value, call.argumentPlaces[verb.argument] ?? value.at);
    if (made === undefined) vague = true;
    else add(made);
    next = verb.argument + 1;
    position = percent + verb.length;
  }
  if (highest < values.length) throw new Complaint("argument");
  return vague ? derived("format", [template, ...values], call.at, STRING) : textOfPieces(pieces, call.at);
}

/** One text for each item of the lists, which must be of one length; other arguments are the same every time. */
function formatList(values: readonly TerraformValue[], call: Call): TerraformValue {
  const template = textAt(values, 0);
  const rest = values.slice(1);
  const lists = rest.filter((value) => value.kind === "list");
  const untyped = (value: TerraformValue) =>
    (value.kind === "unknown" || value.kind === "null") && (value.type === undefined || value.type.is === "any");
  const count = lists[0]?.items.length ?? 1;
  const vague = lists.some(isSeveral);
  if (!vague && lists.some(({ items }) => items.length !== count)) throw new Complaint("argument");
  if ((vague && lists.length > 1) || !areInOneOrder(lists) || rest.some(untyped))
    return derived("formatlist", values, call.at, listOf(STRING));
  const items: TerraformValue[] = [];
  for (let index = 0; index < count; index++) {
    spend(call.budget, rest.length);
    const formatted = (of: (item: TerraformValue) => TerraformValue) => {
      const row = rest.map((value) => (value.kind === "list" ? of(value.items[index] ?? value) : value));
      return format(template, row, call);
    };
    const item = lists[0]?.items[index];
    if (item?.kind === "unknown" && item.several) {
      const { every } = item;
      const any = derived("formatlist", [template, ...rest], call.at, STRING);
      items.push({ ...any, several: true, ...(every && { every: formatted(() => every) }) });
    } else items.push(formatted((one) => one));
  }
  return inOrderOf(lists, listOfType(items, STRING, call.at));
}

export const formatFunctions: Readonly<Record<string, FunctionSpec>> = {
  format: {
    parameters: [text],
    rest: anything,
    returns: STRING,
    run: (values, call) => {
      // Terraform leaves a null without a type for later, and so never formats it.
      const untyped = values.some((value) => value.kind === "null" && value.type === undefined);
      return untyped ? derived("format", values, call.at, STRING) : format(textAt(values, 0), values.slice(1), call);
    },
  },
  formatlist: { parameters: [text], rest: anything, returns: listOf(STRING), run: formatList },
};
