/** What botocore's models of the services say, as far as the stand-in needs it: which keys a request may have. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly locationName?: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

interface Model {
  readonly operations: Readonly<
    Record<string, { readonly http: { readonly requestUri: string }; readonly input?: { readonly shape: string } }>
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export type ServiceModel = (operation: string, input: unknown) => string | undefined;

/** The newest model of a service. */
export function readModel(packages: string, service: string): Model {
  const folder = join(packages, "botocore/data", service);
  const [version = ""] = readdirSync(folder).sort().reverse();
  return JSON.parse(gunzipSync(readFileSync(join(folder, version, "service-2.json.gz"))).toString("utf8")) as Model;
}

/** The operation of a service that speaks REST, by its path. */
export function operationAt(model: Model, path: string): string | undefined {
  return Object.entries(model.operations).find(([, { http }]) => http.requestUri === path.split("?")[0])?.[0];
}

/** What is wrong with the input of an operation; undefined when it fits its model. */
export function misfit(model: Model, operation: string, input: unknown): string | undefined {
  const shape = model.operations[operation]?.input?.shape;
  return shape === undefined ? `there is no operation ${operation}` : wrong(model, shape, input, operation);
}

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isInteger(value),
  long: (value) => Number.isInteger(value),
  float: (value) => typeof value === "number",
  double: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  map: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  structure: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function wrong(model: Model, name: string, value: unknown, at: string): string | undefined {
  const shape = model.shapes[name];
  if (!shape) return `${at}: no shape ${name}`;
  if (KINDS[shape.type]?.(value) === false) return `${at} must be a ${shape.type}`;
  if (Array.isArray(value)) {
    const inner = shape.member?.shape ?? "";
    return first(value.map((item, index) => wrong(model, inner, item, `${at}[${index}]`)));
  }
  if (shape.type === "map") {
    return first(
      Object.entries(value as object).map(([key, item]) =>
        wrong(model, shape.value?.shape ?? "", item, `${at}.${key}`),
      ),
    );
  }
  if (shape.type !== "structure") return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const missing = shape.required?.find((key) => given[key] === undefined);
  if (missing !== undefined) return `${at} needs ${missing}`;
  return first(
    Object.entries(given).map(([key, item]) => {
      const member = shape.members?.[key];
      return member ? wrong(model, member.shape, item, `${at}.${key}`) : `${at} has no ${key}`;
    }),
  );
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}
