import { expect, test } from "vitest";
import { forgetHidden, hiddenValues, hideValue, hideVariable } from "../facts/hidden.ts";
import { hideMarked, hider } from "./hide.ts";
import { stars } from "./visible.ts";

function hidden(...marked: readonly string[]): readonly string[] {
  forgetHidden();
  for (const value of marked) hideValue(value);
  return hiddenValues().map(([value]) => value);
}
/** Values that are all masked. */
const starred = (...values: readonly string[]) => values.map((value) => [value, stars(value)] as const);

test("of an ARN each field is hidden, but for the words that all have", () => {
  expect([...hidden("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:password::")].sort()).toEqual([
    "123456789012",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:password::",
    "db-AbCdEf",
    "eu-west-1",
    "prod/db",
    "prod/db-AbCdEf",
  ]);
});

test("what is known between holes is hidden, lines by themselves, and nothing that is too short", () => {
  expect(hidden("first⟨*1⟩second", "one line\nanother", "abc", "")).toEqual(["one line", "another", "second", "first"]);
});

test("the value of a variable is hidden by its name, but not the name of a secret", () => {
  forgetHidden();
  const given = {
    db_password: "Xk9vQ2rT7pLm4wZ8",
    client_secret: "w1nterSp0rt2q",
    db_secret: "db/x-Ab12Cd",
    size: "A1b2C3",
  };
  for (const [name, value] of Object.entries(given)) hideVariable(name, value);
  expect(hiddenValues().map(([value]) => value)).toEqual(["Xk9vQ2rT7pLm4wZ8", "w1nterSp0rt2q"]);
});

test("a value is masked where it is a word, the longest first", () => {
  const hide = hider(starred(...hidden("hunter", "hunter-two")));
  expect(hide?.("a hunter-two, `hunter`; hunters and xhunter stay, x_hunter does not")).toBe(
    "a **********, `******`; hunters and xhunter stay, x_****** does not",
  );
  expect(hider([])).toBeUndefined();
});

test("an ordinary word is masked in the string that it is marked in, and nowhere else", () => {
  forgetHidden();
  const arn = "arn:aws:secretsmanager:eu-west-1:⟨1⟩:secret:postgres-AbCdEf";
  hideValue("postgres", arn);
  hideValue("admin");
  hideValue("5432", "jdbc:postgresql://db:5432/x");
  const hide = hider();
  expect(hide?.("postgres may not read arn:aws:secretsmanager:eu-west-1:${account}:secret:postgres-AbCdEf")).toBe(
    "postgres may not read arn:aws:secretsmanager:eu-west-1:${account}:secret:********-AbCdEf",
  );
  expect(hide?.("admin of jdbc:postgresql://db:5432/x at 5432")).toBe("admin of jdbc:postgresql://db:****/x at 5432");
});

test("a report keeps its paths and its own words, and offers no fix that would write a value", () => {
  const hide = hider(starred("error", "main", "hunter2"));
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
