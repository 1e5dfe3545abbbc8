/** The message when the program can't go on: a sentence, never a stack, never the contents of a file. */
import { homepage, version } from "./product.ts";
import { redactSource } from "./report/redact.ts";
import { clean } from "./report/visible.ts";

/**
 * An `Error` carries a sentence of ours, or of the file system. Anything else that is thrown is an internal error,
 * whose message may quote a value: only its kind and its place are shown.
 */
export function failureMessage(error: unknown): string {
  if (error instanceof Error && error.constructor === Error)
    return `${clean(redactSource(error.message)).replace(/\.$/, "")}.`;
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  return `batch-secrets-check ${version} hit an internal error (${clean(kind)}${where(error)}). Nothing was checked.
Please report this line and the command, without the contents of files: ${homepage}/issues`;
}

/** The innermost call with a file of the program: ` at cli.js:10:20`. */
function where(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const call = /^ +at (?:.*[ (/\\])?([\w.-]{1,100}\.[cm]?[jt]s:\d+:\d+)\)?$/m.exec(stack)?.[1];
  return call === undefined ? "" : ` at ${call}`;
}
