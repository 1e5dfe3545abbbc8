/**
 * Reads Terraform files and templates into trees (`tree.ts`). Bad text never throws: an error inside one block loses
 * that block's part and is a problem with its line; the rest of the file is there.
 */
import type { Problem, SourceFile } from "../../source.ts";
import { unreadableHcl } from "../limits.ts";
import type { TextValue, Value } from "../value.ts";
import { jsonBody } from "./body.ts";
import { readFile } from "./configuration.ts";
import { type Cursor, fail, isSyntaxError, skip } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { chunk, fileOrigin, type Origin, stringOrigin } from "./origin.ts";
import { readBareTemplate } from "./strings.ts";
import type { Body, Expression } from "./tree.ts";

export interface Parsed<T> {
  readonly tree: T;
  readonly problems: readonly Problem[];
}

/** Of a file with many errors, the first ones are reported. */
const MAX_PROBLEMS = 20;

export function parseConfiguration(file: SourceFile): Parsed<Body> {
  return configurationOf(fileOrigin(file));
}

/** The configuration that a string holds. */
export function parseConfigurationText(value: TextValue): Parsed<Body> {
  return configurationOf(stringOrigin(value));
}

function configurationOf(origin: Origin): Parsed<Body> {
  const problems: Problem[] = [];
  return { tree: readFile(cursorOf(origin, problems)), problems };
}

/** Reads one expression that is the whole text of a file, as `terraform console` does. */
export function parseExpression(file: SourceFile): Parsed<Expression> {
  return parseWhole(fileOrigin(file), (c) => {
    c.lines = true;
    const tree = readExpression(c);
    skip(c);
    if (c.at < c.text.length) fail(c, "there is more text after the expression");
    return tree;
  });
}

export function parseTemplateFile(file: SourceFile): Parsed<Expression> {
  return parseWhole(fileOrigin(file), readBareTemplate);
}

/** Reads a string as a template, as `templatestring` and the strings of `.tf.json` files are read. */
export function parseTemplateText(value: TextValue): Parsed<Expression> {
  return parseWhole(stringOrigin(value), readBareTemplate);
}

function parseWhole(origin: Origin, read: (c: Cursor) => Expression): Parsed<Expression> {
  const problems: Problem[] = [];
  const c = cursorOf(origin, problems);
  try {
    return { tree: read(c), problems };
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    c.invalid(c.failure);
    return { tree: { kind: "invalid", why: c.failure.why, at: origin.place(0, origin.text.length) }, problems };
  }
}

function cursorOf({ text, place, chunks }: Origin, problems: Problem[]): Cursor {
  const at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return {
    text,
    at,
    end: at,
    lines: false,
    depth: 0,
    peak: 0,
    failure: { why: "", start: 0, end: 0 },
    place,
    chunks,
    invalid: ({ why, start, end }) => {
      const at = place(start, end);
      if (problems.length < MAX_PROBLEMS) {
        const problem = unreadableHcl(at, why);
        if (!problems.some(({ line }) => line === problem.line)) problems.push(problem);
      }
      return { kind: "invalid", why, at };
    },
  };
}

/**
 * The tree of a `.tf.json` file, of the document that the JSON reader made of it. Every string in it is a template. A
 * list of objects is one body: https://github.com/hashicorp/hcl/blob/main/json/spec.md#bodies
 */
export function parseJsonConfiguration(document: Value): Parsed<Body> {
  const problems: Problem[] = [];
  const root = jsonExpression(document, problems);
  const bodies = root.kind === "tuple" ? root.items.map(jsonBody) : [jsonBody(root)];
  return {
    tree: { attributes: bodies.flatMap(({ attributes }) => attributes), blocks: [], json: true, at: root.at },
    problems,
  };
}

function jsonExpression(value: Value, problems: Problem[]): Expression {
  const { at } = value;
  switch (value.kind) {
    case "null":
      return { kind: "null", at };
    case "boolean":
      return { kind: "boolean", value: value.value, at };
    case "number":
      return { kind: "number", digits: at.file.text.slice(at.start, at.end), at };
    case "text":
      return jsonString(value, problems);
    case "list":
      return { kind: "tuple", items: value.items.map((item) => jsonExpression(item, problems)), at };
    case "object":
      return {
        kind: "object",
        items: value.entries.map((entry) => ({
          key: jsonString({ kind: "text", value: entry.key, at: entry.keyAt }, problems),
          value: jsonExpression(entry.value, problems),
        })),
        at,
      };
    case "unknown":
      return { kind: "invalid", why: "it is a placeholder", at };
  }
}

function jsonString(value: TextValue, problems: Problem[]): Expression {
  const parsed = parseTemplateText(value);
  for (const problem of parsed.problems) if (problems.length < MAX_PROBLEMS) problems.push(problem);
  const { tree } = parsed;
  if (tree.kind === "template" && tree.parts.length === 0) {
    return { kind: "template", parts: [{ kind: "text", chunks: [chunk("", value.at)] }], at: value.at };
  }
  return tree.kind === "template" || tree.kind === "wrap" ? { ...tree, at: value.at } : tree;
}
