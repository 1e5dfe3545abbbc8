import { expect, test } from "vitest";
import { container, job, reference, text, unit } from "../../test/support/units.ts";
import { buildCases } from "../facts/cases.ts";
import { link } from "../facts/link.ts";
import type { Judgement } from "../facts/schema.ts";
import { openAccount } from "./references.ts";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
const world = await link([
  unit("a", {
    job_definitions: [
      job("a", "Job", container({ secrets: ["one", "two", "three"].map((id) => reference(id, SECRET)) })),
    ],
  }),
]);
const [built] = buildCases(world, new Set(["job_definition"] as const));

const finding = (...references: string[]): Judgement["findings"][number] => ({
  rule: "r",
  severity: "error",
  confidence: "certain",
  message: "",
  remedy: { text: "", edits: [], add: null },
  at: 0,
  related: [],
  references,
  names: [],
  assumes: [],
});
const undecided = (...references: string[]): Judgement["unverified"][number] => ({
  rule: "r",
  reason: text("").value,
  at: 0,
  references,
  cause: { kind: "other", name: "", unit: null },
});

test("references = proven + with findings + unverified, and a finding outweighs what is undecided", () => {
  const account = openAccount(world);
  expect(account.totals()).toEqual({ references: 3, proven: 3, unverified: 0 });
  if (built)
    account.settle(built.input, { findings: [finding("one")], unverified: [undecided("one", "two")], proofs: [] });
  expect(account.totals()).toEqual({ references: 3, proven: 1, unverified: 1 });
  if (built) account.settle(built.input, { findings: [], unverified: [undecided("one")], proofs: [] });
  expect(account.totals()).toEqual({ references: 3, proven: 1, unverified: 1 });
});
