/** The newest revision of each job definition: what runs when a job is submitted by its name alone. */
import type { Output } from "./calls.ts";
import type { Ask } from "./gather.ts";

/** Answers as `ask` does, with job definitions in their newest revision only, so that nothing else is asked about. */
export function newestOnly(ask: Ask): Ask {
  return async (call) => {
    const answered = await ask(call);
    return call.operation === "DescribeJobDefinitions" && "output" in answered
      ? { output: newest(answered.output) }
      : answered;
  };
}

function newest(output: Output): Output {
  const all = (output["jobDefinitions"] ?? []) as readonly Output[];
  const latest = new Map<unknown, Output>();
  for (const one of all) {
    const { jobDefinitionName: name } = one;
    if (revisionOf(one) > revisionOf(latest.get(name))) latest.set(name, one);
  }
  return { ...output, jobDefinitions: all.filter((one) => latest.get(one["jobDefinitionName"]) === one) };
}

function revisionOf(definition: Output | undefined): number {
  return Number(definition?.["revision"] ?? -1);
}
