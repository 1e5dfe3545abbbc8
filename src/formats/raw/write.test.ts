import { expect, test } from "vitest";
import type { Place } from "../../source.ts";
import { writeRaw } from "./write.ts";

const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-??????";

/** The place of the first `x` with what quotes it. */
function placeIn(path: string, text: string): Place {
  const found = /\\*"x\\*"|x/.exec(text);
  return { file: { path, text }, start: found?.index ?? 0, end: (found?.index ?? 0) + (found?.[0].length ?? 0) };
}

function value(path: string, text: string, to: string): string {
  const { place, value } = writeRaw(placeIn(path, text));
  return text.slice(0, place.start) + value({ text: to, from: undefined, to }) + text.slice(place.end);
}

test("a value is a string in quotes", () => {
  expect(value("a.json", '{"valueFrom": "x"}', "a:b")).toBe('{"valueFrom": "a:b"}');
  expect(value("a.yaml", "valueFrom: x # here", "a:b")).toBe('valueFrom: "a:b" # here');
});

test("a value within a document in a string is escaped as often as the document is", () => {
  const value0 = { valueFrom: "a:b" };
  const value1 = { containerProperties: JSON.stringify(value0) };
  const nested = JSON.stringify({ plan: JSON.stringify(value1) });
  expect(value("a.json", nested.replace("a:b", "x"), "a:b")).toBe(nested);
});

test("a statement in JSON", () => {
  const { language, statement } = writeRaw(placeIn("a.json", ""));
  expect(language).toBe("json");
  expect(statement(["secretsmanager:GetSecretValue", "kms:Decrypt"], [arn, "arn:aws:kms:eu-west-1:1:key/x"])).toBe(`{
  "Effect": "Allow",
  "Action": [
    "secretsmanager:GetSecretValue",
    "kms:Decrypt"
  ],
  "Resource": [
    "${arn}",
    "arn:aws:kms:eu-west-1:1:key/x"
  ]
}`);
});

test("a statement in YAML has quotes where a plain string would mean something else", () => {
  const { language, statement } = writeRaw(placeIn("a.yaml", "Statement: []"));
  expect(language).toBe("yaml");
  expect(
    statement(["secretsmanager:GetSecretValue", "kms:Decrypt"], [arn, "arn:aws:kms:eu-west-1:1:key/x"]),
  ).toBe(`- Effect: Allow
  Action:
    - secretsmanager:GetSecretValue
    - kms:Decrypt
  Resource:
    - "${arn}"
    - arn:aws:kms:eu-west-1:1:key/x`);
});
