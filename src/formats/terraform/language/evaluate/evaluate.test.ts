import { expect, test } from "vitest";
import { holeOf } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type { UnknownValue, Value } from "../../../../syntax/value.ts";
import { plain } from "../../../testing.ts";
import { attributes, standsIn } from "./testing.ts";
import { unknownValue } from "./unknown.ts";
import type { TerraformValue } from "./values.ts";
import { causeIn } from "./values.ts";

const nowhere: Place = { file: { path: "x", text: "" }, start: 0, end: 0 };
const unknown = (name: string): UnknownValue =>
  unknownValue(name, { cause: { kind: "variable", name, unit: null } }, nowhere);
const ARN = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#db@m⟩";

/** Variables are unknown, the ARN of the secret is known but for its holes. */
const evaluated = (text: string, known: Readonly<Record<string, Value>> = {}) =>
  attributes(text, ({ root, steps, at }) => {
    const name = steps.map((step) => (step.kind === "attribute" ? step.name : "[]")).join(".");
    const found = known[`${root}.${name}`];
    if (found !== undefined) return found;
    if (root === "var") return unknown(`var.${name}`);
    return root === "aws_secretsmanager_secret" ? { kind: "text", value: ARN, at } : undefined;
  });

/** The value of `x`, unknown ones as `{unknown: name}`. */
const value = (text: string): unknown => plain(evaluated(`x = ${text}\n`).of("x"));
const raw = (text: string): TerraformValue => evaluated(`x = ${text}\n`).of("x");

test("an unknown in a string is the hole of its name", () => {
  expect(value('"a-${var.x}-b"')).toBe("a-⟨*var.x⟩-b");
  expect(value('"${aws_secretsmanager_secret.db.arn}:password::"')).toBe(`${ARN}:password::`);
  expect(value('"${var.x}"')).toEqual({ unknown: "var.x" });
});

test("what is behind an unknown is named after it", () => {
  expect(value("var.x.y[0].z")).toEqual({ unknown: "var.x.y.[].z" });
  const { of } = attributes("x = local.u.b[0]\nu = var.a\n", ({ root }) =>
    root === "var" ? unknown("var.a@m") : undefined,
  );
  expect(plain(of("x"))).toEqual({ unknown: "var.a@m.b[0]" });
});

test("equal computations of equal unknowns have equal names, different ones different names", () => {
  const { of } = evaluated(
    "a = upper(var.x)\nb = upper(var.x)\nc = upper(var.y)\nd = substr(var.x, 0, 1)\ne = substr(var.x, 0, 2)\n",
  );
  expect(plain(of("a"))).toEqual(plain(of("b")));
  expect(plain(of("a"))).not.toEqual(plain(of("c")));
  expect(plain(of("d"))).not.toEqual(plain(of("e")));
  expect(plain(of("a"))).toEqual({ unknown: "upper(var.x)" });
});

test("an unknown keeps its cause through what is computed of it", () => {
  const result = raw("[upper(lower(var.x))]");
  expect(causeIn(result)).toEqual({ kind: "variable", name: "var.x", unit: null });
});

test("what is random is never equal", () => {
  const found = raw("[for i in [1, 2] : uuid()]");
  const names = found.kind === "list" ? found.items.map((item) => item.kind === "unknown" && item.name) : [];
  expect(new Set(names).size).toBe(2);
});

test("texts with holes are compared as far as what is literal tells", () => {
  const cases: Readonly<Record<string, unknown>> = {
    '"a-${var.x}" == "a-${var.x}"': true,
    '"a-${var.x}" == "b-${var.x}"': false,
    '"${var.x}-a" == "c"': false,
    '"${var.x}-a" == "-a"': { unknown: expect.stringContaining("==(var.x)") },
    '"abc-${var.x}" == "ab"': false,
    'aws_secretsmanager_secret.db.arn == ""': false,
    "aws_secretsmanager_secret.db.arn == null": false,
    "var.x == null": { unknown: expect.stringContaining("==(var.x)") },
    "[var.x] == [var.x, 1]": false,
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});

test("one operand that decides is enough for a logical operator", () => {
  expect(value("false && var.x")).toBe(false);
  expect(value("var.x || true")).toBe(true);
  expect(value("true && var.x")).toEqual({ unknown: expect.stringContaining("&&(var.x)") });
});

test("a condition that is not known gives what both results have in common", () => {
  expect(value('var.x ? "a" : "a"')).toBe("a");
  expect(value('var.x ? { a = 1, b = "x" } : { a = 1, b = "y" }')).toEqual({
    a: 1,
    b: expect.stringMatching(/^⟨if\(var\.x\)[^⟩]*⟩$/),
  });
  expect(value('var.x ? "a:b" : "b"')).toEqual({ unknown: expect.stringMatching(/^if\(var\.x\)/) });
});

test("faults of a result that is not chosen are none", () => {
  const { of, faults } = evaluated('x = true ? "a" : tonumber("b")\n');
  expect([plain(of("x")), faults()]).toEqual(["a", []]);
});

test("what Terraform refuses is unknown with a plain reason", () => {
  const { of, faults } = evaluated('x = { a = tonumber("b"), c = 1 }\n');
  expect(plain(of("x"))).toEqual({ a: { unknown: expect.stringMatching(/^error/) }, c: 1 });
  expect(faults()).toEqual(["a value has the wrong type"]);
});

test("lists of unknown length say so", () => {
  expect(value("[for i in var.x : i]")).toEqual([{ unknown: expect.stringMatching(/^for\(var\.x\)/) }]);
  expect(value("concat([1], var.x)")).toEqual([1, { unknown: expect.stringMatching(/^items\(var\.x\)/) }]);
  expect(value("length(concat([1], var.x))")).toEqual({ unknown: expect.stringMatching(/^length/) });
  expect(value("concat([1], var.x)[0]")).toBe(1);
  expect(value("concat(var.x, [1])[0]")).toEqual({ unknown: expect.stringMatching(/^element/) });
  expect(value('[for i in ["a", var.x] : i if i != "b"]')).toEqual(["a", { unknown: expect.stringMatching(/^if\(/) }]);
  expect(raw("[for i in var.x : i]")).toMatchObject({ items: [{ several: true }] });
  expect(value("var.x[*].arn")).toEqual([{ unknown: "var.x[*].arn" }]);
  expect(value('compact(["a", var.x])')).toEqual(["a", { unknown: expect.stringMatching(/^compact/) }]);
});

test("a list of unknown length has at least the items that are known", () => {
  expect(value("length(concat([1], var.x)) > 0")).toBe(true);
  expect(value("length(concat([1], var.x)) >= 1 ? 1 : 0")).toBe(1);
  expect(value("length(concat([1], var.x)) == 0")).toBe(false);
  expect(value("0 != length(concat([1], var.x))")).toBe(true);
  expect(value("1 > length(concat([1], var.x))")).toBe(false);
  expect(value("length(concat([1], var.x)) > 1")).toEqual({ unknown: expect.stringMatching(/^>/) });
  expect(value("length(concat([1], var.x)) <= 1")).toEqual({ unknown: expect.stringMatching(/^<=/) });
  expect(value("length(concat([1], var.x)) == 1")).toEqual({ unknown: expect.stringMatching(/^==/) });
  expect(value("length(var.x) > 0")).toEqual({ unknown: expect.stringMatching(/^>/) });
  expect(value('length(compact(["a", var.x])) > 0')).toBe(true);
  expect(value("length(compact([var.x])) > 0")).toEqual({ unknown: expect.stringMatching(/^>/) });
  expect(value('length(toset([upper("a"), var.x])) > 0')).toBe(true);
  expect(value('length(toset(["a", var.x])) > 1')).toEqual({ unknown: expect.stringMatching(/^>/) });
  expect(value("length({ a = 1, (var.x) = 2 }) > 0")).toBe(true);
});

test("objects that may have more entries are open, and their entries can be asked for", () => {
  const object = raw("{ a = 1, (var.x) = 2 }");
  expect(object).toMatchObject({ kind: "object", open: { kind: "variable", name: "var.x" } });
  expect(value("{ a = 1, (var.x) = 2 }.a")).toEqual({ unknown: expect.stringMatching(/^element/) });
  expect(value("{ a = 1, (var.x) = 2 }.b")).toEqual({ unknown: expect.stringMatching(/^element/) });
  expect(raw("{ for k in var.x : k => 1 }")).toMatchObject({
    kind: "object",
    entries: [],
    open: { kind: "variable", name: "var.x" },
  });
});

test("what is before an unknown in merge may be replaced, what comes after it is certain", () => {
  expect(value("merge({ a = 1 }, var.x, { b = 2 })")).toEqual({
    a: { unknown: expect.stringMatching(/^merge/) },
    b: 2,
  });
  expect(raw("merge({ a = 1 }, var.x)")).toMatchObject({ open: { kind: "variable", name: "var.x" } });
});

test("try and can know refused from unknown", () => {
  expect(value('try({}.a, "b")')).toBe("b");
  expect(value('try([{}.a], "b")')).toBe("b");
  expect(value('try(var.x.y, "b")')).toEqual({ unknown: "try(var.x.y)" });
  expect(value("can({}.a)")).toBe(false);
  expect(value("can(var.x.y)")).toEqual({ unknown: "can(var.x.y)" });
  expect(value('try(aws_secretsmanager_secret.db.arn, "b")')).toBe(ARN);
});

test("a function that is not known here, or depends on the run, is unknown with its name", () => {
  const cause = (text: string) => causeIn(raw(text));
  expect(cause('provider::x::y("x")')).toMatchObject({ kind: "function", name: "provider.x.y()" });
  expect(raw("timestamp()")).toMatchObject({ kind: "unknown", name: "timestamp()" });
  expect(cause('base64gzip("x")')).toMatchObject({ kind: "function", name: "base64gzip()" });
});

test("sensitive values mark what is computed of them, and only that", () => {
  const { of } = evaluated(
    's = sensitive("x")\na = "p-${local.s}"\nb = { k = local.s, o = "plain" }\nc = jsonencode(local.b)\nd = [for v in [local.s] : upper(v)]\ne = nonsensitive(local.s)\n',
  );
  expect(of("a")).toMatchObject({ value: "p-x", sensitive: true });
  expect(of("b").sensitive).toBeUndefined();
  expect(of("b")).toMatchObject({
    entries: [{ value: { sensitive: true } }, { value: { kind: "text", value: "plain" } }],
  });
  const c = of("c");
  const encoded = c.kind === "text" ? c.json?.() : undefined;
  expect([c.sensitive, encoded]).toEqual([true, of("b")]);
  expect(of("d")).toMatchObject({ items: [{ value: "X", sensitive: true }] });
  expect(of("e").sensitive).toBeUndefined();
});

test("a mark has the name of what is marked, with what was done to it", () => {
  const { of } = attributes(
    'a = "p-${var.pw}"\nb = upper(var.pw)\nc = var.pw == ""\nd = { x = var.db }.x["password"]\ne = var.x ? var.pw : "none"\n',
    ({ root, steps: [step] }) => {
      if (root !== "var" || step?.kind !== "attribute" || step.name === "x") return undefined;
      const at = step.at;
      const text = { kind: "text", value: "x", at } as const;
      if (step.name === "pw") return { ...text, sensitive: "⟨*var.pw@unit⟩" };
      return {
        kind: "object",
        entries: [{ key: "password", keyAt: at, value: text }],
        at,
        sensitive: "⟨*var.db@unit⟩",
      };
    },
  );
  expect(["a", "b", "c", "d", "e"].map((name) => of(name).sensitive)).toEqual([
    "⟨*var.pw@unit⟩",
    "⟨*upper(var.pw@unit)⟩",
    "⟨*==(var.pw@unit)⟩",
    '⟨*var.db@unit["password"]⟩',
    "⟨*var.pw@unit⟩",
  ]);
});

test("a value that is written elsewhere knows what uses it", () => {
  const { of } = evaluated('a = "one"\nb = local.a\nc = [local.a]\nd = "${local.a}!"\ne = coalesce(local.b, "two")\n');
  const uses = (value: TerraformValue | undefined) => value?.usedAt && standsIn(value.usedAt);
  const c = of("c");
  expect([uses(of("a")), uses(of("b")), uses(c.kind === "list" ? c.items[0] : undefined)]).toEqual([
    undefined,
    "main.tf: local.a",
    "main.tf: local.a",
  ]);
  expect([uses(of("d")), uses(of("e"))]).toEqual([undefined, 'main.tf: coalesce(local.b, "two")']);
});

test("a literal keeps its place through locals and loops; a computed value has the place of its expression", () => {
  const { of } = evaluated(
    'a = "one"\nb = local.a\nc = [for v in { k = "two" } : v]\nd = upper(local.a)\ne = "${local.a}!"\n',
  );
  const place = (name: string) => standsIn(of(name).at);
  expect([place("b"), place("d"), place("e")]).toEqual([
    'main.tf: "one"',
    "main.tf: upper(local.a)",
    'main.tf: "${local.a}!"',
  ]);
  const c = of("c");
  expect(c.kind === "list" && c.items.map((item) => standsIn(item.at))).toEqual(['main.tf: "two"']);
});

test("the scope is asked for a reference as a whole, with its keys evaluated", () => {
  const asked: string[] = [];
  attributes('x = module.m["a${1 + 1}"].out[0].y\n', ({ root, steps }) => {
    asked.push([root, ...steps.map((step) => (step.kind === "attribute" ? step.name : plain(step.key)))].join(" "));
    return undefined;
  }).of("x");
  expect(asked).toEqual(["module m a2 out 0 y"]);
});

test("steps that the scope does not take are taken by the evaluator", () => {
  const { of } = attributes("x = local.o.a[1].b\no = { a = [1, { b = 2 }] }\n");
  expect(plain(of("x"))).toBe(2);
});

test("a reference that leads back to itself ends", () => {
  const { of } = attributes("x = [local.x]\n");
  expect(JSON.stringify(plain(of("x")))).toContain("error");
});

test("what is one of several texts with equally many colons has as many", () => {
  const narrow = (name: string) => expect.stringMatching(new RegExp(`^⟨${name}[^⟩]*⟩$`));
  const unknownOf = (name: string) => ({ unknown: expect.stringMatching(new RegExp(`^${name}`)) });
  expect(value('var.x ? "eu-west-1" : "us-east-1"')).toEqual(narrow("if"));
  expect(value('{ dev = "111111111111", prod = "222222222222" }[var.x]')).toEqual(narrow("element"));
  expect(value('lookup({ dev = "a", prod = "b" }, var.x, "c")')).toEqual(narrow("lookup"));
  expect(value('"arn:aws:sns:${var.x ? "eu-west-1" : "us-east-1"}:1:t"')).toEqual(
    expect.stringMatching(/^arn:aws:sns:⟨if[^⟩]*⟩:1:t$/),
  );
  expect(value('var.x ? "arn:aws:sns:eu-west-1:1:t" : "arn:aws:sns:us-east-1:1:u"')).toEqual(
    expect.stringMatching(/^arn:aws:sns:⟨if[^⟩]*⟩:1:⟨if[^⟩]*⟩$/),
  );
  expect(value('var.x ? "a:b" : "c"')).toEqual(unknownOf("if"));
  expect(value('var.x ? var.y : "c"')).toEqual(unknownOf("if"));
  expect(value("var.x ? 1 : 2")).toEqual(unknownOf("if"));
  expect(value('lookup({ dev = "a" }, var.x, "c:d")')).toEqual(unknownOf("lookup"));
});

test("distinct items are distinguished by their text, holes and all", () => {
  expect(value('distinct(["${var.x}-a", "b", "${var.x}-a"])')).toEqual(["⟨*var.x⟩-a", "b"]);
});

test("a result that is not computed here has its function or expression as cause", () => {
  const cause = (text: string) => {
    const found = raw(text);
    return found.kind === "unknown" ? holeOf(found.name).cause : undefined;
  };
  expect(cause("0.1 + 0.2")).toEqual({ kind: "function", name: "0.1 + 0.2", unit: null });
  expect(cause('formatdate("YYYY", "2020-01-01T00:00:00Z")')).toMatchObject({ name: "formatdate()" });
  expect(cause("12345678901234567890")).toMatchObject({ name: "a number with that many digits" });
  expect(cause("tolist(1)")).toMatchObject({ kind: "refused", name: "tolist(1)" });
});
