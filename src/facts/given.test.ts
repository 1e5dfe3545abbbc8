import { expect, test } from "vitest";
import { givenIn } from "./given.ts";

const ROLE = "arn:aws:iam::⟨AWS.AccountId⟩:role/jobs";

test("a string is the giver's own where it comes from that, also through others, and nowhere else", () => {
  const from = (unit: string) => (text: string) => (text === ROLE ? unit : undefined);
  const isGiven = givenIn([
    { id: "jobs", givenBy: from("platform") },
    { id: "platform", givenBy: from("iam") },
    { id: "iam" },
    { id: "ring", givenBy: from("ring") },
  ]);
  expect(isGiven("jobs", ROLE, "platform")).toBe(true);
  expect(isGiven("jobs", ROLE, "iam")).toBe(true);
  expect(isGiven("jobs", `${ROLE}s`, "iam")).toBe(false);
  expect(isGiven("jobs", ROLE, "other")).toBe(false);
  expect(isGiven("iam", ROLE, "iam")).toBe(false);
  expect(isGiven("ring", ROLE, "iam")).toBe(false);
});
