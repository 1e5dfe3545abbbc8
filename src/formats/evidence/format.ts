/** Evidence: what an account answered to one call, in an envelope that says which. */
import type { Format } from "../format.ts";
import { isEnvelope } from "./recognise.ts";

export const evidence: Format = {
  name: "evidence",
  words: [{ word: '"evidence"', beside: '"operation"' }],
  telling: '"evidence"\\s*:\\s*\\d',
  recognises: ({ value }) => isEnvelope(value),
  open: async (run) => (await import("./read.ts")).openEvidence(run),
};
