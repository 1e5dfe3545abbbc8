/**
 * The tree of a string as `tools/hcl` prints HashiCorp's: an S-expression with ranges of UTF-8 bytes. A quoted text
 * ends with a line end, and of fixed indexes, splats' items and whole templates only as much is compared as HashiCorp's
 * tree keeps.
 */
import type { Place } from "../../../src/source.ts";
import { parseConfiguration, parseExpression, parseTemplateFile } from "../../../src/syntax/hcl/parse.ts";
import type { Body, Expression, TemplatePart } from "../../../src/syntax/hcl/tree.ts";

export type Mode = "config" | "expression" | "template";

/** The dump, or null when the text is refused. */
export function read(mode: Mode, text: string): string | null {
  const file = { path: "main.tf", text };
  const bytes = byteOffsets(text);
  if (mode === "config") {
    const { tree, problems } = parseConfiguration(file);
    return problems.length > 0 ? null : dumpBody(tree, bytes);
  }
  const { tree, problems } = mode === "expression" ? parseExpression(file) : parseTemplateFile(file);
  if (problems.length > 0) return null;
  const dump = dumper(bytes);
  return mode === "expression" ? dump.expression(tree) : dump.template(tree, "");
}

/** The number of UTF-8 bytes before each character. */
function byteOffsets(text: string): (offset: number) => number {
  if (Buffer.byteLength(text) === text.length) return (offset) => offset;
  const offsets = [0];
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    for (let unit = 0; unit < character.length; unit++) offsets.push(bytes);
  }
  return (offset) => offsets[offset] ?? bytes;
}

const quote = (text: string) => ` ${JSON.stringify(text).replace(/[\u2028\u2029]/g, escaped)}\n`;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16)}`;

function dumpBody(body: Body, bytes: (offset: number) => number): string {
  const dump = dumper(bytes);
  const attributes = body.attributes.map(
    ({ name, value, at }) => `(= ${dump.range(at)}${quote(name)}${dump.expression(value)})`,
  );
  const blocks = body.blocks.map((block) => {
    const labels = block.labels.map(({ name, at }) => `(label ${dump.range(at)}${quote(name)})`).join("");
    const head = `({ ${dump.range(block.at)} ${bytes(block.body.at.start)}${quote(block.type)}`;
    return `${head}${labels}${dumpBody(block.body, bytes)})`;
  });
  return [...attributes, ...blocks].join("");
}

function dumper(bytes: (offset: number) => number) {
  const range = ({ start, end }: Place) => `${bytes(start)}-${bytes(end)}`;
  const end = ({ at }: Expression) => bytes(at.end);
  const all = (list: readonly Expression[]) => list.map(expression).join("");

  function expression(tree: Expression): string {
    const at = ` ${range(tree.at)}`;
    switch (tree.kind) {
      case "template":
      case "wrap":
        return template(tree, at);
      case "null":
      case "boolean":
      case "number":
        return `(literal${at}${quote(tree.at.file.text.slice(tree.at.start, tree.at.end))})`;
      case "variable":
        return `(variable${at}${quote(tree.name)})`;
      case "attribute":
        return `${expression(tree.source)}.${tree.name}${end(tree)}`;
      case "index":
        return `${expression(tree.source)}[${key(tree.key)}]${end(tree)}`;
      case "splat":
        return `${expression(tree.source)}[*${expression(tree.each)}]${end(tree)}`;
      case "item":
        return `(item -${end(tree)})`;
      case "call":
        return `(call${at} ${tree.name} ${tree.expand}${all(tree.arguments)})`;
      case "conditional":
        return `(?${at}${all([tree.condition, tree.yes, tree.no])})`;
      case "binary":
        return `(${tree.operator}${at}${all([tree.left, tree.right])})`;
      case "unary":
        return `(${tree.operator}${at}${expression(tree.operand)})`;
      case "tuple":
        return `(tuple${at}${all(tree.items)})`;
      case "object":
        return `(object${at}${tree.items.map((item) => `${expression(item.key)}:${expression(item.value)}`).join("")})`;
      case "for": {
        const parts = [tree.key, tree.result, tree.condition].map((part) => (part ? expression(part) : "-")).join("");
        return `(for${at} ${tree.keyName ?? ""},${tree.valueName} ${tree.group}${expression(tree.collection)}${parts})`;
      }
      case "invalid":
        return `(ambiguous${at})`;
    }
  }

  /** HashiCorp's tree keeps the value of a fixed index and not its place, except in parentheses. */
  function key(tree: Expression): string {
    if (tree.at.file.text[tree.at.start - 1] === "(") return expression(tree);
    if (tree.kind === "number") return `(number ${exponent(Number(tree.digits))})`;
    if (tree.kind === "null") return "(null)";
    if (tree.kind === "boolean") return `(${tree.value})`;
    return tree.kind === "template" && tree.parts.every((part) => part.kind === "text")
      ? template(tree, "")
      : expression(tree);
  }

  function template(tree: Expression, at: string): string {
    if (tree.kind === "wrap") return `(wrap${at}${expression(tree.expression)})`;
    return tree.kind === "template" ? `(template${at}${parts(tree.parts)})` : "";
  }

  function parts(list: readonly TemplatePart[]): string {
    return list.map(part).join("");
  }

  function part(tree: TemplatePart): string {
    switch (tree.kind) {
      case "text": {
        const text = tree.chunks
          .map((chunk) => chunk.text)
          .join("")
          .normalize("NFC");
        return text === "" ? "" : quote(text);
      }
      case "interpolation":
        return expression(tree.expression);
      case "if":
        return `(%if ${range(tree.at)}${expression(tree.condition)}(${parts(tree.yes)})(${parts(tree.no)}))`;
      case "for":
        return `(%for ${range(tree.at)} ${tree.keyName ?? ""},${tree.valueName}${expression(tree.collection)}(${parts(tree.body)}))`;
    }
  }

  return { range, expression, template };
}

/** As Go prints it: at least two digits of the exponent. */
function exponent(number: number): string {
  return number.toExponential(6).replace(/([+-])(\d)$/, "$10$2");
}
