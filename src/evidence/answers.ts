/**
 * Which files are evidence, and what they are an answer to: a place in one is no place where anything can be edited, and
 * whoever rests on it says so.
 */
import type { SourceFile } from "../source.ts";

/** What a file of evidence says of itself; plain output of the AWS CLI says nothing of it. */
export interface Answer {
  /** When the answer came, as it is written: 2026-12-01T12:00:00Z. */
  readonly at: string | null;
  /** The call in the words of the AWS CLI: `aws iam get-role`. */
  readonly command: string | null;
  readonly account: string | null;
}

const answers = new WeakMap<SourceFile, Answer>();

/** Notes that a file is evidence. */
export function noteAnswer(file: SourceFile, answer: Answer): void {
  answers.set(file, answer);
}

/** What a file is an answer to; undefined for a file that is no evidence. */
export function answerOf(file: SourceFile): Answer | undefined {
  return answers.get(file);
}

/** What something that a file of evidence shows rests on, as the end of a clause; empty for any other file. */
export function restsOn(file: SourceFile): string {
  const answer = answers.get(file);
  if (!answer) return "";
  const { command, at } = answer;
  const words = [command && `\`${command}\``, at && `on ${at.slice(0, 10)}`].filter(Boolean);
  return words.length === 0 ? "" : ` (${words.join(" ")})`;
}

/** The command of the AWS CLI that makes a call: `GetRole` of `iam` is `aws iam get-role`. */
export function commandOf(service: string, operation: string): string {
  return `aws ${service} ${kebab(operation)}`;
}

/** `DescribeSecret` → `describe-secret`, as the AWS CLI does it with operations and members. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
