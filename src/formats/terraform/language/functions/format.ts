/** `format` and `formatlist`. https://developer.hashicorp.com/terraform/language/functions/format */
import { spend, spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { goQuote } from "../evaluate/quote.ts";
import { piecesOf, slicePieces, textOfPieces } from "../evaluate/text.ts";
import { ANY, listOf, STRING } from "../evaluate/types.ts";
import { isSeveral, isWhollyKnown, type Piece, type TerraformText, type TerraformValue } from "../evaluate/values.ts";
import { listOfType, parameter, text, textAt } from "./arguments.ts";
import { formatted, type Verb } from "./format-verbs.ts";

/** More digits than any number has, and than anybody pads to. */
const MAX_WIDTH = 10_000;

/** The text that a format makes of its arguments, each where it comes from. @throws Complaint */
function format(template: TerraformText, values: readonly TerraformValue[], call: Call): TerraformText {
  const source = template.value;
  const own = piecesOf(template);
  const pieces: Piece[] = [];
  let length = 0;
  let next = 1;
  let highest = 0;
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
    if (value === undefined) throw new Complaint(missing(verb, values.length));
    add(formatted(verb, value, call.argumentPlaces[verb.argument] ?? value.at));
    next = verb.argument + 1;
    position = percent + verb.raw.length;
  }
  if (highest < values.length) {
    const why = highest === 0 ? "no verbs in format string" : `only ${highest} used by format string`;
    throw new ArgumentComplaint(highest + 1, `too many arguments; ${why}`);
  }
  return textOfPieces(pieces, call.at);
}

function missing(verb: Verb, count: number): string {
  return `not enough arguments for ${goQuote(verb.raw)} at ${verb.offset}: need index ${verb.argument} but have ${count} total`;
}

const VERB = /%([0#\-+ ]*)([1-9]\d*)?(?:\.(\d*))?(?:\[([1-9]\d*)\])?([A-Za-z])/y;

/** The verb that begins at an offset. @throws Complaint with the first character that fits nowhere */
function readVerb(source: string, offset: number, next: number): Verb {
  VERB.lastIndex = offset;
  const match = VERB.exec(source);
  if (match === null) {
    const prefix = /%[0#\-+ ]*(?:[1-9]\d*)?(?:\.\d*)?(?:\[(?:[1-9]\d*\]?)?)?/y;
    prefix.lastIndex = offset;
    const at = offset + (prefix.exec(source)?.[0].length ?? 1);
    if (at >= source.length) throw new Complaint(`invalid format string starting at offset ${byteLength(source)}`);
    const wrong = String.fromCodePoint(source.codePointAt(at) ?? 0);
    throw new Complaint(`unrecognized format character '${wrong}' at offset ${byteLength(source.slice(0, at))}`);
  }
  const [raw, flags = "", width, precision, argument, mode = ""] = match;
  if (Number(width ?? 0) > MAX_WIDTH || Number(precision ?? 0) > MAX_WIDTH)
    throw new Complaint(`the width of ${goQuote(raw)} is too large`);
  return {
    raw,
    offset: byteLength(source.slice(0, offset)),
    flags,
    width: width === undefined ? undefined : Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    argument: argument === undefined ? next : Number(argument),
    mode,
  };
}

function byteLength(value: string): number {
  return Buffer.byteLength(value);
}

/** Whether an argument can be put into a text although it is not known: `%s` and `%v` make a hole of it. */
function canBeHole(template: string, values: readonly TerraformValue[]): boolean {
  const modes = new Set([...template.matchAll(/%(?:%|[^A-Za-z%]*([A-Za-z]))/g)].map((match) => match[1] ?? "%"));
  const simple = [...template.matchAll(/%([^A-Za-z%]+)[A-Za-z]/g)].every(([, options = ""]) =>
    /^\[\d+\]$/.test(options),
  );
  const fits = values.every((value) => isWhollyKnown(value) || value.kind === "text" || value.kind === "unknown");
  const types = values.every(
    (value) =>
      value.kind !== "unknown" ||
      value.type === undefined ||
      !["list", "set", "map", "tuple", "object"].includes(value.type.is),
  );
  return (
    simple && fits && types && [...modes].every((mode) => mode === "s" || mode === "v" || mode === "%" || mode === "d")
  );
}

function formatOne(template: TerraformText, values: readonly TerraformValue[], call: Call): TerraformValue {
  if (values.every(isWhollyKnown)) return format(template, values, call);
  if (!canBeHole(template.value, values)) return derived("format", [template, ...values], call.at, STRING);
  const dashed = template.value.replace(/%(\[\d+\])?d/g, "%$1s");
  const holed =
    dashed === template.value ? template : { ...template, value: dashed, pieces: [{ text: dashed, at: template.at }] };
  return format(holed, values, call);
}

/** One text for each item of the lists, which must be of one length; other arguments are the same every time. */
function formatList(values: readonly TerraformValue[], call: Call): TerraformValue {
  const template = textAt(values, 0);
  const rest = values.slice(1);
  if (rest.length === 0) return listOfType([formatOne(template, [], call)], STRING, call.at);
  let count: number | undefined;
  let chooser = 0;
  for (const [index, value] of rest.entries()) {
    if (value.kind !== "list") continue;
    if (isSeveral(value)) return derived("formatlist", values, call.at, listOf(STRING));
    if (count !== undefined && value.items.length !== count) {
      const inconsistent = `which is inconsistent with argument ${chooser + 1} of length ${count}`;
      throw new ArgumentComplaint(index + 1, `argument ${index + 1} has length ${value.items.length}, ${inconsistent}`);
    }
    if (count === undefined) chooser = index;
    count ??= value.items.length;
  }
  const untyped = (value: TerraformValue) =>
    (value.kind === "unknown" || value.kind === "null") && (value.type === undefined || value.type.is === "any");
  if (rest.some(untyped)) {
    return derived("formatlist", values, call.at, listOf(STRING));
  }
  const items: TerraformValue[] = [];
  for (let index = 0; index < (count ?? 1); index++) {
    spend(call.budget, rest.length);
    const row = rest.map((value) => (value.kind === "list" ? (value.items[index] ?? value) : value));
    try {
      items.push(formatOne(template, row, call));
    } catch (error) {
      if (error instanceof Complaint) throw new Complaint(`error on format iteration ${index}: ${error.message}`);
      throw error;
    }
  }
  return listOfType(items, STRING, call.at);
}

const anything = parameter("args", ANY, { nullable: true, known: "nothing" });

export const formatFunctions: Readonly<Record<string, FunctionSpec>> = {
  format: {
    parameters: [text("format")],
    rest: anything,
    returns: STRING,
    run: (values, call) => {
      // Terraform leaves a null without a type for later, and so never formats it.
      const untyped = values.some((value) => value.kind === "null" && value.type === undefined);
      return untyped
        ? derived("format", values, call.at, STRING, "it formats a null without a type")
        : formatOne(textAt(values, 0), values.slice(1), call);
    },
  },
  formatlist: { parameters: [text("format")], rest: anything, returns: listOf(STRING), run: formatList },
};
