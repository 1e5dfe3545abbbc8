import { expect, test } from "vitest";
import { withoutEscapes } from "./escapes.ts";

test("characters that are written as escapes are found, also where a long text is read in parts", () => {
  expect(withoutEscapes(String.raw`\u0041WS::\x42atch \U00000041`)).toBe("AWS::Batch A");
  for (const before of [999_990, 999_995, 999_999, 1_000_000, 1_000_005]) {
    const text = `${"x".repeat(before)}\\u0041WS`;
    expect(withoutEscapes(text)).toBe(`${"x".repeat(before)}AWS`);
  }
});
