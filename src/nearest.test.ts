import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const commands = ["check", "facts", "rules", "explain"];

test("a misspelled word finds the nearest candidate", () => {
  expect(nearest("chek", commands)).toBe("check");
  expect(nearest("ruels", commands)).toBe("rules");
  expect(nearest("explian", commands)).toBe("explain");
  expect(nearest("secret_arn_formt", ["secret-arn-format", "secret-selector-format"])).toBe("secret-arn-format");
});

test("case and underscores are no difference", () => {
  expect(nearest("FAIL_ON", ["fail-on", "paths"])).toBe("fail-on");
});

test("a word that resembles nothing finds nothing", () => {
  expect(nearest("stacks", commands)).toBe(undefined);
  expect(nearest("", commands)).toBe(undefined);
  expect(nearest("x".repeat(100_000), commands)).toBe(undefined);
});
