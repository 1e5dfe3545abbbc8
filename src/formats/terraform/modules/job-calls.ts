/** Calls of modules that make jobs, as they are written. */
import { attributeOf } from "../../../syntax/hcl/body.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import { argumentsIn, type MakesJobs, makesJobs } from "../../job-calls.ts";
import { sourceWritten } from "./source-argument.ts";

/** Whether a file may hold a call of a module that makes jobs: a quick look, before it is parsed. */
export function mayCallJobs(text: string): boolean {
  return /batch|job[-_]|_properties|platform_capa/i.test(text) || (/image/i.test(text) && /secret|job/i.test(text));
}

/** Whether the module of a call makes jobs. */
export function callMakesJobs(block: Block): MakesJobs | undefined {
  const { file, start, end } = block.body.at;
  return makesJobs({
    name: block.labels[0]?.name,
    source: sourceWritten(attributeOf(block.body, "source")?.value),
    given: block.body.attributes.map(({ name }) => name),
    all: argumentsIn(file.text.slice(start, end)),
  });
}
