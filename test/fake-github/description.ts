/**
 * GitHub's own description of its API, as the judge of what the action sends and of what the stand-in answers.
 * `openapi.json` is the part of https://github.com/github/rest-api-description (npm @octokit/openapi 23.0.2, MIT) that
 * the action uses. Entries of the list of pull requests have the longer form here, with which it has to do.
 */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const description: Description = JSON.parse(readFileSync(new URL("openapi.json", import.meta.url), "utf8"), correct);

/** One correction: `line` of an outdated review comment is null, though its description says integer. */
function correct(key: string, value: unknown): unknown {
  if (key !== "pull-request-review-comment") return value;
  const comment = value as Schema;
  return { ...comment, properties: { ...comment.properties, line: { type: "integer", nullable: true } } };
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type "null". */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, ...schema } = value as Schema;
  const converted = Object.fromEntries(Object.entries(schema).map(([name, item]) => [name, toJsonSchema(item)]));
  return nullable === true ? { anyOf: [{ type: "null" }, converted] } : converted;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "github", ...(toJsonSchema(description) as object) });
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value by the schema at a JSON pointer of the description; undefined when nothing is. */
function violations(pointer: readonly string[], value: unknown): string | undefined {
  const ref = `github#/${pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
  const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

function has(pointer: readonly string[]): boolean {
  let at: unknown = description;
  for (const part of pointer) at = (at as Readonly<Record<string, unknown>> | undefined)?.[part];
  return at !== undefined;
}

/** What is wrong with the body of a request to an operation (`/repos/{owner}/…`, `post`). */
export function requestViolations(path: string, method: string, body: unknown): string | undefined {
  const pointer = ["paths", path, method, "requestBody", "content", "application/json", "schema"];
  if (!has(pointer)) return body === undefined ? undefined : "this operation takes no body";
  return violations(pointer, body);
}

/** What is wrong with an answer of an operation, its status included. */
export function responseViolations(path: string, method: string, status: number, body: unknown): string | undefined {
  const responses = ["paths", path, method, "responses", String(status)];
  // Limits, missing permissions and failures of the server can come from any operation and have the form of a basic
  // error.
  if (!has(responses) && status >= 400) return violations(["components", "schemas", "basic-error"], body);
  if (!has(responses)) return `status ${status} is not described`;
  let at: unknown = description;
  for (const part of responses) at = (at as Readonly<Record<string, unknown>>)[part];
  if (status === 204) return body === undefined ? undefined : "an answer without content has one";
  const shared = (at as { $ref?: string }).$ref?.slice("#/".length).split("/");
  return violations([...(shared ?? responses), "content", "application/json", "schema"], body);
}

/**
 * A value of a named schema: what is given, and for every other required property the plainest value that the schema
 * allows.
 */
export function complete(
  schema: string,
  given: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { ...(plainest({ $ref: `#/components/schemas/${schema}` }) as object), ...given };
}

function plainest(schema: Schema): unknown {
  if (schema.$ref !== undefined) {
    const named = description.components.schemas[schema.$ref.slice("#/components/schemas/".length)];
    if (named === undefined) throw new Error(`openapi.json has no ${schema.$ref}`);
    return plainest(named);
  }
  if (schema.nullable === true) return null;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === "array") return [];
  if (schema.type === "integer" || schema.type === "number") return 0;
  if (schema.type === "boolean") return false;
  if (schema.type === "string") return plainestText(schema.format);
  const { required = [], properties = {} } = schema;
  return Object.fromEntries(required.map((name) => [name, plainest(properties[name] ?? {})]));
}

function plainestText(format: string | undefined): string {
  if (format === "uri") return "https://github.example.com/";
  return format === "date-time" ? "2026-11-24T12:00:00Z" : "x";
}
