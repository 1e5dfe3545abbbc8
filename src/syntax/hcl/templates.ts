/**
 * Templates: the flat row of their tokens as a tree.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates
 */
import { MAX_NESTING } from "../limits.ts";
import { type Cursor, fail, tooDeep } from "./cursor.ts";
import { isExact } from "./literals.ts";
import type { EndToken, ForToken, IfToken, Token } from "./strings.ts";
import type { Chunk, Expression, TemplatePart } from "./tree.ts";

/** The string of the tokens; a single interpolation and nothing else is the value itself. */
export function templateOf(c: Cursor, tokens: readonly Token[], start: number, end: number): Expression {
  const at = c.place(start, end);
  const [only] = tokens;
  if (tokens.length === 1 && only?.kind === "interpolation") return { kind: "wrap", expression: only.expression, at };
  return { kind: "template", parts: nest(c, tokens), at };
}

type Growing = { readonly kind: "text"; readonly chunks: Chunk[] } | Exclude<TemplatePart, { kind: "text" }>;

interface Open {
  readonly parts: Growing[];
  readonly token?: IfToken | ForToken;
  /** What is before the `else` that `parts` are behind. */
  readonly yes?: readonly TemplatePart[];
}

/** Directives hold what is between them and their end. */
function nest(c: Cursor, tokens: readonly Token[]): readonly TemplatePart[] {
  const outer: Open[] = [];
  let current: Open = { parts: [] };
  for (const token of tokens) {
    switch (token.kind) {
      case "literal":
        addText(current.parts, token.chunks);
        break;
      case "interpolation":
        current.parts.push({
          kind: "interpolation",
          expression: token.expression,
          at: c.place(token.start, token.end),
        });
        break;
      case "if":
      case "for":
        if (outer.length >= MAX_NESTING) tooDeep(c);
        outer.push(current);
        current = { parts: [], token };
        break;
      case "else":
        if (current.token?.kind !== "if" || current.yes) fail(c, "an else has no if", token.start, token.end);
        current = { parts: [], token: current.token, yes: current.parts };
        break;
      default: {
        const parent = outer.pop();
        const part = close(c, current, token);
        if (parent === undefined || part === undefined) {
          fail(c, "a template closes a directive that is not open", token.start, token.end);
        }
        parent.parts.push(part);
        current = parent;
      }
    }
  }
  const { token } = current;
  return token === undefined
    ? current.parts
    : fail(c, `the directive ${token.kind} is not closed`, token.start, token.end);
}

function close(
  c: Cursor,
  { token, parts, yes }: Open,
  end: EndToken,
): Exclude<TemplatePart, { kind: "text" }> | undefined {
  if (token === undefined || end.kind !== `end${token.kind}`) return undefined;
  const at = c.place(token.start, end.end);
  const { expression } = token;
  if (token.kind === "if") {
    return { kind: "if", condition: expression, yes: yes ?? parts, no: yes ? parts : [], at };
  }
  const { keyName, valueName } = token;
  return { kind: "for", keyName, valueName, collection: expression, body: parts, at };
}

/** Adds literal text, joined to adjacent text. Empty text counts: it makes an interpolation a string. */
function addText(parts: Growing[], chunks: readonly Chunk[]): void {
  let last = parts.at(-1);
  if (last?.kind !== "text") {
    last = { kind: "text", chunks: [] };
    parts.push(last);
  }
  for (const part of chunks) {
    const before = last.chunks.at(-1);
    if (before !== undefined && before.at.end === part.at.start && isExact(before) && isExact(part)) {
      const at = { file: before.at.file, start: before.at.start, end: part.at.end };
      last.chunks[last.chunks.length - 1] = { text: before.text + part.text, at };
    } else last.chunks.push(part);
  }
}
