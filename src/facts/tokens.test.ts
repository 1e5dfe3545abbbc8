import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Nothing reads the inside of a hole's token: what is known of a hole is in the table (DESIGN §4). */
const root = join(import.meta.dirname, "../..");

interface Ban {
  readonly is: RegExp;
  readonly because: string;
}

/** In TypeScript `facts/text.ts` alone knows how a token is written. */
const TYPESCRIPT: readonly Ban[] = [
  { is: /[⟨⟩]/, because: "it writes or matches a token" },
  { is: /["'`]@["'`]|@\.\*/, because: "it takes apart the key of a hole" },
];

/** Rego sees tokens in texts. It may look for them, and look them up by their inside. */
const REGO: readonly Ban[] = [
  { is: /⟨[#*]?(?!AWS\.(?:Region|AccountId|Partition)⟩)[^⟨⟩"#*\s][^⟨⟩"\s]*⟩/, because: "it names a hole" },
  { is: /"@"/, because: "it takes apart the key of a hole" },
  {
    is: /(?<!input\.holes\[|\[|\bkey := )\btext\.inside\(/,
    because: "it uses the inside of a hole for more than a key",
  },
];

/** The lines of a file without their comments, by number. */
function code(text: string, comment: RegExp): [number, string][] {
  return text
    .split("\n")
    .map((line, index): [number, string] => [index + 1, line])
    .filter(([, line]) => !comment.test(line));
}

function banned(path: string, text: string): string[] {
  const isRego = path.endsWith(".rego");
  const lines = code(text, isRego ? /^\s*#/ : /^\s*(?:\/\/|\/?\*)/);
  return lines.flatMap(([number, line]) =>
    (isRego ? REGO : TYPESCRIPT)
      .filter(({ is }) => is.test(line))
      .map(({ because }) => `${path}:${number}: ${because}: ${line.trim()}`),
  );
}

function sources(folder: string, ending: RegExp, except: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => ending.test(path) && !except.test(path));
}

test("no code but facts/text.ts reads the inside of a hole", () => {
  const files = [
    ...sources("src", /\.ts$/, /\.test\.ts$|testing\.ts$|^src\/facts\/text\.ts$/),
    ...sources("policies", /\.rego$/, /_test\.rego$|^policies\/lib\/text\.rego$/),
  ];
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((path) => banned(path, readFileSync(join(root, path), "utf8")))).toEqual([]);
});

test.each([
  ["a.ts", 'const name = hole.split("@")[0];'],
  ["a.ts", "if (/^⟨AWS/.test(value)) return true;"],
  ["a.ts", 'const isOwn = token.startsWith("⟨#Db");'],
  ["a.rego", '\t[name, _] := split(hole, "@")'],
  ["a.rego", '\tvalue == "⟨*var.password⟩"'],
  ["a.rego", '\tstartswith(text.inside(hole), "var.")'],
])("a line of %s that reads it is found: %s", (path, line) => {
  expect(banned(path, line)).toHaveLength(1);
});
