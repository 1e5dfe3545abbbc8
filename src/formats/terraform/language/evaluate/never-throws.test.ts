/** Functions, operators and templates give a value or an unknown with a reason, and never throw. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadAllLibraries } from "../libraries.ts";
import { randomExpression } from "./random-expressions.ts";
import { attributes } from "./testing.ts";
import { causeIn, hasMark, isWhollyKnown, type TerraformValue, typeOf } from "./values.ts";

beforeAll(loadAllLibraries);

function ask(value: TerraformValue): void {
  typeOf(value);
  hasMark(value);
  expect(isWhollyKnown(value) || causeIn(value) !== undefined).toBe(true);
  if (value.kind === "text") {
    value.json?.();
    expect(value.offsets?.().length ?? value.value.length + 1).toBe(value.value.length + 1);
  }
}

test("any expression has a value, and one that is not known has a reason", () => {
  fc.assert(
    fc.property(randomExpression, (text) => {
      const resolve = ({ root }: { readonly root: string }) =>
        root === "secret"
          ? ({
              kind: "text",
              value: "arn:⟨AWS.Region⟩:x",
              at: { file: { path: "x", text: "" }, start: 0, end: 0 },
            } as const)
          : undefined;
      ask(attributes(`x = ${text}\n`, resolve, { "a.json": '{"a": ["x"]}' }).of("x"));
    }),
    { numRuns: 3000 },
  );
});
