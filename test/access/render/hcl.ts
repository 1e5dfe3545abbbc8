/** A small writer of HCL and of its JSON syntax. Texts are templates already. */

export interface Expression {
  readonly expression: string;
}

/** A list of objects is nested blocks; an object is a map. */
export type Hcl =
  | string
  | Expression
  | readonly string[]
  | readonly Readonly<Record<string, Hcl>>[]
  | Readonly<Record<string, string>>;

export interface Body {
  readonly kind: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly body: Readonly<Record<string, Hcl>>;
}

export const expression = (text: string): Expression => ({ expression: text });

export function block(kind: string, type: string, name: string | undefined, body: Body["body"]): Body {
  return { kind, type, name, body };
}

/** A value as an expression of HCL. `template` makes of a text what is between the quotes. */
export function quoted(value: unknown, template: (text: string) => string): string {
  if (typeof value === "string") return string(template(value));
  if (Array.isArray(value)) return `[${value.map((one) => quoted(one, template)).join(", ")}]`;
  const entries = Object.entries(value as object).map(
    ([key, one]) => `${JSON.stringify(key)} = ${quoted(one, template)}`,
  );
  return `{\n${entries.join("\n")}\n}`;
}

/** A template in quotes. The inside of `${…}` has no quotes here. */
const string = (template: string) => JSON.stringify(template);

export function hclFile(bodies: readonly Body[]): string {
  return bodies
    .map(({ kind, type, name, body }) => {
      const labels = [type, ...(name === undefined ? [] : [name])].map((label) => JSON.stringify(label));
      return `${kind} ${labels.join(" ")} {\n${inside(body)}\n}\n`;
    })
    .join("\n");
}

function inside(body: Body["body"]): string {
  return Object.entries(body)
    .map(([name, value]) => {
      if (isBlocks(value)) return value.map((one) => `${name} {\n${inside(one)}\n}`).join("\n");
      return `${name} = ${plain(value)}`;
    })
    .join("\n");
}

function isBlocks(value: Hcl): value is readonly Readonly<Record<string, Hcl>>[] {
  return Array.isArray(value) && typeof value[0] === "object";
}

function plain(value: Exclude<Hcl, readonly Readonly<Record<string, Hcl>>[]>): string {
  if (isExpression(value)) return value.expression;
  return quoted(value, (text) => text);
}

function isExpression(value: Hcl): value is Expression {
  return typeof value === "object" && "expression" in value;
}

/** https://developer.hashicorp.com/terraform/language/syntax/json */
export function jsonFile(bodies: readonly Body[]): string {
  const file: Record<string, Record<string, unknown>> = {};
  for (const { kind, type, name, body } of bodies) {
    const types = file[kind] ?? {};
    file[kind] = types;
    const value = inJson(body);
    if (name === undefined) types[type] = [...((types[type] as unknown[]) ?? []), value];
    else types[type] = { ...((types[type] as object) ?? {}), [name]: value };
  }
  return JSON.stringify(file, null, 2);
}

function inJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inJson);
  if (typeof value !== "object" || value === null) return value;
  if ("expression" in value && typeof value.expression === "string") {
    return /^[\w.]+$/.test(value.expression) && value.expression === "aws.owner"
      ? value.expression
      : `\${${value.expression}}`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inJson(one)]));
}
