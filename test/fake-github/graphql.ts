/**
 * GraphQL as far as the action asks it, by GitHub's own schema: `graphql.json` is the part of it that the action uses
 * (npm @octokit/graphql-schema 15.26.1, MIT). What the schema doesn't have, a variable that is not used, a connection
 * without `first` or with more than a hundred, and too many nodes are errors, as on GitHub.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
import { readFileSync } from "node:fs";

interface Type {
  readonly kind: string;
  readonly possible?: readonly string[];
  readonly fields: Readonly<Record<string, string | { readonly type: string; readonly args: Readonly<Args> }>>;
}
type Args = Record<string, string>;

const schema: Readonly<Record<string, Type>> = JSON.parse(
  readFileSync(new URL("graphql.json", import.meta.url), "utf8"),
);

const mostNodes = 500_000;
const mostOfConnection = 100;

/** What a field is: a value, or a function of its arguments. Objects have all their fields, `__typename` if abstract. */
export type Resolved = Readonly<Record<string, unknown>>;

export interface GraphError {
  readonly type?: string;
  readonly message: string;
}

export interface GraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphError[];
}

/** Thrown by a function of a field: GitHub answers with null in its place, and says why. */
export class Refused extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** Errors that no schema allows: a test that causes one is wrong, or the action. */
export class Invalid extends Error {}

type Node =
  | { readonly kind: "field"; readonly alias: string; readonly name: string; readonly args: Given; readonly of: Node[] }
  | { readonly kind: "on"; readonly type: string; readonly of: Node[] };
type Given = Readonly<Record<string, unknown>>;

interface Variable {
  readonly name: string;
}
const isVariable = (value: unknown): value is Variable =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "variable");

interface Operation {
  readonly kind: "query" | "mutation";
  readonly variables: Readonly<Args>;
  readonly of: Node[];
}

/** Answers a document. Throws `Invalid` for what GitHub would not run. */
export function answer(
  root: (kind: Operation["kind"]) => Resolved,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): GraphAnswer {
  const operation = parse(document);
  const errors: GraphError[] = [];
  const used = new Set<string>();
  for (const name of Object.keys(variables))
    if (!(name in operation.variables)) throw new Invalid(`no variable ${name}`);
  for (const [name, type] of Object.entries(operation.variables)) {
    if (type.endsWith("!") && (variables[name] ?? null) === null) throw new Invalid(`variable ${name} is missing`);
  }
  const type = operation.kind === "query" ? "Query" : "Mutation";
  check(operation.of, type, operation.variables, used, 1);
  for (const name of Object.keys(operation.variables)) if (!used.has(name)) throw new Invalid(`$${name} is not used`);
  const data = select(operation.of, type, root(operation.kind), variables, errors);
  return errors.length > 0 ? { data, errors } : { data };
}

function typeOf(name: string): Type {
  const type = schema[name];
  if (type === undefined) throw new Invalid(`the schema here has no type ${name}`);
  return type;
}

function fieldOf(type: string, name: string): { readonly type: string; readonly args: Readonly<Args> } {
  const field = typeOf(type).fields[name];
  if (field === undefined) throw new Invalid(`Field '${name}' doesn't exist on type '${type}'`);
  return typeof field === "string" ? { type: field, args: {} } : field;
}

const plain = (type: string) => type.replace(/[[\]!]/g, "");

/** Checks fields and arguments by the schema, and counts the nodes that the worst answer has. */
function check(nodes: readonly Node[], type: string, known: Readonly<Args>, used: Set<string>, times: number): number {
  let count = 0;
  for (const node of nodes) {
    if (node.kind === "on") {
      if (!typeOf(type).possible?.includes(node.type)) throw new Invalid(`a ${type} is no ${node.type}`);
      count += check(node.of, node.type, known, used, times);
      continue;
    }
    if (node.name === "__typename") continue;
    const field = fieldOf(type, node.name);
    const within = checkArguments(node.args, field.args, known, used);
    const inner = plain(field.type);
    const composite = inner in schema;
    if (composite !== node.of.length > 0) throw new Invalid(`field ${node.name} and its selection don't fit`);
    if (inner.endsWith("Connection") && within === undefined) {
      throw new Invalid(`You must provide a \`first\` or \`last\` value to properly paginate \`${node.name}\``);
    }
    const many = times * (within ?? 1);
    count += (within ?? 0) ? many : 0;
    if (composite) count += check(node.of, inner, known, used, many);
    if (count > mostNodes) throw new Invalid(`more than ${mostNodes} nodes are asked for`);
  }
  return count;
}

function inputOf(type: string): Readonly<Args> {
  return typeOf(plain(type)).fields as Readonly<Args>;
}

/** Gives the value of `first`. */
function checkArguments(given: Given, allowed: Readonly<Args>, known: Readonly<Args>, used: Set<string>) {
  for (const [name, value] of Object.entries(given)) {
    const type = allowed[name];
    if (type === undefined) throw new Invalid(`no argument ${name}`);
    if (!isVariable(value)) {
      if (typeof value === "object") checkArguments(value as Given, inputOf(type), known, used);
      continue;
    }
    used.add(value.name);
    const declared = known[value.name];
    if (declared !== type && declared !== `${type}!`) throw new Invalid(`$${value.name} is ${declared}, not ${type}`);
  }
  for (const [name, type] of Object.entries(allowed)) {
    if (type.endsWith("!") && !(name in given)) throw new Invalid(`argument ${name} is missing`);
  }
  const { first } = given;
  if (first === undefined) return undefined;
  if (typeof first !== "number" || first < 1 || first > mostOfConnection) throw new Invalid(`first is ${first}`);
  return first;
}

function select(
  nodes: readonly Node[],
  type: string,
  value: Resolved,
  variables: Given,
  errors: GraphError[],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const actual = typeOf(type).possible === undefined ? type : String(value["__typename"]);
  for (const node of nodes) {
    if (node.kind === "on") {
      if (node.type === actual) Object.assign(result, select(node.of, node.type, value, variables, errors));
      continue;
    }
    if (node.name === "__typename") {
      result[node.alias] = actual;
      continue;
    }
    const field = fieldOf(type, node.name);
    result[node.alias] = resolve(node, field.type, value, variables, errors);
  }
  return result;
}

function resolve(
  node: Extract<Node, { kind: "field" }>,
  type: string,
  of: Resolved,
  variables: Given,
  errors: GraphError[],
): unknown {
  if (!Object.hasOwn(of, node.name)) throw new Invalid(`the stand-in has no value for ${node.name}`);
  const made = of[node.name];
  try {
    const args = Object.fromEntries(Object.entries(node.args).map(([name, one]) => [name, put(one, variables)]));
    const value: unknown = typeof made === "function" ? made(args) : made;
    return shape(value, type, node.of, variables, errors);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    errors.push({ type: error.type, message: error.message });
    return null;
  }
}

function put(value: unknown, variables: Given): unknown {
  if (isVariable(value)) return variables[value.name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, put(one, variables)]));
}

function shape(value: unknown, type: string, of: readonly Node[], variables: Given, errors: GraphError[]): unknown {
  if (value === null || value === undefined) {
    if (type.endsWith("!")) throw new Invalid(`a ${type} is null`);
    return null;
  }
  if (Array.isArray(value)) {
    const item = type.replace(/!$/, "").slice(1, -1);
    return value.map((one) => shape(one, item, of, variables, errors));
  }
  return of.length === 0 ? value : select(of, plain(type), value as Resolved, variables, errors);
}

/** Reads one operation without fragments by name, directives and default values: the action uses none. */
function parse(document: string): Operation {
  const tokens = document.match(/\.\.\.|[A-Za-z_]\w*|-?\d+|"(?:[^"\\]|\\.)*"|[{}()[\]:!$=]|[^\s,]/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const next = () => tokens[at++] ?? "";
  const expect = (token: string) => {
    const found = next();
    if (found !== token) throw new Invalid(`expected ${token}, found ${found} in ${document}`);
  };
  const name = () => {
    const found = next();
    if (!/^[A-Za-z_]\w*$/.test(found)) throw new Invalid(`expected a name, found ${found}`);
    return found;
  };
  const typeName = (): string => {
    let type = "";
    if (peek() === "[") {
      expect("[");
      type = `[${typeName()}]`;
      expect("]");
    } else type = name();
    if (peek() !== "!") return type;
    expect("!");
    return `${type}!`;
  };
  const value = (): unknown => {
    const token = next();
    if (token === "$") return { variable: true, name: name() };
    if (token === "{") {
      const entries: [string, unknown][] = [];
      while (peek() !== "}") entries.push(argument());
      expect("}");
      return Object.fromEntries(entries);
    }
    if (token.startsWith('"')) return JSON.parse(token);
    if (/^-?\d/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    return token;
  };
  const argument = (): [string, unknown] => {
    const key = name();
    expect(":");
    return [key, value()];
  };
  const selection = (): Node[] => {
    const nodes: Node[] = [];
    expect("{");
    while (peek() !== "}") nodes.push(peek() === "..." ? fragment() : field());
    expect("}");
    return nodes;
  };
  const fragment = (): Node => {
    expect("...");
    expect("on");
    return { kind: "on", type: name(), of: selection() };
  };
  const field = (): Node => {
    const first = name();
    let called = first;
    if (peek() === ":") {
      expect(":");
      called = name();
    }
    const args: [string, unknown][] = [];
    if (peek() === "(") {
      expect("(");
      while (peek() !== ")") args.push(argument());
      expect(")");
    }
    const of = peek() === "{" ? selection() : [];
    return { kind: "field", alias: first, name: called, args: Object.fromEntries(args), of };
  };
  const kind = peek() === "{" ? "query" : next();
  if (kind !== "query" && kind !== "mutation") throw new Invalid(`an operation ${kind}`);
  const variables: [string, string][] = [];
  if (peek() === "(") {
    expect("(");
    while (peek() !== ")") {
      expect("$");
      const variable = name();
      expect(":");
      variables.push([variable, typeName()]);
    }
    expect(")");
  }
  const of = selection();
  if (at < tokens.length) throw new Invalid(`something follows the operation: ${peek()}`);
  return { kind, variables: Object.fromEntries(variables), of };
}
