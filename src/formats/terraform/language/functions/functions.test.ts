import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Place } from "../../../../source.ts";
import { plain } from "../../../testing.ts";
import { attributes, standsIn } from "../evaluate/testing.ts";
import { causeIn } from "../evaluate/values.ts";
import { loadAllLibraries } from "../libraries.ts";
import { globMatcher } from "./glob.ts";

beforeAll(loadAllLibraries);

const nowhere: Place = { file: { path: "x", text: "" }, start: 0, end: 0 };
const ARN = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#db@m⟩";

/** The value of an expression in which `arn` is a symbolic ARN, and everything else that is free is unknown. */
function value(text: string, files: Readonly<Record<string, string>> = {}): unknown {
  const resolve = ({ root }: { readonly root: string }) =>
    root === "arn" ? ({ kind: "text", value: ARN, at: nowhere } as const) : undefined;
  return plain(attributes(`x = ${text}\n`, resolve, files).of("x"));
}

test("texts with holes are computed with as far as no hole can matter", () => {
  const cases: Readonly<Record<string, unknown>> = {
    'split(":", arn.x)[3]': "⟨AWS.Region⟩",
    'split(":", "${arn.x}:key::")[7]': "key",
    'split(",", join(",", ["first", arn.x]))': ["first", ARN],
    'split("/", arn.x)': [ARN],
    'split("-", arn.x)': { unknown: expect.stringMatching(/^split/) },
    'replace("${arn.x}:key::", "/:[^:]+::$/", "")': ARN,
    'replace("${arn.x}:key", "/:key$/", ":key::")': `${ARN}:key::`,
    'replace(arn.x, "/:db$/", "")': { unknown: expect.stringMatching(/^replace/) },
    'replace("${arn.x}:key::", ":", "|")': `${ARN}:key::`.replaceAll(":", "|"),
    'replace(replace("__A__/__B__", "__A__", arn.x), "__B__", "b")': `${ARN}/b`,
    'replace(arn.x, "db", "x")': { unknown: expect.stringMatching(/^replace/) },
    'trimsuffix("${arn.x}:key::", ":key::")': ARN,
    'trimspace(" ${arn.x}\\n")': ARN,
    "chomp(arn.x)": ARN,
    'strcontains(arn.x, "arn:")': true,
    'strcontains(arn.x, ":ssm:")': false,
    'strcontains(arn.x, ":secretsmanager:")': true,
    'strcontains(arn.x, ":secret:d")': true,
    'strcontains(arn.x, "::")': false,
    'strcontains(arn.x, ":eu-west-1:")': { unknown: expect.stringMatching(/^strcontains/) },
    'strcontains(arn.x, ":111122223333:secret:db")': { unknown: expect.stringMatching(/^strcontains/) },
    'strcontains(arn.x, "x")': { unknown: expect.stringMatching(/^strcontains/) },
    'strcontains(var.x, ":ssm:")': { unknown: expect.stringMatching(/^strcontains/) },
    'startswith(arn.x, "arn:aws:ssm:")': false,
    'startswith(arn.x, "arn:aws:secretsmanager:")': { unknown: expect.stringMatching(/^startswith/) },
    'can(regex("^arn:", arn.x))': true,
    'can(regex("secretsmanager", arn.x))': true,
    'can(regex("^arn:aws:", arn.x))': { unknown: expect.stringMatching(/^can/) },
    'can(regex("^arn:$", arn.x))': { unknown: expect.stringMatching(/^can/) },
    'can(regex("secretsmanager:\\\\b", arn.x))': { unknown: expect.stringMatching(/^can/) },
    'can(regex("^x", arn.x))': { unknown: expect.stringMatching(/^can/) },
    'length(regexall("^arn:", arn.x)) > 0': true,
    'length(regexall("x", arn.x)) > 0': { unknown: expect.stringMatching(/^>/) },
    "length(arn.x) > 0": true,
    "length(arn.x) > 9": { unknown: expect.stringMatching(/^>/) },
    "sort([arn.x])": [ARN],
    'sort(["b", arn.x])': [ARN, "b"],
    'length(sort([var.x, "b"]))': 2,
    'trim("${arn.x}::", ":")': ARN,
    'trim(arn.x, "abc")': { unknown: expect.stringMatching(/^trim/) },
    'trimprefix(arn.x, "arn:")': ARN.slice(4),
    'startswith(arn.x, "arn:")': true,
    'startswith(arn.x, "x")': false,
    'endswith(arn.x, "-??????")': { unknown: expect.stringMatching(/^endswith/) },
    'format("%s:%s::", arn.x, "key")': `${ARN}:key::`,
    'format("%q", arn.x)': { unknown: expect.stringMatching(/^format/) },
    'formatlist("%s/*", [arn.x, "b"])': [`${ARN}/*`, "b/*"],
    'join(",", [arn.x, "b"])': `${ARN},b`,
    'join(",", [var.x, "b"])': { unknown: expect.stringMatching(/^join/) },
    "upper(arn.x)": { unknown: expect.stringMatching(/^upper/) },
    'coalesce("", arn.x)': ARN,
    "lookup({ a = 1 }, var.x, 0)": { unknown: expect.stringMatching(/^lookup/) },
    'contains([var.x, "a"], "a")': true,
    "keys({ b = var.x, a = 1 })": ["a", "b"],
    "element([1, var.x], 0)": 1,
    'setunion(["b"], [arn.x], ["b"])': [ARN, "b"],
    'setsubtract([arn.x, "b"], ["b"])': [ARN],
    'setsubtract(["a", "b"], [var.x, "b"])': [{ unknown: expect.stringMatching(/^setsubtract/) }],
    'setintersection([arn.x, "b"], ["b"])': ["b"],
    'setintersection(["a", "b"], [var.x, "b"])': ["b", { unknown: expect.stringMatching(/^setintersection/) }],
    'setsubtract(["${arn.x}a${var.y}", "${arn.x}b${var.y}"], ["${arn.x}a${var.y}"])': [`${ARN}b⟨*var.y@main.tf⟩`],
    '"${arn.x}a${var.y}" == "${arn.x}b${var.z}"': false,
    '"${arn.x}${var.y}" == "${arn.x}b${var.z}"': { unknown: expect.stringMatching(/^==/) },
    'coalescelist([], [arn.x], ["b"])': [ARN],
    'coalescelist([for each in var.x : each], ["b"])': { unknown: expect.stringMatching(/^coalescelist/) },
    'jsondecode("{\\"a\\": ${var.x}, \\"b\\": \\"${arn.x}\\"}")': { a: { unknown: "var.x@main.tf" }, b: ARN },
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});

test("which item comes first is not known where keys or items that are not known are sorted", () => {
  const [first, known] = [(name: RegExp) => ({ unknown: expect.stringMatching(name) }), (one: unknown) => one];
  const map = '{ "x-${var.a}" = 1, "x-${var.b}" = 2 }';
  const cases: Readonly<Record<string, unknown>> = {
    [`values(${map})[0]`]: first(/^element/),
    [`keys(${map})[1]`]: first(/^element/),
    [`element(values(${map}), 0)`]: first(/^element/),
    [`[for key, one in ${map} : one][0]`]: first(/^element/),
    [`flatten([values(${map})])[0]`]: first(/^element/),
    [`concat(values(${map}), [3])[0]`]: first(/^element/),
    [`reverse(values(${map}))[0]`]: first(/^element/),
    [`distinct(values(${map}))[0]`]: first(/^element/),
    [`formatlist("%s", values(${map}))[0]`]: first(/^element/),
    [`slice(values(${map}), 0, 1)[0]`]: first(/^element/),
    [`[for index, one in values(${map}) : index][0]`]: first(/^(index|element)/),
    [`values(zipmap(keys(${map}), ["a", "b"]))[0]`]: first(/^(element|values)/),
    'tolist(toset(["b", var.a]))[0]': first(/^element/),
    [`tolist([1, 2]) == tolist(values(${map}))`]: first(/^==/),
    "values(merge({ b = 1 }, var.more))[0]": first(/^element/),
    [`length(values(${map}))`]: known(2),
    [`[for one in [${map}] : length(zipmap(keys(one), values(one)))]`]: [2],
    [`length(zipmap(keys(${map}), ["a", "b"]))`]: first(/^length/),
    'values({ "${var.a}-1" = 1, "${var.a}-2" = 2 })[1]': known(2),
    'values({ "1-${var.a}" = 1, "2-${var.b}" = 2 })[1]': known(2),
    'values({ "x-${var.a}" = 1 })[0]': known(1),
    'tolist(toset([arn.x, "b"]))[1]': known("b"),
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});

test("a slice has as many items as it says, since Terraform refuses one beyond the end", () => {
  const cases: Readonly<Record<string, unknown>> = {
    "slice(var.x, 1, 3)": [{ unknown: "var.x@main.tf[1]" }, { unknown: "var.x@main.tf[2]" }],
    "length(slice(var.x, 1, 3))": 2,
    "slice(concat([1], var.x), 0, 3)": [1, ...Array(2).fill({ unknown: expect.stringMatching(/^element/) })],
    "slice(var.x, 0, var.y)": { unknown: expect.stringMatching(/^slice/) },
    "slice(var.x, 0, 2000)": { unknown: expect.stringMatching(/^slice/) },
    "length(try(slice(var.x, 0, 2), []))": { unknown: expect.stringMatching(/^length/) },
    "can(slice(var.x, 0, 2))": { unknown: expect.stringMatching(/^can/) },
    "try(length(slice(var.x, 0, 2)), 0)": { unknown: expect.stringMatching(/^try/) },
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});

test("functions of the provider for AWS take ARNs apart and put them together", () => {
  const secret = "arn:aws:secretsmanager:eu-west-1:444455556666:secret:ledger/api-Qw3Er5";
  const role = (path: string) => `arn:aws:iam::444455556666:role/${path}`;
  const cases: Readonly<Record<string, unknown>> = {
    [`provider::aws::arn_parse("${secret}")`]: {
      partition: "aws",
      service: "secretsmanager",
      region: "eu-west-1",
      account_id: "444455556666",
      resource: "secret:ledger/api-Qw3Er5",
    },
    "provider::aws::arn_parse(arn.x).resource": "secret:db-⟨#db@m⟩",
    "provider::aws::arn_parse(arn.x).region": "⟨AWS.Region⟩",
    "provider::aws::arn_parse(var.x).region": { unknown: expect.stringMatching(/arn_parse/) },
    'provider::aws::arn_parse("arn:aws:iam").region': { unknown: expect.anything() },
    'provider::aws::arn_build("aws", "secretsmanager", "eu-west-1", "444455556666", "secret:ledger/api-Qw3Er5")':
      secret,
    'provider::aws::arn_build("aws", "ssm", "eu-west-1", var.x, "parameter/a")':
      "arn:aws:ssm:eu-west-1:⟨*var.x@main.tf⟩:parameter/a",
    [`provider::aws::trim_iam_role_path("${role("a/b/jobs")}")`]: role("jobs"),
    [`provider::aws::trim_iam_role_path("${role("jobs")}")`]: role("jobs"),
    'provider::aws::trim_iam_role_path("${arn.x}:role/a/b")': `${ARN}:role/b`,
    "provider::aws::trim_iam_role_path(arn.x)": { unknown: expect.stringMatching(/trim_iam_role_path/) },
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});

test("a file that the workspace refuses is unknown because of it, one that is not there is refused", () => {
  const { of, faults } = attributes(
    'a = file("../secret")\nb = file("none")\nc = fileexists("../x")\nd = templatefile("../t", {})\n',
  );
  expect(causeIn(of("a"))).toEqual({ kind: "file", name: "../secret", unit: "main.tf" });
  expect(causeIn(of("d"))).toEqual({ kind: "file", name: "../t", unit: "main.tf" });
  expect([of("c").kind, faults()]).toEqual(["unknown", []]);
  expect(causeIn(of("b"))).toEqual({ kind: "file", name: "none", unit: "main.tf" });
  expect(faults()[0]).toBe('there is no file "none"');
});

test("a template sees nothing but what it is given", () => {
  const files = { "t.tftpl": "${upper(name)} ${local.x}" };
  const { of, faults } = attributes('x = templatefile("t.tftpl", { name = "a" })\n', undefined, files);
  expect(of("x").kind).toBe("unknown");
  expect(faults()).toEqual(["the template is not given local"]);
});

test("a template in a string is rendered as one in a file", () => {
  const rendered = (template: string, names: string) => {
    const resolve = ({ root }: { readonly root: string }) =>
      root === "arn" ? ({ kind: "text", value: ARN, at: nowhere } as const) : undefined;
    const { of, faults } = attributes(`t = ${template}\nx = templatestring(local.t, ${names})\n`, resolve);
    return [plain(of("x")), ...faults()];
  };
  expect(rendered('"{\\"a\\": \\"$${arn}:$${key}::\\"}"', '{ arn = arn.x, key = "k" }')).toEqual([
    `{"a": "${ARN}:k::"}`,
  ]);
  expect(rendered("arn.x", "{}")).toEqual([{ unknown: expect.stringMatching(/^templatestring/) }]);
  expect(rendered('"$${b}"', "{}")[1]).toBe("the template is not given b");
});

test("a template of variables that are not all known is rendered with holes", () => {
  const files = { "t.tftpl": "a=${a} b=${b}" };
  const rendered = value('templatefile("t.tftpl", merge({ a = "1" }, var.more, { a = "2" }))', files);
  expect(rendered).toMatch(/^a=2 b=⟨\*b\(\)/);
});

test("YAML is placed where it is written", () => {
  const files = { "a.yaml": 'secrets:\n  - name: A\n    valueFrom: "arn:x"\n' };
  const x = attributes('x = yamldecode(file("a.yaml")).secrets[0]\n', undefined, files).of("x");
  expect(x.kind === "object" && x.entries.map((entry) => [standsIn(entry.keyAt), standsIn(entry.value.at)])).toEqual([
    ["a.yaml: name", "a.yaml: A"],
    ["a.yaml: valueFrom", 'a.yaml: "arn:x"'],
  ]);
});

test("decoding the YAML of a value gives it back, with its places and what is not known", () => {
  const x = attributes('x = yamldecode(yamlencode({ a = ["x", var.b] })).a\n').of("x");
  expect(plain(x)).toEqual(["x", { unknown: "var.b@main.tf" }]);
  expect(x.kind === "list" && x.items[0] && standsIn(x.items[0].at)).toBe('main.tf: "x"');
});

test("YAML is read whatever the names of what is not known have in them", () => {
  const files = {
    "a.yaml":
      'image: "${image}:1" # ${image}\nsecrets:\n  - {name: A, valueFrom: ${image}}\n  - "${image}": \'${image}\'\n',
  };
  const unknown = 'var.more["it\'s: a # \\"{b}\\""].url';
  const read = value(`yamldecode(templatefile("a.yaml", { image = ${unknown} }))`, files) as Record<string, unknown>;
  expect(Object.keys(read)).toEqual(["image", "secrets"]);
  expect(read["image"]).toMatch(/^⟨\*var\.more.*⟩:1$/);
});

test("file patterns are matched part by part", () => {
  const cases: readonly (readonly [string, string, boolean | undefined])[] = [
    ["*.json", "a.json", true],
    ["*.json", "b/a.json", false],
    ["**/*.json", "a.json", true],
    ["**/*.json", "b/c/a.json", true],
    ["b/**", "b/c/a.json", true],
    ["{a,b}.?", "b.x", true],
    ["[!a].x", "a.x", false],
    ["a.b", "aXb", false],
    ["[", "[", undefined],
    ["a/**.x", "a/b.x", undefined],
    ["*a*a*a*b", "aaaa", undefined],
    ["{a,a}/{a,a}/{a,a}", "a/a/b", undefined],
    ["*a*/*a*/*a*", "a/a/b", undefined],
    [".*", ".x", true],
    ["*", ".x", true],
    ["{a,b*}/c", "bb/c", true],
  ];
  for (const [pattern, path, fits] of cases)
    expect([pattern, path, globMatcher(pattern)?.(path)]).toEqual([pattern, path, fits]);
});

/** Texts that mean the same to Terraform and JavaScript: normalised, without what represents holes. */
const text = fc
  .string({ unit: "grapheme", maxLength: 12 })
  .map((string) => string.normalize("NFC").replace(/[⟨⟩]/g, ""));
const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
})).value;

test("what is encoded as YAML and decoded again is the same", () => {
  fc.assert(
    fc.property(data, (given) => {
      const json = JSON.stringify(given);
      expect(value('yamldecode(yamlencode(jsondecode(file("a"))))', { a: json })).toEqual(JSON.parse(json));
    }),
    { numRuns: 200 },
  );
});

test("what is encoded as JSON is what JavaScript reads", () => {
  fc.assert(
    fc.property(data, (given) => {
      const json = JSON.stringify(given);
      const encoded = value('jsonencode(jsondecode(file("a")))', { a: json });
      expect(JSON.parse(String(encoded))).toEqual(JSON.parse(json));
    }),
    { numRuns: 200 },
  );
});

test("CSV gives a map for each row", () => {
  expect(value('csvdecode("a,b\\n1,\\"x,\\"\\"y\\"\\"\\"\\r\\n\\n2,\\n")')).toEqual([
    { a: "1", b: 'x,"y"' },
    { a: "2", b: "" },
  ]);
  expect(value('csvdecode("a,b\\n")')).toEqual([]);
  expect(value('csvdecode(file("a"))[0].b', { a: "a,b\n1,2" })).toBe("2");
  for (const broken of ["a,a\\n", "a,b\\n1\\n", 'a\\nx\\"y\\n', ""]) {
    expect(value(`csvdecode("${broken}")`)).toEqual({ unknown: expect.anything() });
  }
  expect(value('csvdecode("a\\n${arn.x}")')).toEqual({ unknown: expect.stringMatching(/^csvdecode/) });
});
