import fc from "fast-check";
import { expect, test } from "vitest";
import { parseToml } from "./toml.ts";
import type { Value } from "./value.ts";

function plain(value: Value): unknown {
  if (value.kind === "object") return Object.fromEntries(value.entries.map(({ key, value: one }) => [key, plain(one)]));
  if (value.kind === "list") return value.items.map(plain);
  return "value" in value ? value.value : null;
}

const read = (text: string) => plain(parseToml({ path: "samconfig.toml", text }));

test("tables, dotted keys, strings, numbers, booleans and arrays are read", () => {
  const text = `version = 0.1 # a comment
[default.deploy.parameters]
stack_name = 'jobs # no comment'
confirm_changeset = true
parameter_overrides = "Stage=\\"prod\\" Name=\\u0041"
capabilities = [
  "CAPABILITY_IAM", # why
  "CAPABILITY_NAMED_IAM",
]
text = """
two
lines"""
[ "a b" . c ]
d.e = 1_000
`;
  expect(read(text)).toEqual({
    version: 0.1,
    default: {
      deploy: {
        parameters: {
          stack_name: "jobs # no comment",
          confirm_changeset: true,
          parameter_overrides: 'Stage="prod" Name=A',
          capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
          text: "two\nlines",
        },
      },
    },
    "a b": { c: { d: { e: 1000 } } },
  });
});

test("what is not read is left out, and what follows it is read", () => {
  expect(read("a = { b = 1 }\nc = \nd = 'x'\n")).toEqual({ d: "x" });
});

test("any text is read without an error", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."[]=\"'\n a.#\\,1{}") }), (text) => void read(text)));
});
