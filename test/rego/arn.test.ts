/** ARNs are split in Rego as in TypeScript. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitArn } from "../../src/facts/arn.ts";
import { probe } from "./probe.ts";

const ask = probe();

const piece = fc.constantFrom(
  "arn:",
  "arn",
  ":",
  "aws",
  "⟨AWS.Region⟩",
  "⟨*Arn@unit⟩",
  "⟨#Db@unit⟩",
  "secret",
  "",
  "é",
);
const mostlyArns = fc
  .tuple(
    fc.constantFrom("arn", "arn", "arn", "ARN", "x"),
    fc.array(fc.array(piece, { maxLength: 2 }), { maxLength: 8 }),
  )
  .map(([start, fields]) => [start, ...fields.map((pieces) => pieces.join(""))].join(":"));
const anything = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

test("both split the same texts into the same fields", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(mostlyArns, anything), { minLength: 50, maxLength: 50 }), (texts) => {
      expect(ask("arns", texts)).toEqual(texts.map((text) => splitArn(text) ?? null));
    }),
    { numRuns: 60 },
  );
});
