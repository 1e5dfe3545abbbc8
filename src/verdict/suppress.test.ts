import { expect, test } from "vitest";
import type { Suppression } from "../config/config.ts";
import { finding, placeAt } from "../report/testing.ts";
import { blocks } from "./finding.ts";
import { suppress } from "./suppress.ts";

const TODAY = "2026-12-01";
const rule = "secret-arn-format";
const found = [
  finding({
    rule,
    fingerprint: "a",
    location: placeAt("infra/a.json", 1),
    subject: { kind: "job_definition", address: "a" },
  }),
  finding({
    rule,
    fingerprint: "b",
    location: placeAt("jobs/b.json", 1),
    subject: { kind: "job_definition", address: "b" },
  }),
];
const left = async (...suppressions: readonly Partial<Suppression>[]) => {
  const { findings, notes } = await suppress(
    found,
    suppressions.map((one) => ({ rule, reason: "why", ...one })),
    TODAY,
  );
  return { left: findings.filter(blocks).map(({ fingerprint }) => fingerprint), notes };
};

test("a suppression fits by rule, path, address and fingerprint, all that it gives", async () => {
  expect(await left({})).toEqual({ left: [], notes: [] });
  expect(await left({ path: "infra/**" })).toEqual({ left: ["b"], notes: [] });
  expect(await left({ address: "b" })).toEqual({ left: ["a"], notes: [] });
  expect(await left({ fingerprint: "a" })).toEqual({ left: ["b"], notes: [] });
  expect(await left({ path: "infra/**" }, { address: "b" })).toEqual({ left: [], notes: [] });
});

test("one that fits nothing, and one that is over, do nothing and are told of", async () => {
  expect(await left({ path: "infra/*", address: "b" })).toEqual({
    left: ["a", "b"],
    notes: ["No finding fits the suppression of secret-arn-format (infra/*, b)."],
  });
  expect(await left({ until: "2026-11-30" })).toEqual({
    left: ["a", "b"],
    notes: ["The suppression of secret-arn-format ended on 2026-11-30."],
  });
  expect(await left({ until: TODAY })).toEqual({ left: [], notes: [] });
});

test("a suppressed finding keeps its words and has the reason", async () => {
  const [first] = (await suppress(found, [{ rule, reason: "moves in May", until: "2027-05-01" }], TODAY)).findings;
  expect(first).toEqual({
    ...found[0],
    status: "suppressed",
    suppression: { reason: "moves in May", until: "2027-05-01" },
  });
});
