/** Calls as commands of the AWS CLI, for people who want to see or run them first. */
import type { Call } from "./calls.ts";

/** The command of the AWS CLI that makes a call: one line for a POSIX shell. */
export function awsCommand({ service, operation, region, input }: Call, profile?: string | undefined): string {
  const options = Object.entries(input).map(([name, value]) => `--${kebab(name)} ${argument(value)}`);
  return [
    `aws ${service} ${kebab(operation)}`,
    ...options,
    ...(region === null || service === "iam" ? [] : [`--region ${region}`]),
    ...(profile === undefined ? [] : [`--profile ${quoted(profile)}`]),
  ].join(" ");
}

/** `DescribeSecret` → `describe-secret`, as the AWS CLI does it with operations and members. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
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
