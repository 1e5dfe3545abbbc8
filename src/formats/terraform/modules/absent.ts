/** Jobs that are not made with the values that the files give: a deployment with other values has them. */
import { locate, type Problem } from "../../../source.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import type { Loaded } from "./load.ts";
import type { Repetition } from "./repetition.ts";
import { headOf } from "./source.ts";

/** Expressions that are what they say, whatever the values are. */
const PLAIN: ReadonlySet<string> = new Set(["number", "null", "object", "tuple"]);
const JOB = /^aws(?:cc)?_batch_job_definition\./;

/** Whether a module, or one that it calls, declares a job definition. */
export function declaresJobs({ source, calls }: Loaded): boolean {
  return [...source.resources.keys()].some((key) => JOB.test(key)) || [...calls.values()].some(declaresJobs);
}

/** A note for a block without an instance, if its number is computed; a plain `count = 0` says that there is none. */
export function noteAbsent(block: Block, address: string, { instances, unknown }: Repetition): Problem | undefined {
  if (instances.length > 0 || unknown !== null) return undefined;
  const given = attributeOf(block.body, "count") ?? attributeOf(block.body, "for_each");
  if (!given || PLAIN.has(given.value.kind)) return undefined;
  const at = headOf(block);
  const message = `${address} has no instances with the values in these files (see its ${given.name}), so its jobs were not checked.`;
  return { path: at.file.path, line: locate(at).start.line, message };
}

export function isJob(address: string): boolean {
  return JOB.test(address);
}
