import { expect, test } from "vitest";
import type { Finding } from "./finding.ts";
import { merged } from "./findings.ts";

const finding = (line: number, message = "It is wrong."): Finding => ({
  rule: "a-rule",
  severity: "error",
  confidence: "certain",
  message,
  remedy: { text: "Fix it.", edits: [], add: null, language: "json" },
  assumes: [],
  subject: { kind: "job_definition", address: "module.jobs.aws_batch_job_definition.job" },
  location: { path: "modules/jobs/main.tf", start: { line, column: 1 }, end: { line, column: 9 } },
  related: [],
  help: "https://example.com",
  fingerprint: `${line}`,
  fingerprintAnywhere: "any",
  status: "new",
});

test("findings about one place in several root modules are one finding that names them", () => {
  const units = ["live/a/*.tf", "live/b/*.tf", "live/b/*.tf", "*.tf"];
  expect(merged(units.map((unit) => ({ unit, finding: finding(1) })))).toEqual([
    { ...finding(1), message: "It is wrong. This is so in live/a, live/b and *.tf." },
  ]);
  const many = ["a", "b", "c", "d", "e"].map((unit) => ({ unit, finding: finding(1) }));
  expect(merged(many).map(({ message }) => message)).toEqual(["It is wrong. This is so in a, b, c and 2 more."]);
});

test("findings about several instances of one root module are one finding", () => {
  expect(merged([1, 1, 2].map((line) => ({ unit: "live/a/*.tf", finding: finding(line) })))).toEqual([
    finding(1),
    finding(2),
  ]);
});

test("different words of one place are different findings", () => {
  const found = [finding(1), finding(1, "It is wrong in another way.")];
  expect(merged(found.map((one, index) => ({ unit: `${index}`, finding: one })))).toEqual(found);
});
