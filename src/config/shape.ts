/**
 * The shapes of values in the configuration. A shape reads a value, describes it to editors (JSON schema), and knows
 * which parts of it are paths. Shapes know nothing of the settings.
 */
import { nearest } from "../nearest.ts";
import type { Place } from "../source.ts";
import { entry, type Value } from "../syntax/value.ts";

export type Complain = (at: Place, message: string) => void;

/** A JSON schema, draft 7: what editors understand. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The path of a file that is relative to a folder, relative to the folder above it. */
type Move = (path: string) => string;

/** A place in the configuration, whose file has a path too. */
export function placeBelow({ file, start, end }: Place, move: Move): Place {
  return { file: { ...file, path: move(file.path) }, start, end };
}

export interface Shape<T> {
  readonly schema: () => JsonSchema;
  /** Complains of what is wrong, under the `name` that people know the value by; undefined: nothing of it is usable. */
  readonly read: (value: Value, name: string, complain: Complain) => T | undefined;
  /** The value for the folder above. Left out: it holds no path. */
  below?(value: T, move: Move): T;
}

/** What a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

/** A string that isn't blank. `check` says what is wrong with it, undefined when nothing is. */
export function text(
  check: (text: string) => string | undefined = () => undefined,
  schema?: JsonSchema,
): Shape<string> {
  return {
    schema: () => ({ type: "string", pattern: "\\S", ...schema }),
    read: (value, name, complain) => {
      if (value.kind !== "text" || value.value.trim() === "") return void complain(value.at, `${name} must be a text.`);
      const wrong = check(value.value);
      return wrong === undefined ? value.value : void complain(value.at, `${name} ${wrong}`);
    },
  };
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A day as in 2027-03-31. */
export const day = text(
  (text) => (DAY.test(text) ? undefined : `is "${text}", but it must be a day such as 2027-03-31.`),
  { pattern: DAY.source },
);

/** Names that there are, and how others look that may be. */
export interface Names {
  readonly known: () => readonly string[];
  readonly also?: RegExp;
}

function isName({ known, also }: Names, name: string): boolean {
  return known().includes(name) || also?.test(name) === true;
}

/** One of the names that there are. */
export function nameOf(names: Names): Shape<string> {
  const { known, also } = names;
  return {
    ...text((name) =>
      isName(names, name) ? undefined : `is ${name}, which doesn't exist.${suggestion(name, known())}`,
    ),
    schema: () => (also ? { anyOf: [{ enum: known() }, { type: "string", pattern: also.source }] } : { enum: known() }),
  };
}

/** One of some words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  return {
    schema: () => ({ enum: words }),
    read: (value, name, complain) =>
      words.find((one) => value.kind === "text" && value.value === one) ??
      void complain(value.at, `${name} must be one of ${words.join(", ")}.`),
  };
}

/** A number of days, at least one. */
export const days: Shape<number> = {
  schema: () => ({ type: "integer", minimum: 1 }),
  read: (value, name, complain) =>
    value.kind === "number" && Number.isSafeInteger(value.value) && value.value > 0
      ? value.value
      : void complain(value.at, `${name} must be a number of days, such as 30.`),
};

/** `true` or `false`. */
export const flag: Shape<boolean> = {
  schema: () => ({ type: "boolean" }),
  read: (value, name, complain) =>
    value.kind === "boolean" ? value.value : void complain(value.at, `${name} must be true or false.`),
};

const PATHS = "a path, a glob or a list of them";

/** A path that doesn't lead out of the folder that it is relative to. */
const INSIDE = /^(?!\/)(?!(?:[\s\S]*\/)?\.\.(?:\/|$))/;

/** A path or glob that leads nowhere outside the checked folder. `words` say what the setting holds. */
export function path(
  words = PATHS,
  below: NonNullable<Shape<string>["below"]> = (path, move) => move(path),
): Shape<string> {
  return {
    schema: () => ({ type: "string", minLength: 1, pattern: INSIDE.source }),
    read: (value, name, complain) => {
      if (value.kind !== "text" || value.value === "") return void complain(value.at, `${name} must be ${words}.`);
      if (INSIDE.test(value.value)) return value.value;
      const message = `${name}: "${value.value}" leads out of the checked folder. Write it relative to that folder.`;
      return void complain(value.at, message);
    },
    below,
  };
}

/** A glob that fits names in any folder when it has no `/`. */
export const nameGlob = path(PATHS, (glob, move) => move(glob.includes("/") ? glob : `**/${glob}`));

/** The path or glob of a policy's file, or the ARN of a managed policy. */
export const policyPath = path(PATHS, (path, move) => (path.startsWith("arn:") ? path : move(path)));

/** A list; one item needs none. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: () => ({ anyOf: [item.schema(), { type: "array", items: item.schema() }] }),
    read: (value, name, complain) => {
      const items = value.kind === "list" ? value.items : [value];
      return items.flatMap((one) => {
        const read = item.read(one, name, complain);
        return read === undefined ? [] : [read];
      });
    },
    below: (values, move) => values.map((one) => item.below?.(one, move) ?? one),
  };
}

interface MappingWords {
  /** What the mapping must be: "must map the ids of rules to on or off". */
  readonly must: string;
  /** How the value of a key is called. */
  readonly name: (key: string) => string;
  /** The keys that there are, and what is said of another one; any key when left out. */
  readonly keys?: Names & {
    readonly unknown: (key: string) => string;
    /** What editors say of a key. */
    readonly what: (key: string) => string;
  };
  /** What a key must be; any string when left out. */
  readonly key?: Shape<string>;
}

/** A mapping from names of people's own, or from names of a closed list. */
export function mapping<T>(
  value: Shape<T>,
  { must, name, keys, key: keyShape }: MappingWords,
): Shape<ReadonlyMap<string, T>> {
  return {
    schema: () => ({
      type: "object",
      ...(keys
        ? {
            properties: Object.fromEntries(
              keys.known().map((key) => [key, { description: keys.what(key), ...value.schema() }]),
            ),
            ...(keys.also ? { patternProperties: { [keys.also.source]: value.schema() } } : {}),
            additionalProperties: false,
          }
        : { additionalProperties: value.schema() }),
      ...(keyShape ? { propertyNames: keyShape.schema() } : {}),
    }),
    read: (given, called, complain) => {
      if (given.kind !== "object") return void complain(given.at, `${called} ${must}.`);
      const read = new Map<string, T>();
      for (const { key, keyAt, value: one } of given.entries) {
        const isKnown = keys === undefined || isName(keys, key);
        if (!isKnown) complain(keyAt, `${keys.unknown(key)}${suggestion(key, keys.known())}`);
        const isRight =
          !keyShape || keyShape.read({ kind: "text", value: key, at: keyAt }, called, complain) !== undefined;
        const item = isKnown && isRight ? value.read(one, name(key), complain) : undefined;
        if (item !== undefined) read.set(key, item);
      }
      return read;
    },
    below: (map, move) =>
      new Map([...map].map(([key, one]) => [keyShape?.below?.(key, move) ?? key, value.below?.(one, move) ?? one])),
  };
}

function suggestion(word: string, known: Iterable<string>): string {
  const meant = nearest(word, known);
  return meant ? ` Did you mean ${meant}?` : "";
}

/** What an object has under one key. */
export interface Field<T> {
  readonly shape: Shape<T>;
  /** One sentence for editors. */
  readonly what: string;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type FieldOf<F> = F extends Field<infer T> ? T : never;

/** An object of known fields, those of `required` always there. */
type RecordOf<F extends Fields, Required extends keyof F> = {
  readonly [K in Required]: FieldOf<F[K]>;
} & { readonly [K in Exclude<keyof F, Required>]?: FieldOf<F[K]> | undefined };

/** An object with known fields. `one` is how people call it: "A suppression". */
export function record<F extends Fields, const Required extends keyof F & string>(
  one: string,
  fields: F,
  required: readonly Required[],
): Shape<RecordOf<F, Required>> {
  const names = Object.keys(fields);
  const short = one.replace(/^An? /, (article) => article.toLowerCase());
  const must = required.map((name) => (/^(?!uni)[aeiou]/.test(name) ? `an ${name}` : `a ${name}`)).join(" and ");
  return {
    schema: () => ({
      type: "object",
      properties: Object.fromEntries(
        Object.entries(fields).map(([name, { shape, what }]) => [name, { description: what, ...shape.schema() }]),
      ),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    }),
    read: (value, _name, complain) => {
      const read: Record<string, unknown> = {};
      for (const { key, keyAt, value: item } of value.kind === "object" ? value.entries : []) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (field) read[key] = field.shape.read(item, `${key} of ${short}`, complain);
        else complain(keyAt, `${one} has no ${key}.${suggestion(key, names) || ` It has ${names.join(", ")}.`}`);
      }
      if (value.kind !== "object" || required.some((name) => !entry(value, name)))
        return void complain(value.at, required.length > 0 ? `${one} must have ${must}.` : `${one} must be a mapping.`);
      const isUsable = required.every((name) => read[name] !== undefined);
      return isUsable ? (read as RecordOf<F, Required>) : undefined;
    },
    below: (read, move) => {
      const moved = Object.entries(read).map(([name, value]) => {
        const below = fields[name]?.shape.below;
        return [name, value === undefined || !below ? value : below(value, move)];
      });
      return Object.fromEntries(moved) as RecordOf<F, Required>;
    },
  };
}
