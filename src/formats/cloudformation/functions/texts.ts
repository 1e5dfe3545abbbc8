/**
 * Functions that make texts: `Fn::Sub`, `Fn::Join`, `Fn::Base64`, `Fn::ToJsonString`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import { isLiteral, literal } from "../../../facts/text.ts";
import { inPlaceOf, remembering, sliceText } from "../../../syntax/text.ts";
import { get, type Piece, type TextValue, type Value } from "../../../syntax/value.ts";
import { doubtOf } from "../condition.ts";
import { isScript } from "../plain.ts";
import { doubt, type Named, unknown } from "../scope.ts";
import { compose, marked, pieceOf, saying, textOf } from "../text.ts";
import { argumentsOf, type Call, type Intrinsic, listOf, malformed, narrow, undecided } from "./call.ts";
import { attributeOf, referenced } from "./reference.ts";

/** `template` or `[template, {name: value}]`. The result is where the template's string stands. */
export const sub: Intrinsic = (argument, call) => {
  const [written, variables] = argumentsOf(argument);
  const template = written?.kind === "object" ? call.scope.evaluate(written) : written;
  if (template?.kind === "unknown") return undecided(argument, call, doubtOf(template, call.scope));
  if (template?.kind !== "text") {
    return malformed(argument, call, "Fn::Sub expects a string, or a list of a string and an object");
  }
  const text = remembering(template);
  const known = new Map<string, Value | undefined>();
  const given = (name: string) => {
    if (!known.has(name)) known.set(name, variableValue(name, text, variables, call));
    return known.get(name);
  };
  const pieces: Piece[] = [];
  for (const part of partsOf(text.value)) {
    const piece = part.variable ? variablePiece(part, text, given(part.text.trim())) : textPiece(part, text, call);
    if (piece === undefined) return undecided(argument, call, doubt(call.scope, "refused", call.name));
    pieces.push(piece);
  }
  return compose(call.scope, pieces, template.at);
};

interface Part {
  readonly start: number;
  readonly end: number;
  /** The name of a variable, or text as it is in the result. */
  readonly text: string;
  readonly variable: boolean;
  /** `${!Literal}`: nothing in it is replaced. */
  readonly escaped: boolean;
}

/** The parts of a template: `${Name}` is a variable, `${!Name}` the text `${Name}`, and `${` without an end is text. */
export function partsOf(template: string): readonly Part[] {
  const parts: Part[] = [];
  const text = (start: number, end: number, escaped = false): void => {
    if (start < end) parts.push({ start, end, text: template.slice(start, end), variable: false, escaped });
  };
  let from = 0;
  for (let open = template.indexOf("${"); open !== -1; open = template.indexOf("${", from)) {
    const close = template.indexOf("}", open);
    if (close === -1) break;
    text(from, open);
    from = close + 1;
    if (template[open + 2] === "!") {
      text(open, open + 2, true);
      text(open + 3, from, true);
    } else
      parts.push({ start: open, end: from, text: template.slice(open + 2, close), variable: true, escaped: false });
  }
  text(from, template.length);
  return parts;
}

function textPiece({ start, end, text, escaped }: Part, template: TextValue, { scope }: Call): Piece | undefined {
  const value = sliceText(template, start, end);
  return pieceOf(escaped || isScript(template.value) ? { ...value, value: literal(text) } : scope.plain(value));
}

/** Every character of a variable's value is where `${` is, and its end where the text goes on. */
function variablePiece(part: Part, template: TextValue, value: Value | undefined): Piece | undefined {
  const text = value === undefined ? "" : textOf(value);
  if (text === undefined) return undefined;
  return { ...inPlaceOf(template, part.start, part.end, text), ...(value ? { value, ...marked(value) } : {}) };
}

/** A variable's value: of the call's own variables, else what `Ref` or `Fn::GetAtt` gives. */
function variableValue(
  name: string,
  template: TextValue,
  variables: Value | undefined,
  { scope }: Call,
): Value | undefined {
  const own = get(variables, name);
  if (own) return scope.evaluate(own);
  if (/^[A-Za-z0-9_.:]+$/.test(name) && !/^(?!AWS::)\w+:/.test(name)) {
    return name.includes(".") ? attributeOf(name, scope, template.at) : referenced(name, scope, template.at);
  }
  const spelled = `\${${name}}`;
  const about: Named = { words: spelled, term: name, origin: { kind: "placeholder" }, spelled };
  return unknown(
    scope,
    name,
    { cause: { kind: "placeholder", name: spelled, unit: scope.unit } },
    template.at,
    {},
    about,
  );
}

/** `[delimiter, list]`. */
export const join: Intrinsic = (argument, call) => {
  const [delimiterValue, listValue, ...more] = argumentsOf(argument);
  const delimiter = delimiterValue && textOf(delimiterValue);
  if (delimiter === undefined || listValue === undefined || more.length > 0) {
    return malformed(argument, call, "Fn::Join expects a delimiter and a list");
  }
  const list = listOf(listValue, call);
  if (list.kind === "no list") {
    const isNarrow = list.value?.kind === "unknown" && "narrowItems" in list.value && !delimiter.includes(":");
    return isNarrow ? narrow(argument, call, list.doubt) : undecided(argument, call, list.doubt);
  }
  const pieces: Piece[] = [];
  let glued = true;
  for (const item of list.items) {
    const piece = pieceOf(item);
    if (piece === undefined) return undecided(argument, call, doubt(call.scope, "refused", call.name));
    // What may not be there takes its delimiter with it, so the delimiter is part of the unknown.
    const removable = item.kind === "unknown" && "removable" in item;
    if (!glued && !removable && delimiter !== "")
      pieces.push({ text: literal(delimiter), at: { ...piece.at, end: piece.at.start } });
    glued = removable && pieces.length === 0;
    pieces.push(piece);
  }
  return compose(call.scope, pieces, call.at);
};

/** The base64 of a string. It knows the string, holes included, which base64 can't have: it is read as user data. */
export const base64: Intrinsic = (argument, call) => {
  const text = call.scope.evaluate(argument);
  if (text === undefined) return undefined;
  const plain = pieceOf(text);
  if (plain === undefined) return malformed(argument, call, "Fn::Base64 expects a string");
  const decoded: TextValue = {
    kind: "text",
    value: plain.text,
    at: text.at,
    ...(plain.offsets ? { offsets: plain.offsets } : {}),
  };
  if (isLiteral(plain.text)) {
    return { kind: "text", value: Buffer.from(plain.text).toString("base64"), at: call.at, decoded };
  }
  return { ...undecided(argument, call, doubtOf(text, call.scope)), decoded };
};

/** A list or an object as JSON (AWS::LanguageExtensions); the text knows the value that it was made of. */
export const toJsonString: Intrinsic = (argument, call) => {
  const value = call.scope.evaluate(argument);
  if (value === undefined) return undefined;
  if (value.kind !== "list" && value.kind !== "object") {
    return value.kind === "unknown"
      ? undecided(argument, call, doubtOf(value, call.scope))
      : malformed(argument, call, "Fn::ToJsonString expects a list or an object");
  }
  const text = compose(call.scope, [{ text: jsonOf(value), at: call.at }], call.at);
  return text.kind === "text" ? { kind: "text", value: text.value, at: call.at, json: () => value } : text;
};

function jsonOf(value: Value): string {
  switch (value.kind) {
    case "list":
      return `[${value.items.map(jsonOf).join(",")}]`;
    case "object":
      return `{${value.entries.map(({ key, value: inner }) => `${JSON.stringify(key)}:${jsonOf(inner)}`).join(",")}}`;
    case "unknown":
      return textOf(value) ?? "";
    default:
      return saying(value);
  }
}
