import { answerOf } from "../evidence/answers.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Addition, Edit, Writer } from "../facts/writing.ts";
import { locate, type Place } from "../source.ts";
import { enumeration } from "../words.ts";
import { GAP } from "./apply.ts";
import type { Remedy } from "./finding.ts";
import { behind, entry, isStatement } from "./insert.ts";
import { withoutItem } from "./remove.ts";
import { isRepeated } from "./repeated.ts";
import { twin } from "./twin.ts";

/** What a rule says to write: values are plain text with holes, places are numbers of the case. */
export type RuleRemedy = Judgement["findings"][number]["remedy"];

/** How to write at a place. */
export interface RemedyContext {
  readonly place: Place;
  readonly writer: Writer;
  /** The value that is there, with holes. */
  readonly value: string | undefined;
  /** Writes holes as the unit does, for people: `⟨AWS.Region⟩` → `${AWS::Region}`. */
  readonly say: (text: string) => string;
  /** The same for code that can be there, with `<…>` for what is not known. */
  readonly write: (text: string) => string;
}

/** What a rule has to add to a policy. */
type RuleAddition = NonNullable<RuleRemedy["add"]>;

/** What gets a statement: its address, and the places of the policies' statements, in their order. */
export interface Grantee {
  readonly address: string;
  readonly statements: readonly number[];
  /** Whether code at a place, beside a statement or for a role, is for nobody else. */
  readonly isAlone: (at: number, code: string) => boolean;
}

/**
 * The remedy of a finding at the place `at`, written for the files that it changes. Evidence is no such file: what is in
 * the account is changed there.
 */
export function writeRemedy(
  { text, edits: wanted, add, copy }: RuleRemedy,
  at: number,
  contextOf: (at: number) => RemedyContext,
  granteeAt: (at: number, to: RuleAddition["to"]) => Grantee | undefined,
): Remedy {
  const isOfFiles = (one: number) => answerOf(contextOf(one).place.file) === undefined;
  const edits = wanted.filter((edit) => isOfFiles(edit.at));
  const copies = copy && isOfFiles(copy.at) ? twin({ ...copy, place: contextOf(copy.at).place }).map(locatedEdit) : [];
  const changed = edits.flatMap((edit) => {
    const context = contextOf(edit.at);
    const { place, writer, value, write } = context;
    if (edit.choice && isRepeated(place)) return [];
    if (edit.out !== undefined) return withoutItem(place, edit.text, contextOf(edit.out).place).map(locatedEdit);
    if (edit.piece) return { location: locate(place), text: edit.text };
    const text = edit.pattern ? write(edit.text) : withoutPattern(write(edit.text));
    if (edit.key !== undefined) return entry(writer.place, edit.key, text).map(locatedEdit);
    const code = keyAt(writer.place, text) ?? writer.value({ text, from: value, to: edit.text });
    if (losesWhatIsThere(code, context)) return [];
    return { location: locate(writer.place), text: code };
  });
  const made = add && addition(add, at, contextOf, granteeAt);
  // What is taken out of a statement goes into another one: both, or none.
  const isMoved = edits.some(({ out }) => out !== undefined);
  const isHalf = isMoved && (changed.length < edits.length || made?.add.edits.length === 0);
  const written = isHalf ? [] : [...changed, ...copies];
  const added = made && isHalf ? { ...made, add: { ...made.add, edits: [] } } : made;
  const { say, writer } = contextOf(edits[0]?.at ?? at);
  return {
    text: [added?.instead ?? say(text), ...gaps([...written, ...(added ? [added.add] : [])])].join(" "),
    edits: written,
    add: added?.add ?? null,
    language: (written.length === 0 && added ? added.writer : writer).language,
  };
}

/**
 * A statement for one of the policies of a role; a policy, when it has none in the files that could get it. Undefined
 * for a statement that only a policy in the files could get.
 */
function addition(
  { actions, resources, at: roleAt, to, principal }: RuleAddition,
  at: number,
  contextOf: (at: number) => RemedyContext,
  granteeAt: (at: number, to: RuleAddition["to"]) => Grantee | undefined,
): { readonly add: NonNullable<Remedy["add"]>; readonly writer: Writer; readonly instead?: string } | undefined {
  const grantee = roleAt === null ? undefined : granteeAt(roleAt, to);
  const { writer, write } = contextOf(roleAt ?? at);
  const mayHaveGap = resources.some((one) => GAP.test(write(one)));
  const best = beside(grantee?.statements ?? [], (one) => {
    const { writer, write } = contextOf(one);
    if (!isStatement(writer.place)) return undefined;
    const whom = principal && { ...principal, value: write(principal.value) };
    const text = writer.statement(actions, resources.map(write), whom);
    const isAlone = grantee?.isAlone(one, text) === true;
    // A statement that others have too stays as it is where the role can get a policy of its own.
    if ((!mayHaveGap && GAP.test(text)) || !(isAlone || to)) return undefined;
    return { writer, text, edits: isAlone ? behind(writer.place, text) : [] };
  });
  if (best) return { add: { ...located(best), location: locate(best.writer.place) }, writer: best.writer };
  if (to) return undefined;
  if (!grantee) {
    const text = writer.statement(actions, resources.map(write));
    return { add: { text, location: null, edits: [] }, writer };
  }
  const policy = writer.policy({ role: grantee.address, actions, resources: resources.map(write) });
  const isAlone = roleAt !== null && grantee.isAlone(roleAt, policy.text);
  return {
    add: { ...located(isAlone ? policy : { ...policy, edits: [] }), location: locate(writer.place) },
    writer,
    instead: `Add this policy for \`${grantee.address}\`.`,
  };
}

/**
 * What can be written beside one of the statements at some places: the last with edits, else the last one. A role may
 * have thousands of statements, and mostly the last will do.
 */
function beside<T extends Addition>(places: readonly number[], make: (at: number) => T | undefined): T | undefined {
  let last: T | undefined;
  for (const at of places.toReversed()) {
    const made = make(at);
    if (made && made.edits.length > 0) return made;
    last ??= made;
  }
  return last;
}

function located({ text, edits }: { readonly text: string; readonly edits: readonly Edit[] }) {
  return { text, edits: edits.filter(({ place }) => answerOf(place.file) === undefined).map(locatedEdit) };
}

function locatedEdit({ place, text }: Edit) {
  return { location: locate(place), text };
}

/** Whether code has a gap for what is there already, written in a way that can't be part of it. */
function losesWhatIsThere(code: string, { place: { file, start, end }, value, write }: RemedyContext): boolean {
  const there = file.text.slice(start, end);
  return gapsIn(write(value ?? "")).some((gap) => code.includes(gap) && !there.includes(gap));
}

function gapsIn(text: string): readonly string[] {
  return text.match(new RegExp(GAP, "g")) ?? [];
}

function gaps(code: readonly { readonly text: string }[]): string[] {
  const places = [...new Set(code.flatMap(({ text }) => gapsIn(text)))];
  if (places.length === 0) return [];
  return [`Put the real value${places.length === 1 ? "" : "s"} in place of ${enumeration(places)}.`];
}

/**
 * A reference is no pattern: an unknown suffix of a secret is left out of it, which Secrets Manager allows unless the
 * name ends as a suffix does.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
function withoutPattern(reference: string): string {
  return reference.replace(/(?<=(-[A-Za-z0-9]{6})?)-\?{6}(?=:|$)/, (_, alike) => (alike ? "-<suffix>" : ""));
}

/** The name of a key in place of one that is written without quotes; undefined where no such key is. */
function keyAt({ file, start, end }: Place, text: string): string | undefined {
  const isKey =
    IDENTIFIER.test(file.text.slice(start, end)) && /^[ \t]*[:=]/.test(file.text.slice(end, end + MOST_BLANKS));
  return isKey && IDENTIFIER.test(text) ? text : undefined;
}

const IDENTIFIER = /^[A-Za-z_][\w-]*$/;
/** The longest blank between a key and its sign that is looked at. */
const MOST_BLANKS = 100;
