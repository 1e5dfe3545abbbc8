/** Calls as commands of the AWS CLI, for people who want to see or run them first. */
import { commandOf, kebab } from "../evidence/answers.ts";
import type { Call } from "./calls.ts";

/** The command of the AWS CLI that makes a call: one line for a POSIX shell. */
export function awsCommand({ service, operation, region, input }: Call, profile?: string | undefined): string {
  const options = Object.entries(input).map(([name, value]) => `--${kebab(name)} ${argument(value)}`);
  return [
    commandOf(service, operation),
    ...options,
    ...(region === null || service === "iam" ? [] : [`--region ${region}`]),
    ...(profile === undefined ? [] : [`--profile ${quoted(profile)}`]),
  ].join(" ");
}

function argument(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.map(quoted).join(" ");
  return quoted(JSON.stringify(value));
}

/** A word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
