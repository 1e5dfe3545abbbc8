import { expect, test } from "vitest";
import type { Cause } from "../../facts/causes.ts";
import { hole } from "../../facts/text.ts";
import { parseJson } from "../../syntax/json/document.ts";
import type { ObjectValue, UnknownValue, Value } from "../../syntax/value.ts";
import type { Instance } from "../terraform/instance.ts";
import { argument } from "../terraform/instance.ts";
import { plain } from "../testing.ts";
import { filled } from "./fill.ts";

function instance(address: string, path: string, value: unknown, maybe: Cause | null = null): Instance {
  const file = { path, text: JSON.stringify(value) };
  const parsed = revived(parseJson(file).value ?? { kind: "null", at: { file, start: 0, end: 0 } });
  return {
    mode: "managed",
    type: "t",
    prefix: "",
    address,
    unit: "u",
    value: parsed as ObjectValue,
    at: parsed.at,
    maybe,
  };
}

/** `{"unknown": name}` is an unknown value. */
function revived(value: Value): Value {
  if (value.kind === "list") return { ...value, items: value.items.map(revived) };
  if (value.kind === "text") return { ...value, value: value.value.replaceAll("〈", "⟨").replaceAll("〉", "⟩") };
  if (value.kind !== "object") return value;
  const [only] = value.entries;
  if (only?.key === "unknown") {
    const unknown: UnknownValue = { kind: "unknown", name: String(plain(only.value)), at: value.at };
    return unknown;
  }
  return { ...value, entries: value.entries.map((one) => ({ ...one, value: revived(one.value) })) };
}

function both(source: unknown, plan: unknown): Instance {
  const [result] = filled([instance("t.x", "main.tf", source)], [instance("t.x", "plan.json", plan)]);
  if (!result) throw new Error("no instance");
  return result;
}

test("what the source does not know is what the plan knows, placed in the source", () => {
  const result = both({ a: { unknown: "var.a" }, b: "kept" }, { a: "known", b: "other", id: "computed" });
  expect(plain(result.value)).toStrictEqual({ a: "known", b: "kept" });
  expect(argument(result, "a")?.at.file.path).toBe("main.tf");
});

test("what the plan does not know is what the source says", () => {
  expect(plain(both({ a: "⟨#t.s@u⟩", b: { unknown: "b" } }, { a: { unknown: "a" } }).value)).toStrictEqual({
    a: "⟨#t.s@u⟩",
    b: { unknown: "b" },
  });
});

test("symbolic ARNs stay, text that may be anything does not", () => {
  const symbolic = "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/x";
  expect(
    plain(both({ a: symbolic, b: "⟨*var.b@u⟩:key" }, { a: "arn:aws:iam::1:role/x", b: "arn:x:key" }).value),
  ).toStrictEqual({ a: symbolic, b: "arn:x:key" });
});

test("what a secret holds stays unknown, unless it is an ARN", () => {
  const value = hole("secret_string of s", "wide", { holds: "secret" });
  const source = { a: value, b: `postgres://app:${value}@db`, c: value };
  const plan = { a: "hunter2", b: "postgres://app:hunter2@db", c: "arn:aws:iam::1:role/x" };
  expect(plain(both(source, plan).value)).toStrictEqual({ ...source, c: plan.c });
});

test("JSON is filled piece by piece", () => {
  const written = '{"image": "⟨*var.image@u⟩", "executionRoleArn": "⟨r@u⟩"}';
  const result = both({ c: written }, { c: '{"image": "app:1", "executionRoleArn": "arn:aws:iam::1:role/x"}' });
  const value = argument(result, "c");
  const json = value?.kind === "text" ? value.json?.() : undefined;
  expect(json && plain(json)).toStrictEqual({ image: "app:1", executionRoleArn: "⟨r@u⟩" });
});

test("a list of another length is the plan's only when the source does not know its own", () => {
  expect(plain(both({ a: ["x"] }, { a: ["y", "z"] }).value)).toStrictEqual({ a: ["x"] });
  expect(plain(both({ a: [{ unknown: "several" }] }, { a: ["y", "z"] }).value)).toStrictEqual({ a: ["y", "z"] });
});

const KEYS: Cause = { kind: "variable", name: "var.keys", unit: "u" };
const COUNT: Cause = { kind: "variable", name: "var.count", unit: "u" };

test("instances that the source can't tell are the plan's, others stay", () => {
  const addresses = filled(
    [
      instance("t.each[…]", "main.tf", {}, KEYS),
      instance("module.m[…].t.inner", "main.tf", {}, KEYS),
      instance("t.count[0]", "main.tf", {}, COUNT),
      instance("t.elsewhere[0]", "main.tf", {}, COUNT),
      instance("t.untold", "main.tf", {}),
    ],
    [
      instance('t.each["a.b[0]"]', "plan.json", {}),
      instance('t.each["b"]', "plan.json", {}),
      instance('module.m["x"].t.inner', "plan.json", {}),
      instance("t.count[0]", "plan.json", {}),
      instance("module.registry.t.this", "plan.json", {}),
    ],
  ).map(({ address, maybe }) => [address, maybe]);
  expect(addresses).toStrictEqual([
    ["t.count[0]", null],
    ["t.elsewhere[0]", COUNT],
    ["t.untold", null],
    ['t.each["a.b[0]"]', null],
    ['t.each["b"]', null],
    ['module.m["x"].t.inner', null],
    ["module.registry.t.this", null],
  ]);
});
