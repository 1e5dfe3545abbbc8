import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "../../../../source.ts";
import { jsonSource, parseEmbeddedJson } from "../../../../syntax/embedded.ts";
import { readJson } from "../../../../syntax/json/reader.ts";
import type { Value } from "../../../../syntax/value.ts";
import { plain } from "../../../testing.ts";
import { attributes, standsIn } from "./testing.ts";

/** The document that the text `x` is. */
function document(text: string, files: Readonly<Record<string, string>> = {}): Value | undefined {
  const x = attributes(text, undefined, files).of("x");
  return x.kind === "text" ? parseEmbeddedJson(x) : undefined;
}

/** Every value of a document with where it is, by its path. */
function places(value: Value | undefined, path = "$"): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const own = { [path]: standsIn(value.at) };
  if (value.kind === "list")
    return Object.assign(own, ...value.items.map((item, index) => places(item, `${path}[${index}]`)));
  if (value.kind !== "object") return own;
  return Object.assign(own, ...value.entries.map((entry) => places(entry.value, `${path}.${entry.key}`)));
}

test("an empty value that is put in leaves its mark on the string around it, and on no other", () => {
  const found = document(
    's = sensitive("")\nx = "{\\"a\\": \\"${local.s}\\", \\"b\\": \\"b${local.s}c\\", \\"d\\": \\"\\"}"\n',
  );
  const marks =
    found?.kind === "object" ? found.entries.map(({ key, value }) => [key, plain(value), value.sensitive]) : [];
  expect(marks).toEqual([
    ["a", "", true],
    ["b", "bc", true],
    ["d", "", undefined],
  ]);
});

test("what jsonencode was given is walked, each value where it is written", () => {
  const found = document(`
arn = "arn:aws:x"
x = jsonencode({
  image   = "\${var.image}:latest"
  secrets = [{ name = "A", valueFrom = local.arn }]
})
`);
  expect(plain(found as Value)).toEqual({
    image: "⟨*var.image@main.tf⟩:latest",
    secrets: [{ name: "A", valueFrom: "arn:aws:x" }],
  });
  expect(places(found)).toMatchObject({
    "$.image": 'main.tf: "${var.image}:latest"',
    "$.secrets[0]": 'main.tf: { name = "A", valueFrom = local.arn }',
    "$.secrets[0].valueFrom": 'main.tf: "arn:aws:x"',
  });
});

test("decoding what was encoded gives it back with its places", () => {
  const x = attributes('x = jsondecode(jsonencode({ a = ["😀", 1] })).a[0]\n').of("x");
  expect([plain(x), standsIn(x.at)]).toEqual(["😀", 'main.tf: "😀"']);
});

test("a heredoc of JSON with interpolations is JSON with holes", () => {
  const found = document(
    `x = <<-EOF
  {
    "image": "\${var.image}:latest",
    "memory": \${var.memory},
    "command": ["a\\\\"b", "\${upper("x")}"],
    "environment": \${jsonencode([{ name = "E", value = var.value }])}
  }
EOF
`.replaceAll("\\\\", "\\"),
  );
  expect(plain(found as Value)).toEqual({
    image: "⟨*var.image@main.tf⟩:latest",
    memory: { unknown: "var.memory@main.tf" },
    command: ['a"b', "X"],
    environment: [{ name: "E", value: { unknown: "var.value@main.tf" } }],
  });
  expect(places(found)).toMatchObject({
    "$.image": 'main.tf: "${var.image}:latest"',
    "$.memory": "main.tf: var.memory",
    "$.command": 'main.tf: ["a\\"b", "${upper("x")}"]',
    "$.environment[0].name": 'main.tf: "E"',
  });
});

test("a template file of JSON is placed in the file, and what is put in where it came from", () => {
  const files = { "job.tftpl": '{\n  "image": "${image}",\n  "secrets": ${jsonencode(secrets)},\n  "n": ${n}\n}' };
  const found = document(
    'x = templatefile("job.tftpl", { image = "nginx", secrets = [{ name = "A" }], n = 5 })\n',
    files,
  );
  expect(places(found)).toMatchObject({
    "$.image": 'job.tftpl: "${image}"',
    "$.secrets[0].name": 'main.tf: "A"',
    "$.n": "job.tftpl: n",
  });
  expect(plain(found as Value)).toEqual({ image: "nginx", secrets: [{ name: "A" }], n: 5 });
});

test("a file of JSON keeps its places through replace, trimspace and chomp", () => {
  const files = { "a.json": '\n{ "é": "x", "arn": "arn:PLACE:y" }\n' };
  const found = document('x = chomp(trimspace(replace(file("a.json"), "PLACE", "z")))\n', files);
  expect(plain(found as Value)).toEqual({ é: "x", arn: "arn:z:y" });
  expect(places(found)).toMatchObject({ "$.é": 'a.json: "x"', "$.arn": 'a.json: "arn:PLACE:y"' });
});

test("a directive over something unknown leaves a list or object open", () => {
  const found = document(`x = <<EOF
{
  "list": [ "a"%{ for s in var.list }, "\${s}"%{ endfor } ],
  "all": [%{ for s in var.list }"\${s}",%{ endfor }],
  "object": { "a": 1 %{ if var.flag }, "b": 2%{ endif } },
  "last": true
}
EOF
`);
  expect(found?.kind === "object" && found.entries.map((entry) => entry.key)).toEqual([
    "list",
    "all",
    "object",
    "last",
  ]);
  expect(plain(found as Value)).toEqual({
    list: ["a", { unknown: expect.stringMatching(/^for\(var\.list/) }],
    all: [{ unknown: expect.stringMatching(/^for\(var\.list/) }],
    object: { a: 1 },
    last: true,
  });
  const object = found?.kind === "object" ? found.entries[2]?.value : undefined;
  expect(object).toMatchObject({ kind: "object", open: { kind: "undeclared", name: "var.flag" } });
});

test("a template that is no JSON is none", () => {
  for (const text of ['"{"', '"[1,]"', '"a ${var.x}"', '"{\\"a\\": 1} x"', '"{a: 1}"'])
    expect(document(`x = ${text}\n`)).toBeUndefined();
});

const at: Place = { file: { path: "x", text: "" }, start: 0, end: 0 };
const read = (value: string) => readJson(jsonSource({ kind: "text", value, at }, { strict: true }));

test("plain JSON without long numbers is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(
      fc.json().filter((json) => !/[\d.]{16}|\de/.test(json)),
      (json) => {
        const text = json.normalize("NFC");
        const result = read(text);
        expect(result.kind === "value" ? plain(result.value) : "none").toEqual(JSON.parse(text));
      },
    ),
  );
});

test("no text makes the reader of JSON throw", () => {
  const pieces = ["{", "}", "[", "]", ",", ":", '"', "\\", "a", "1", "⟨*x⟩", "⟨", " ", "true", "\\u00", "\n"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (list) => {
      read(list.join(""));
    }),
    { numRuns: 1000 },
  );
});
