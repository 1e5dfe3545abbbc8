import { expect, test } from "vitest";
import { hole } from "../../facts/text.ts";
import type { TextValue, Value } from "../../syntax/value.ts";
import { connectionKeys, generatedContent, secretContent } from "./secret-content.ts";

const at = { file: { path: "f", text: "" }, start: 0, end: 0 };
const text = (value: string): TextValue => ({ kind: "text", value, at });
const object = (entries: Readonly<Record<string, Value>>): Value => ({
  kind: "object",
  entries: Object.entries(entries).map(([key, value]) => ({ key, keyAt: at, value })),
  at,
});
const unknown = hole("unknown", "wide", { cause: { kind: "variable", name: "var.x", unit: "u" } });
const password = hole("password", "wide", { origin: { kind: "attribute", resource_kind: "password" } });

/** The kind, the keys, and the name of what is not known. */
function said(value: string) {
  const { kind, keys, open } = secretContent(text(value));
  return [kind, keys, open?.name ?? null];
}

test("literal strings: only an object in strict JSON has keys", () => {
  expect(said('{"user":"a","password":"b"}')).toEqual(["json", ["user", "password"], null]);
  expect(said(' { "a": {"b": 1} }\n')).toEqual(["json", ["a"], null]);
  expect(said("{}")).toEqual(["json", [], null]);
  for (const plain of [
    "hunter2",
    "[1]",
    "null",
    '"a"',
    "12",
    "{'a': 'b'}",
    '{"a": "b",}',
    "{a:b}",
    '{\\"a\\":1}',
    "{",
  ]) {
    expect(said(plain)).toEqual(["text", null, null]);
  }
});

test("what another tool replaces may become anything, but not inside of strings of JSON", () => {
  expect(said("file://secret.json")).toEqual(["string", null, ""]);
  expect(said("{{resolve:ssm-secure:/db}}")).toEqual(["string", null, ""]);
  expect(said('{"password": "{{resolve:ssm-secure:/db}}"}')).toEqual(["json", ["password"], null]);
});

test("strings with unknown pieces: what is known at the start decides", () => {
  expect(said(`{"user":"a","password":"${unknown}"}`)).toEqual(["json", ["user", "password"], null]);
  expect(said(`{"user":${unknown}}`)).toEqual(["json", ["user"], null]);
  expect(said(`{"${unknown}":"a","b":"c"}`)).toEqual(["json", ["b"], "var.x"]);
  expect(said(`postgres://app:${unknown}@db/app`)).toEqual(["text", null, null]);
  expect(said(unknown)).toEqual(["string", null, "var.x"]);
  expect(said(`${unknown}-suffix`)).toEqual(["string", null, "var.x"]);
});

test("a generated password is plain text, alone and at the start", () => {
  expect(said(password)).toEqual(["text", null, null]);
  expect(said(`${password}!`)).toEqual(["text", null, null]);
  expect(said(`{"password":"${password}"}`)).toEqual(["json", ["password"], null]);
});

test("the keys of a document that a format knows are those of the document", () => {
  const open = { kind: "variable", name: "var.more", unit: "u" } as const;
  const document = { ...object({ user: text("a") }), open } as Value;
  const encoded: TextValue = { ...text("⟨*json⟩"), json: () => document };
  expect(secretContent(encoded)).toEqual({ kind: "json", keys: ["user"], open });
  expect(secretContent({ ...text('"a"'), json: () => text("a") })).toEqual({ kind: "text", keys: null, open: null });
});

test("what is generated: text without a template, JSON with one", () => {
  const names = { template: "template", key: "key" };
  const of = (given: Readonly<Record<string, Value>>) => {
    const { kind, keys, open } = generatedContent(object(given), names);
    return [kind, keys, open?.name ?? null];
  };
  expect(of({})).toEqual(["text", null, null]);
  expect(of({ template: text('{"user":"a"}'), key: text("password") })).toEqual(["json", ["user", "password"], null]);
  expect(of({ template: text('{"user":"a"}'), key: text(unknown) })).toEqual(["json", ["user"], "var.x"]);
  expect(of({ template: text(unknown), key: text("password") })).toEqual(["json", ["password"], "var.x"]);
});

test("an attachment adds the keys of a connection; of an unknown type it may add any", () => {
  expect(connectionKeys("AWS::RDS::DBInstance")).toMatchObject({
    keys: ["engine", "host", "port"],
    others: expect.arrayContaining(["dbInstanceIdentifier", "dbname"]),
  });
  expect(connectionKeys("AWS::DocDB::DBCluster").others).toContain("dbClusterIdentifier");
  expect(connectionKeys(undefined).others).toBeNull();
});
