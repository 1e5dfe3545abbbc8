/** Saying why something could not be read. */
import { holes, isLiteral } from "../facts/text.ts";
import type { Value } from "../syntax/value.ts";

/**
 * Why a value is not what a reader needs, completing "cannot be decided: …". `what` names the value, `wanted` says what it should be, with its
 * article. Text that depends on something unknown says on what.
 */
export function whyUnread(value: Value, what: string, wanted: string): string {
  if (value.kind === "unknown") return value.why;
  if (value.kind !== "text") return `${what} is not ${wanted}`;
  if (isLiteral(value.value)) return `${what} is text that is not JSON`;
  // What has no name of its own is told as the hole that it is, which the report writes as the files do.
  const names = holes(value.value).map(({ name, token }) =>
    /[(…]|^error\./.test(name) ? token : name.replace(/@.*$/, ""),
  );
  return `${what} depends on ${[...new Set(names)].join(", ")}`;
}
