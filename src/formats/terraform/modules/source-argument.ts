/** The argument `source` of a call: what it says, and the folder that it means. */
import { posix } from "node:path";
import { isLiteral } from "../../../facts/text.ts";
import type { Expression } from "../../../syntax/hcl/tree.ts";
import { createBudget } from "../language/evaluate/bounds.ts";
import type { Scope, Setting } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import type { ModuleSource } from "./source.ts";

/**
 * The source of a module. Terraform evaluates it where no name means anything, OpenTofu where locals do that need
 * nothing else; a variable is open, since a deployment may give it another value. Undefined when it is no such text.
 * https://developer.hashicorp.com/terraform/language/block/module#source
 * https://opentofu.org/docs/language/modules/sources/#support-for-variable-and-local-evaluation
 */
export function sourceText(given: Expression | undefined, locals?: ModuleSource["locals"]): string | undefined {
  const written = sourceWritten(given, locals);
  return written !== undefined && isLiteral(written) ? written : undefined;
}

/** What a source says as far as it is written, such as without its version. */
export function sourceWritten(
  given: Expression | undefined,
  locals: ModuleSource["locals"] = new Map(),
): string | undefined {
  if (given === undefined) return undefined;
  const files = { read: () => ({ why: "" }), exists: () => undefined, list: () => undefined };
  let depth = 0;
  const scope: Scope = ({ root, steps: [step] }) => {
    const local = root === "local" && step?.kind === "attribute" ? locals.get(step.name) : undefined;
    if (local === undefined || depth >= MOST_LOCALS) return undefined;
    depth++;
    const value = evaluate(local.value, setting);
    depth--;
    return { value, used: 1 };
  };
  const setting: Setting = { scope, files, budget: createBudget(SOURCE_STEPS), faults: [] };
  const value = evaluate(given, setting);
  return value.kind === "text" ? value.value : undefined;
}

/** A source is a string, or a few of them put together. */
const SOURCE_STEPS = 1_000;

/** Locals that need another one, which needs another one: more are a circle. */
const MOST_LOCALS = 10;

/** A folder relative to another, without the slash at its end. */
export function joined(folder: string, path: string): string {
  return posix.join(folder, path).replace(/(?<=.)\/$/, "");
}

/** https://developer.hashicorp.com/terraform/language/modules/sources#local-paths */
export function isLocal(source: string): boolean {
  return source.startsWith("./") || source.startsWith("../") || source === "." || source === "..";
}
