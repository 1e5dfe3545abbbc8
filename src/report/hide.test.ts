import { expect, test } from "vitest";
import { forgetHidden, hiddenValues, hideValue } from "../facts/hidden.ts";
import { hideMarked, hider } from "./hide.ts";

function hidden(...marked: readonly string[]): readonly string[] {
  forgetHidden();
  for (const value of marked) hideValue(value);
  return hiddenValues();
}

test("of an ARN each field is hidden, but for the words that all have", () => {
  expect([...hidden("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:password::")].sort()).toEqual([
    "123456789012",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:password::",
    "db-AbCdEf",
    "eu-west-1",
    "password",
    "prod/db",
    "prod/db-AbCdEf",
  ]);
});

test("what is known between holes is hidden, lines by themselves, and nothing that is too short", () => {
  expect(hidden("first⟨*1⟩second", "one line\nanother", "abc", "")).toEqual(["one line", "another", "second", "first"]);
});

test("a value is masked where it is a word, the longest first", () => {
  const hide = hider(hidden("hunter", "hunter-two"));
  expect(hide?.("a hunter-two, `hunter`; hunters and xhunter stay, x_hunter does not")).toBe(
    "a **********, `******`; hunters and xhunter stay, x_****** does not",
  );
  expect(hider([])).toBeUndefined();
});

test("a report keeps its paths and its own words, and offers no fix that would write a value", () => {
  const hide = hider(["error", "main", "hunter2"]);
  const finding = {
    severity: "error",
    message: "error: hunter2",
    location: { path: "main.tf" },
    remedy: { edits: [{ text: "hunter2" }, { text: "fine" }] },
  };
  expect(hideMarked(finding, hide)).toEqual({
    ...finding,
    message: "*****: *******",
    remedy: { edits: [{ text: "fine" }] },
  });
  expect(hideMarked(finding, undefined)).toBe(finding);
});
