/**
 * What is left of the calls of a script when it has run: one that gives a role something in place of what an earlier
 * call gave it, or takes that off again, decides what the role has. Where it may not run, both may hold.
 */
import type { Cause } from "../../facts/causes.ts";
import { hole, isLiteral } from "../../facts/text.ts";
import { groupBy } from "../../maps.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import type { Branch } from "../../syntax/shell.ts";
import { type Entry, entry, get, type ObjectValue, unknownOf, type Value } from "../../syntax/value.ts";

/** A call as a request, in the order in which the script makes them. */
export interface Step {
  readonly operation: string;
  readonly request: ObjectValue;
  readonly branches: readonly Branch[];
  /** The part of the file that runs by itself. */
  readonly part: number;
}

/** What a call gives, or takes off: of what, by which keys of its request, and where it says what that is. */
interface Effect {
  readonly on: string;
  readonly by: readonly string[];
  /** The key of what is given; none where something is taken off. */
  readonly gives?: string;
}

const ROLE = ["RoleName"];
const inline = { on: "inline", by: ["RoleName", "PolicyName"] };
const managed = { on: "managed", by: ["RoleName", "PolicyArn"] };
const boundary = { on: "boundary", by: ROLE };
const trust = { on: "trust", by: ROLE };
const ofSecret = { on: "secret", by: ["SecretId"] };

const EFFECTS: Readonly<Record<string, readonly Effect[]>> = {
  "create-role": [
    { ...trust, gives: "AssumeRolePolicyDocument" },
    { ...boundary, gives: "PermissionsBoundary" },
  ],
  "update-assume-role-policy": [{ ...trust, gives: "PolicyDocument" }],
  "put-role-policy": [{ ...inline, gives: "PolicyDocument" }],
  "delete-role-policy": [inline],
  "attach-role-policy": [{ ...managed, gives: "PolicyArn" }],
  "detach-role-policy": [managed],
  "put-role-permissions-boundary": [{ ...boundary, gives: "PermissionsBoundary" }],
  "delete-role-permissions-boundary": [boundary],
  "put-resource-policy": [{ ...ofSecret, gives: "ResourcePolicy" }],
  "delete-resource-policy": [ofSecret],
};

/** What one call does to one thing. */
interface Done {
  readonly step: Step;
  readonly effect: Effect;
}

/** A call is compared with so many later ones of its names, and so many whose names are not known: the last of them. */
const MOST_COMPARED = 200;

/** What is left of the requests when all steps have run; undefined for one of which nothing is. */
export function leftOf(steps: readonly Step[]): ReadonlyMap<Step, ObjectValue | undefined> {
  const done = steps.flatMap((step) => (EFFECTS[step.operation] ?? []).map((effect) => ({ step, effect })));
  const requests = new Map<Step, ObjectValue | undefined>(steps.map((step) => [step, step.request]));
  for (const [, same] of groupBy(done, ({ effect }) => effect.on)) {
    const laterThan = laterIn(same);
    for (const [index, one] of same.entries()) {
      const request = requests.get(one.step);
      if (one.effect.gives === undefined) requests.set(one.step, undefined);
      else if (request) requests.set(one.step, after(request, one, laterThan(one, index)));
    }
  }
  return requests;
}

interface Later {
  readonly calls: readonly Done[];
  /** Whether there are more than are compared. */
  readonly isCut: boolean;
}

/** The later ones of each call that may be about the same thing, in their order. */
function laterIn(same: readonly Done[]): (one: Done, index: number) => Later {
  const numbered = same.map((call, at) => ({ call, at }));
  const byNames = groupBy(numbered, ({ call }) => namesOf(call));
  return (one, index) => {
    const names = namesOf(one);
    const lists = names === undefined ? [numbered] : [byNames.get(names) ?? [], byNames.get(undefined) ?? []];
    const last = lists.flatMap((list) => list.slice(-MOST_COMPARED)).filter(({ at }) => at > index);
    return {
      calls: last.sort((a, b) => a.at - b.at).map(({ call }) => call),
      isCut: lists.some((list) => list.length > MOST_COMPARED),
    };
  };
}

/** What a call is about, where all of its names are known. */
function namesOf({ step, effect }: Done): string | undefined {
  const names = effect.by.map((key) => get(step.request, key));
  const known = names.flatMap((name) => (name?.kind === "text" && isKnown(name.value) ? name.value : []));
  return known.length === names.length ? known.join("\n") : undefined;
}

/** A request when later calls have run; undefined where nothing of it is left. */
function after(request: ObjectValue, one: Done, { calls: later, isCut }: Later): ObjectValue | undefined {
  const how = later.map((other) => overruling(one, other));
  const last = later[how.lastIndexOf("surely")];
  if (last) return replaced(request, one, last);
  const doubt = later[how.indexOf("maybe")] ?? (isCut ? later.at(-1) : undefined);
  return doubt ? doubted(request, one, doubt) : request;
}

/** Whether a later call decides in place of an earlier one. */
function overruling({ step, effect }: Done, other: Done): "surely" | "maybe" | "no" {
  if (step.part !== other.step.part) return "no";
  if (effect.gives !== undefined && get(step.request, effect.gives) === undefined) return "no";
  if (other.effect.gives !== undefined && get(other.step.request, other.effect.gives) === undefined) return "no";
  const same = effect.by.map((key) => sameness(get(step.request, key), get(other.step.request, key)));
  const runs = runsAfter(step.branches, other.step.branches);
  if (same.includes("no") || runs === "no") return "no";
  return same.includes("maybe") ? "maybe" : runs;
}

function sameness(one: Value | undefined, other: Value | undefined): "surely" | "maybe" | "no" {
  if (one?.kind !== "text" || other?.kind !== "text") return "maybe";
  if (one.value === other.value) return "surely";
  return isKnown(one.value) && isKnown(other.value) ? "no" : "maybe";
}

function isKnown(text: string): boolean {
  return isLiteral(text) && !text.includes("$");
}

/** Whether a later command runs when an earlier one did. */
function runsAfter(earlier: readonly Branch[], later: readonly Branch[]): "surely" | "maybe" | "no" {
  const apart = later.findIndex(({ of, part }, depth) => {
    const other = earlier[depth];
    return other?.of !== of || other.part !== part;
  });
  if (apart === -1) return "surely";
  const [one, other] = [earlier[apart], later[apart]];
  return one?.of === other?.of && one?.isAlone ? "no" : "maybe";
}

/** What is left of a request when a later call decides: a role is there all the same. */
function replaced(request: ObjectValue, { step, effect }: Done, last: Done): ObjectValue | undefined {
  if (step.operation !== "create-role") return undefined;
  const value = last.effect.gives === undefined ? undefined : get(last.step.request, last.effect.gives);
  const entries = request.entries.flatMap((one) => (one.key === effect.gives ? (value ? { ...one, value } : []) : one));
  return { ...request, entries };
}

/** A request whose effect may be gone again. */
function doubted(request: ObjectValue, { effect, step }: Done, { step: later }: Done): ObjectValue {
  const { gives = "" } = effect;
  const given = entry(request, gives);
  if (!given) return request;
  const { path } = step.request.at.file;
  const name = `what \`${step.operation}\` gives before \`${later.operation}\``;
  const kind = effect.on === "inline" || effect.on === "managed" ? "attachment" : "carried";
  const cause: Cause = { kind, name, unit: path };
  const term = `${step.operation}.${step.request.at.start}@${path}`;
  const token = (id: string) => hole(`${term}.${id}`, "wide", { words: name, unit: path, cause });
  const isDocument = gives.endsWith("Document") || gives === "ResourcePolicy";
  const value: Value = isDocument
    ? perhaps(given.value, token)
    : { kind: "text", value: token(gives), at: given.value.at };
  return { ...request, entries: request.entries.map((one) => (one === given ? { ...one, value } : one)) };
}

/** A policy document whose statements may not be there. */
function perhaps(document: Value, token: (id: string) => string): Value {
  const read = document.kind === "text" ? parseEmbeddedJson(document) : document;
  const list = get(read, "Statement");
  if (read?.kind !== "object" || list === undefined) return document;
  const items = (list.kind === "list" ? list.items : [list]).map(
    (item, index): Value => ({ ...unknownOf(token(String(index)), item.at), like: item }),
  );
  const at = list.at;
  // A document that names no version has this one, and it says that what is unknown here are statements.
  const version: Entry = { key: "Version", keyAt: at, value: { kind: "text", value: "2008-10-17", at } };
  return {
    ...read,
    entries: [
      ...(entry(read, "Version") ? [] : [version]),
      ...read.entries.map((one) =>
        one.key === "Statement" ? { ...one, value: { kind: "list" as const, items, at } } : one,
      ),
    ],
  };
}
