import { expect, test } from "vitest";
import { placeAt } from "../report/testing.ts";
import { commitAddress, lineAddress } from "./addresses.ts";

const repository = { server: "https://github.example.com", owner: "octo", name: "jobs" };

test("a place is linked to its lines at the commit, on the server of the run", () => {
  expect(lineAddress(repository, "abc", placeAt("jobs/a b.json", 3))).toBe(
    "https://github.example.com/octo/jobs/blob/abc/jobs/a%20b.json#L3",
  );
  expect(lineAddress(repository, "abc", placeAt("a.yaml", 3, 5))).toBe(
    "https://github.example.com/octo/jobs/blob/abc/a.yaml#L3-L5",
  );
  expect(commitAddress(repository, "abc")).toBe("https://github.example.com/octo/jobs/commit/abc");
});

test("a file that GitHub renders is linked as source", () => {
  expect(lineAddress(repository, "abc", placeAt("a.md", 3))).toMatch(/\/a\.md\?plain=1#L3$/);
});
