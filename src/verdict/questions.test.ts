import { expect, test } from "vitest";
import { unverified } from "../report/testing.ts";
import { mergedEntries, openQuestions, withCause } from "./questions.ts";

const role = { kind: "role", name: "R", unit: "a" } as const;
const key = { kind: "key", name: "K", unit: "a" } as const;

test("one cause is one question, however many rules and references wait for it; the largest comes first", () => {
  const entries = [
    unverified({ cause: key, references: ["1"] }),
    unverified({ cause: role, references: ["1", "2"] }),
    unverified({ cause: role, references: ["2", "3"], rule: "secret-decrypt-allowed" }),
    unverified({ cause: { ...role, unit: "b" }, references: [] }),
  ];
  expect(openQuestions(entries).map(({ cause, references, entries }) => [cause, references, entries.length])).toEqual([
    [role, 3, 2],
    [key, 1, 1],
    [{ ...role, unit: "b" }, 0, 1],
  ]);
});

test("a question is followed by the clause of its cause, unless it says that itself", () => {
  const say = (text: string) => text.replaceAll("⟨R⟩", "Role");
  expect(withCause("can't tell whether ⟨R⟩ may read S", { kind: "role", name: "⟨R⟩", unit: null }, say)).toEqual({
    reason: "can't tell whether Role may read S: the role `Role` is not declared in these files",
    because: "the role `Role` is not declared in these files",
  });
  expect(withCause("can't tell where", { kind: "deployment", name: "the Region", unit: null }, say)).toEqual({
    reason: "can't tell where: the Region depends on where the files are deployed",
    because: "the Region depends on where the files are deployed",
  });
  const alone = "the list of ⟨R⟩ is not known";
  expect(withCause(alone, { kind: "other", name: alone, unit: null }, say)).toEqual({
    reason: "the list of Role is not known",
    because: "the list of Role is not known",
  });
});

test("an entry is listed once, with all the references that wait for it", () => {
  const entry = unverified({ references: ["1"] });
  expect(mergedEntries([entry, { ...entry, references: ["2", "1"] }, { ...entry, reason: "how" }])).toEqual([
    { ...entry, references: ["1", "2"] },
    { ...entry, reason: "how" },
  ]);
});
