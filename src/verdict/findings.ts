/** Turns what the rules answered about a case into findings and unverified entries of the report. */
import type { BuiltCase } from "../facts/cases.ts";
import { type Cause, settles } from "../facts/causes.ts";
import { digest } from "../facts/hash.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";
import type { Spelling } from "../facts/spelling.ts";
import { holeOf, replaceHoles } from "../facts/text.ts";
import type { Where, Writer } from "../facts/writing.ts";
import { groupBy } from "../maps.ts";
import { locate, type Place } from "../source.ts";
import { enumeration } from "../words.ts";
import { placeIn } from "./account.ts";
import type { Finding, Unverified } from "./finding.ts";
import { withCause } from "./questions.ts";
import { type Grantee, type RemedyContext, writeRemedy } from "./remedy.ts";
import type { IsAlone, Owner } from "./shared.ts";

/** What is needed to write the findings of a unit. */
export interface Context {
  readonly writer: (place: Place) => Writer;
  readonly spell: (where: Where) => Spelling;
  readonly help: (rule: string) => string;
  /** The id of what a unit is without its deployment: what stays the same when deployments come and go. */
  readonly writtenUnit?: (unit: string) => string;
  readonly isAlone: IsAlone;
  /** The keys of the references with these ids. */
  readonly keysOf: (references: readonly string[]) => readonly string[];
}

/** The findings and unverified entries of one case, without order. */
export function answersFor(
  { input, places, address }: BuiltCase,
  { findings, unverified }: Judgement,
  { writer, spell, help, keysOf, isAlone, writtenUnit = (unit) => unit }: Context,
): { findings: Omit<Found, "unit">[]; unverified: Unverified[] } {
  const subject = { kind: input.subject.kind, address };
  const place = (at: number) => placeIn(places, at);
  const granteeAt = (at: number, to: To): Grantee | undefined => {
    const policy = to === "policy" ? input.policies[input.subject.id] : undefined;
    const owner = policy ?? ownerAt(input, at);
    if (!owner) return undefined;
    const role = "trust" in owner ? { ...owner, name: owner.name as Owner["name"], at: place(at) } : undefined;
    return {
      address: owner.address,
      statements: statementsOf(owner, to),
      isAlone: (one, code) => (role ?? policy) === undefined || isAlone(role, place(one), code),
    };
  };
  const spelled = (at: number) => spell({ place: place(at), address });
  const context = (at: number): RemedyContext => ({
    place: place(at),
    writer: writer(place(at)),
    value: valueAt(input, at),
    ...spelled(at),
  });
  return {
    findings: findings.map(({ rule, severity, confidence, message, remedy, at, related, names, assumes }) => {
      const { say } = spelled(at);
      const { file, start, end } = place(at);
      const parts = [rule, input.subject.unit, subject.kind, address, ...names.map(inWords)];
      const anywhere = withoutUnit(parts, input.subject.unit, file.path);
      const finding: Finding = {
        rule,
        severity,
        confidence,
        message: say(message),
        remedy: writeRemedy(remedy, at, context, (owner, to) => granteeAt(owner, to)),
        assumes,
        subject,
        location: locate(place(at)),
        related: related
          .slice(0, MOST_RELATED)
          .map((one) => ({ message: say(one.message), location: locate(place(one.at)) })),
        help: help(rule),
        fingerprint: fingerprint([rule, writtenUnit(input.subject.unit), ...parts.slice(2)]),
        fingerprintAnywhere: fingerprint(anywhere),
        status: "new",
      };
      const written = file.text.slice(start, end);
      return { finding, key: JSON.stringify(parts), anywhere: JSON.stringify(anywhere), written };
    }),
    unverified: unverified.map(({ rule, reason, at, cause, references }) => ({
      rule,
      ...withCause(reason, cause, spelled(at).say),
      ...spelledCause({ ...cause, unit: cause.unit && writtenUnit(cause.unit) }, spelled(at).say),
      references: keysOf(references),
      subject,
      location: locate(place(at)),
      unit: input.subject.unit,
    })),
  };
}

/** The parts of a fingerprint that stay when the file or its folder is moved. */
function withoutUnit([rule = "", , ...parts]: readonly string[], unit: string, path: string): readonly string[] {
  const names = [unit, path, path.slice(path.lastIndexOf("/") + 1)].filter((name) => /[./]\w/.test(name));
  return [rule, ...parts.map((part) => names.reduce((rest, name) => rest.replaceAll(name, ""), part))];
}

/** More places say nothing new. */
const MOST_RELATED = 20;

/** A cause in the words of its file, and what would settle it. */
function spelledCause(
  { kind, name, unit }: Cause,
  say: (text: string) => string,
): Pick<Unverified, "cause" | "settles"> {
  const cause = { kind, name: say(name), unit };
  return { cause, settles: settles(cause) };
}

type To = NonNullable<Judgement["findings"][number]["remedy"]["add"]>["to"];

type Carrier = Case["roles"][string] | Case["secrets"][string] | Case["keys"][string] | Case["policies"][string];

/** The role, secret or key at a place. */
function ownerAt({ roles, secrets, keys }: Case, at: number): Carrier | undefined {
  return [...Object.values(roles), ...Object.values(secrets), ...Object.values(keys)].find((one) => one.at === at);
}

/** The statements of the policies in question that surely are there. */
function statementsOf(owner: Carrier, to: To): readonly number[] {
  const statements =
    to === "trust" && "trust" in owner
      ? owner.trust
      : to === "boundary" && "boundary" in owner
        ? owner.boundary?.statements
        : owner.statements;
  return (statements ?? []).filter(({ maybe }) => maybe === null).map((one) => one.at);
}

/** The value of the reference at a place. */
function valueAt({ job_definitions }: Case, at: number): string | undefined {
  for (const { containers } of Object.values(job_definitions)) {
    for (const { secrets, log, registry_credentials } of containers) {
      for (const reference of [...secrets, ...(log?.secret_options ?? []), registry_credentials]) {
        if (reference?.value_from?.at === at) return reference.value_from.value;
      }
    }
  }
  return undefined;
}

/** A name that is the same in every run: the words that people use in place of each hole. */
function inWords(name: string): string {
  return replaceHoles(name, (_, inside) => holeOf(inside).words);
}

/**
 * Sixteen hexadecimal digits that stay the same while lines move: of the rule, the subject and the names that make it
 * this finding.
 */
function fingerprint(parts: readonly string[]): string {
  return digest(parts.some((part) => part.includes("\n")) ? JSON.stringify(parts) : parts.join("\n"));
}

/** A finding and the id of the unit it is of. */
export interface Found {
  readonly unit: string;
  readonly finding: Finding;
  /** What its fingerprints are made of: equal for findings that only lines tell apart. */
  readonly key: string;
  /** The same without the unit and the file. */
  readonly anywhere: string;
  /** What the files say at its place. It may be a secret, and is only compared. */
  readonly written: string;
}

/**
 * One finding for what several subjects have in common: the same message at the same place, as in a module that several
 * root modules or calls share. It is that of the first new one, and names the root modules when there are several.
 */
export function merged(found: readonly Pick<Found, "unit" | "finding">[]): Finding[] {
  const alike = groupBy(found, ({ finding: { rule, severity, confidence, message, location } }) =>
    JSON.stringify([rule, severity, confidence, message, location]),
  );
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others].map(({ finding }) => finding);
    const names = [...new Set(all.flatMap(({ deployments }) => deployments ?? []))];
    const found = all.find(({ status }) => status === "new") ?? first.finding;
    const shown = names.length === 0 ? found : { ...found, deployments: names };
    const units = [...new Set([first, ...others].map(({ unit }) => unit.replace(/(?<=.)\/\*\.tf$/, "")))];
    if (units.length === 1) return [shown];
    return [{ ...shown, message: `${shown.message} This is so in ${enumeration(shortened(units))}.` }];
  });
}

/** More names than these are counted. */
const MOST_NAMED = 4;

function shortened(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_NAMED) return names;
  return [...names.slice(0, MOST_NAMED - 1), `${names.length - MOST_NAMED + 1} more`];
}

/**
 * Makes equal fingerprints different by their order: nothing else distinguishes two findings of one rule about one
 * thing.
 */
export function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const times = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, times + 1);
    return times === 0 ? finding : { ...finding, fingerprint: fingerprint([finding.fingerprint, String(times)]) };
  });
}
