import { expect, test } from "vitest";
import { splitBlocks } from "./split.ts";

/** The blocks as a test reads them: type and labels, and the text of each. */
const blocks = (text: string) =>
  splitBlocks(text)?.map(({ type, labels, start, end }) => [
    [type.name, ...labels.map(({ name }) => name)].join(" "),
    text.slice(start, end),
  ]);

test("blocks are told by their heads, whatever stands between them", () => {
  const text = `# a comment with a {
locals { a = 1 }
/* resource "no" "block" { */
resource "aws_iam_role" "job" {
  name = "x"
} // and { another
data aws_region current {}

`;
  expect(blocks(text)).toEqual([
    ["locals", "locals { a = 1 }"],
    ["resource aws_iam_role job", 'resource "aws_iam_role" "job" {\n  name = "x"\n}'],
    ["data aws_region current", "data aws_region current {}"],
  ]);
  expect(blocks("")).toEqual([]);
  expect(blocks("\r\n# nothing")).toEqual([]);
});

test("the places of a head are those of its words, quotes included", () => {
  expect(splitBlocks(' resource "a" "b" {}')).toEqual([
    {
      type: { name: "resource", start: 1, end: 9 },
      labels: [
        { name: "a", start: 10, end: 13 },
        { name: "b", start: 14, end: 17 },
      ],
      start: 1,
      end: 20,
    },
  ]);
});

test("brackets in strings, comments and heredocs do not count, those of interpolations do", () => {
  const bodies = [
    'a = "}"',
    'a = "\\"}"',
    'a = "${b["}"]}"',
    'a = "${"${"}"}"}"',
    'a = "$${b"',
    'a = "%%{b"',
    'a = "%{ if b }}%{ endif }"',
    "a = 1 # }",
    "a = 1 // }",
    "a = /* } */ 1",
    "a = <<EOT\n}\nEOT",
    "a = <<-EOT\n  } EOT\n  EOTX\n  EOT",
    'a = <<EOT\r\n"}\r\nEOT\r',
    "a = f(<<A\n)\nA\n, <<B\n]\nB\n)",
    "b {\n  c {}\n}",
  ];
  for (const body of bodies) {
    const text = `x {\n${body}\n}\ny {}\n`;
    expect(blocks(text), body).toEqual([
      ["x", `x {\n${body}\n}`],
      ["y", "y {}"],
    ]);
  }
});

test("what is no row of blocks, or does not end, is left to the parser", () => {
  for (const text of [
    "a = 1",
    "x {",
    "x { a = [ }",
    "x { a = ( ] }",
    'x { a = "',
    'x { a = "b\n" }',
    "x { a = <<EOT\n}\n}",
    "x { /* }",
    'x "a${b}" {}',
    "x {}\n}",
    "{}",
  ]) {
    expect(splitBlocks(text), text).toBeUndefined();
  }
});

test("any text takes one pass", () => {
  const bombs = ["x {", "/*", "x {}/*", "<<A\n", '"${', "x { a = <<A\n A A", "x {}\n# ", "x { [(", " ".repeat(10)];
  for (const bomb of bombs) {
    const started = performance.now();
    splitBlocks(bomb.repeat(200_000));
    splitBlocks(`x { a = <<A\n${bomb.repeat(200_000)}`);
    expect(performance.now() - started, bomb).toBeLessThan(2000);
  }
});
