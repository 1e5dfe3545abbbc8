/** The argument `source` of a call: what it says, and the folder that it means. */
import { posix } from "node:path";
import { isLiteral } from "../../../facts/text.ts";
import type { Expression } from "../../../syntax/hcl/tree.ts";
import { createBudget } from "../language/evaluate/bounds.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";

/**
 * The source of a module: Terraform evaluates it where no name means anything. Undefined when it is no such text.
 * https://developer.hashicorp.com/terraform/language/block/module#source
 */
export function sourceText(given: Expression | undefined): string | undefined {
  const written = sourceWritten(given);
  return written !== undefined && isLiteral(written) ? written : undefined;
}

/** What a source says as far as it is written: OpenTofu knows variables and locals there, such as for the version. */
export function sourceWritten(given: Expression | undefined): string | undefined {
  if (given === undefined) return undefined;
  const files = { read: () => ({ why: "" }), exists: () => undefined, list: () => undefined };
  const value = evaluate(given, { scope: () => undefined, files, budget: createBudget(SOURCE_STEPS), faults: [] });
  return value.kind === "text" ? value.value : undefined;
}

/** A source is a string, or a few of them put together. */
const SOURCE_STEPS = 1_000;

/** A folder relative to another, without the slash at its end. */
export function joined(folder: string, path: string): string {
  return posix.join(folder, path).replace(/(?<=.)\/$/, "");
}

/** https://developer.hashicorp.com/terraform/language/modules/sources#local-paths */
export function isLocal(source: string): boolean {
  return source.startsWith("./") || source.startsWith("../") || source === "." || source === "..";
}
