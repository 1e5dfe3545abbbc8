import { expect, test } from "vitest";
import { failureMessage } from "./failure.ts";

test("an error of ours is its sentence, on one line and without secrets", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  expect(failureMessage(new Error(`the policy dist/policy.wasm\ncan't be loaded: ${token}`))).toBe(
    `the policy dist/policy.wasm can't be loaded: ${"*".repeat(40)}.`,
  );
});

test("an internal error shows its kind and place, never its message", () => {
  let error: unknown;
  try {
    JSON.parse('{"password": hunter2}');
  } catch (thrown) {
    error = thrown;
  }
  const said = failureMessage(error);
  expect(said).toMatch(
    /^batch-secrets-check 1\.0\.0 hit an internal error \(SyntaxError at failure\.test\.ts:\d+:\d+\)\. Nothing was checked\.\n/,
  );
  expect(said).not.toContain("hunter2");
  expect(failureMessage("hunter2")).toMatch(
    /^batch-secrets-check 1\.0\.0 hit an internal error \(string\)\. Nothing was checked\.\n/,
  );
});
