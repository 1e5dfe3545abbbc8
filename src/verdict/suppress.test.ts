import fc from "fast-check";
import { expect, test } from "vitest";
import type { Suppression } from "../config/config.ts";
import { finding, placeAt } from "../report/testing.ts";
import { blocks } from "./finding.ts";
import { asInBase, configured, suppress } from "./suppress.ts";

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
  const suppressors = await configured(suppressions.map((one) => ({ rule, reason: "why", ...one })));
  const { findings, notes } = suppress(found, suppressors, TODAY);
  return {
    left: findings.filter(blocks).map(({ fingerprint }) => fingerprint),
    notes: notes.map(({ message }) => message),
  };
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
  const suppressors = await configured([{ rule, reason: "moves in May", until: "2027-05-01" }]);
  const [first] = suppress(found, suppressors, TODAY).findings;
  expect(first).toEqual({
    ...found[0],
    status: "suppressed",
    suppression: { reason: "moves in May", until: "2027-05-01", by: "configuration" },
  });
});

test("a comment counts as far as the base has it", () => {
  const suppression = { reason: "old", by: "comment" } as const;
  const [a, b] = found.map((one) => ({ ...one, status: "suppressed", suppression }) as const);
  if (!a || !b) throw new Error("there are two");
  const known = found.map((one) => ({ ...one, status: "existing" }) as const);
  const byConfiguration = { ...b, suppression: { reason: "old", by: "configuration" } } as const;
  expect(asInBase({ findings: [a, b], notes: [] }, known, new Set(["a"]))).toEqual({
    findings: [a, known[1]],
    notes: [
      {
        path: "jobs/b.json",
        line: 1,
        message: "The suppression of secret-arn-format here is new, so it counts once it is merged.",
      },
    ],
  });
  // Another value in the same place is another finding.
  expect(asInBase({ findings: [a], notes: [] }, found, new Set(["a"])).findings).toEqual([found[0]]);
  expect(asInBase({ findings: [byConfiguration], notes: [] }, found, new Set()).findings).toEqual([byConfiguration]);
});

test("no comment that the base lacks takes a finding out", () => {
  const names = fc.uniqueArray(fc.constantFrom<string>("a", "b", "c", "d"));
  fc.assert(
    fc.property(names, names, (suppressed, inBase) => {
      const findings = ["a", "b", "c", "d"].map((fingerprint) =>
        suppressed.includes(fingerprint)
          ? finding({ fingerprint, status: "suppressed", suppression: { reason: "old", by: "comment" } })
          : finding({ fingerprint }),
      );
      const open = ["a", "b", "c", "d"].map((fingerprint) => finding({ fingerprint, status: "existing" }));
      const { findings: left } = asInBase({ findings, notes: [] }, open, new Set(inBase));
      const out = left.filter(({ status }) => status === "suppressed").map(({ fingerprint }) => fingerprint);
      expect(out.every((one) => inBase.includes(one) && suppressed.includes(one))).toBe(true);
    }),
  );
});
