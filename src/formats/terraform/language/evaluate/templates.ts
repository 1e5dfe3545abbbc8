import { hole } from "../../../../facts/text.ts";
import type { ForPart, IfPart, TemplateExpression, TemplatePart } from "../../../../syntax/hcl/tree.ts";
import type { Mark, Piece } from "../../../../syntax/value.ts";
import { spend, spendText } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context } from "./context.ts";
import { convert } from "./convert.ts";
import { derived } from "./derive.ts";
import { evaluateIn } from "./evaluate.ts";
import { bind, elementsOf } from "./loops.ts";
import { interpolated, textOfPieces } from "./text.ts";
import { BOOL, STRING } from "./types.ts";
import { causeOf, markOf, type TerraformText, type TerraformUnknown } from "./values.ts";

interface Rendered {
  readonly pieces: Piece[];
  mark: Mark | undefined;
  length: number;
}

export function evaluateTemplate(expression: TemplateExpression, context: Context): TerraformText {
  const rendered: Rendered = { pieces: [], mark: undefined, length: 0 };
  render(expression.parts, context, rendered);
  return textOfPieces(rendered.pieces, expression.at, rendered.mark);
}

function render(parts: readonly TemplatePart[], context: Context, into: Rendered): void {
  for (const part of parts) {
    switch (part.kind) {
      case "text":
        for (const chunk of part.chunks) add(into, chunk, context);
        break;
      case "interpolation": {
        const value = evaluateIn(part.expression, context);
        into.mark ??= markOf(value);
        for (const piece of interpolated(value, part.expression.at)) add(into, piece, context);
        break;
      }
      case "if":
        renderIf(part, context, into);
        break;
      case "for":
        renderFor(part, context, into);
        break;
    }
  }
}

function add(into: Rendered, piece: Piece, context: Context): void {
  into.length += piece.text.length;
  spendText(context.setting.budget, into.length);
  into.pieces.push(piece);
}

function addHole(into: Rendered, unknown: TerraformUnknown, context: Context): void {
  add(into, { text: hole(unknown.name, "wide"), at: unknown.at, value: unknown }, context);
}

function renderIf(part: IfPart, context: Context, into: Rendered): void {
  const given = evaluateIn(part.condition, context);
  if (given.kind === "null") throw new Complaint("null");
  const condition = convert(given, BOOL);
  into.mark ??= condition.sensitive;
  if (condition.kind === "boolean") {
    render(condition.value ? part.yes : part.no, context, into);
    return;
  }
  const yes: Rendered = { pieces: [], mark: undefined, length: 0 };
  const no: Rendered = { pieces: [], mark: undefined, length: 0 };
  render(part.yes, context, yes);
  render(part.no, context, no);
  const either = [textOfPieces(yes.pieces, part.at), textOfPieces(no.pieces, part.at)] as const;
  into.mark ??= yes.mark ?? no.mark;
  if (either[0].value === either[1].value) for (const piece of yes.pieces) add(into, piece, context);
  else addHole(into, derived("if", [condition, ...either], part.at, STRING, causeOf(condition)), context);
}

function renderFor(part: ForPart, context: Context, into: Rendered): void {
  const collection = evaluateIn(part.collection, context);
  into.mark ??= markOf(collection);
  const { pairs, rest } = elementsOf(collection, part.at, part.keyName !== undefined);
  spend(context.setting.budget, pairs.length);
  for (const pair of pairs) render(part.body, bind(context, part, pair), into);
  if (rest !== undefined) addHole(into, derived("for", [rest], part.at, STRING), context);
}
