import { expect, test } from "vitest";
import type { Finding } from "./finding.ts";
import { decide } from "./verdict.ts";

const finding = (severity: Finding["severity"], confidence: Finding["confidence"]): Finding => ({
  rule: "secret-arn-format",
  severity,
  confidence,
  message: "",
  remedy: { text: "", edits: [], add: null, language: "json" },
  assumes: [],
  subject: { kind: "job_definition", address: "Job" },
  location: { path: "a.json", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
  related: [],
  help: "",
  fingerprint: "",
  fingerprintAnywhere: "any",
  status: "new",
});

test("a certain error fails", () => {
  expect(decide([finding("error", "certain")], [], "error")).toBe("fail");
});

test("a likely error and a warning pass, unless warnings count", () => {
  for (const one of [finding("error", "likely"), finding("warning", "certain")]) {
    expect(decide([one], [], "error")).toBe("pass");
    expect(decide([one], [], "warning")).toBe("fail");
  }
});

test("an information never fails", () => {
  expect(decide([finding("info", "certain")], [], "warning")).toBe("pass");
});

test("what is suppressed never fails", () => {
  expect(decide([{ ...finding("error", "certain"), status: "suppressed" }], [], "warning")).toBe("pass");
});

test("a file that was not understood fails", () => {
  expect(decide([], [{ path: "a.json", message: "not JSON" }], "error")).toBe("fail");
});

test("never means never", () => {
  expect(decide([finding("error", "certain")], [{ path: "a.json", message: "not JSON" }], "never")).toBe("pass");
});
