/** Evidence: what an account answered to one call, in an envelope that says which. */
import { get, type Value } from "../../syntax/value.ts";
import type { Format } from "../format.ts";

export const evidence: Format = {
  name: "evidence",
  words: [{ word: '"evidence"', beside: '"operation"' }],
  telling: '"evidence"\\s*:\\s*\\d',
  recognises: ({ value }) => isEnvelope(value),
  open: async (run) => (await import("./read.ts")).openEvidence(run),
};

/** Whether a document means to be an envelope. */
export function isEnvelope(value: Value): boolean {
  return get(value, "evidence")?.kind === "number" && get(value, "call") !== undefined;
}
