/** What a rule says to write, in the format of the file where it must be written. */
import type { Writer } from "../facts/resources.ts";
import type { Judgement } from "../facts/schema.ts";
import { locate } from "../source.ts";
import { enumeration } from "../words.ts";
import type { Remedy } from "./finding.ts";

/** What a rule says to write: values are plain text with holes, places are numbers of the case. */
export type RuleRemedy = Judgement["findings"][number]["remedy"];

/** How to write at a place. */
export interface RemedyContext {
  readonly writer: Writer;
  /** The value that is there, with holes. */
  readonly value: string | undefined;
  /** Writes holes as the unit does, for people: `⟨AWS.Region⟩` → `${AWS::Region}`. */
  readonly say: (text: string) => string;
  /** The same for code that can be there, with `<…>` for what is not known. */
  readonly write: (text: string) => string;
}

/** The remedy of a finding at the place `at`, written for the files that it changes. */
export function writeRemedy(
  { text, edits, add }: RuleRemedy,
  at: number,
  contextOf: (at: number) => RemedyContext,
): Remedy {
  const written = edits.map((edit) => {
    const { writer, value, write } = contextOf(edit.at);
    const text = withoutPattern(write(edit.text));
    return { location: locate(writer.place), text: writer.value({ text, from: value, to: edit.text }) };
  });
  const there = add && contextOf(add.at ?? at);
  const added = there && {
    location: add.at === null ? null : locate(there.writer.place),
    text: there.writer.statement(add.actions, add.resources.map(there.write)),
  };
  const { say, writer } = contextOf(edits[0]?.at ?? at);
  return {
    text: [say(text), ...gaps([...written, ...(added ? [added] : [])])].join(" "),
    edits: written,
    add: added,
    language: (written.length === 0 && there ? there.writer : writer).language,
  };
}

/** What must be put into code before it can be pasted, as a sentence; none when there is nothing. */
function gaps(code: readonly { readonly text: string }[]): string[] {
  const places = [...new Set(code.flatMap(({ text }) => text.match(/<[a-z][^<>\n]*>/g) ?? []))];
  if (places.length === 0) return [];
  return [`Put the real value${places.length === 1 ? "" : "s"} in place of ${enumeration(places)}.`];
}

/**
 * A reference is no pattern: an unknown suffix of a secret is left out of it, which Secrets Manager allows.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
function withoutPattern(reference: string): string {
  return reference.replace(/-\?{6}(?=:|$)/, "");
}
