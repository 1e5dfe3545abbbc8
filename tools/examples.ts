/** The examples of the rules, as pages and `explain` show them. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { exampleKind } from "../src/formats/table.ts";
import type { ExampleFile, Pair } from "../src/policy/examples.ts";
import type { Rule } from "../src/policy/rules.ts";

const root = dirname(import.meta.dirname);

/** An example of a rule: one file, or a folder of files that are deployed together. */
export interface Example {
  /** The name of the file or folder: `three-parts.bad.yaml`. */
  readonly name: string;
  readonly kind: "good" | "bad" | "unknown";
  readonly files: readonly ExampleFile[];
  /** All that the command prints of it. */
  readonly output: string;
}

/** The public report that a rule's page links, the bad example of its situation, and the good one that repairs it. */
export interface Report {
  readonly report: string;
  readonly bad: string;
  readonly good: string;
}

/** What is beside the examples of a rule and is none: their outputs, the formats left out, the report they follow. */
const NO_EXAMPLE = /\.out$|^(?:waived|report)\.json$/;

/** The names of the examples in a folder, sorted. */
export function exampleNames(folder: string): string[] {
  return (existsSync(folder) ? readdirSync(folder) : []).filter((name) => !NO_EXAMPLE.test(name)).sort();
}

/** The public report that examples of a rule follow; undefined when there is none. */
export function readReport(rule: Pick<Rule, "subject" | "id">): Report | undefined {
  const path = join(root, examplesFolder(rule), "report.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** Where the examples of a rule are, relative to the project's folder. */
export function examplesFolder({ subject, id }: Pick<Rule, "subject" | "id">): string {
  return `policies/rules/${subject}/${id}/examples`;
}

/** The examples of a rule, sorted by name. */
export function readExamples(rule: Pick<Rule, "subject" | "id">): Example[] {
  const folder = join(root, examplesFolder(rule));
  return exampleNames(folder).flatMap((name) => {
    const kind = /\.(good|bad|unknown)\./.exec(name)?.[1];
    if (kind !== "good" && kind !== "bad" && kind !== "unknown") return [];
    const golden = join(folder, `${name}.out`);
    const output = existsSync(golden) ? readFileSync(golden, "utf8") : "";
    return [{ name, kind, files: readFiles(join(folder, name), name), output }];
  });
}

function readFiles(path: string, name: string): ExampleFile[] {
  if (!statSync(path).isDirectory()) return [{ path: name, text: readFileSync(path, "utf8") }];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .sort()
    .filter((inner) => statSync(join(path, inner)).isFile())
    .map((inner) => ({ path: inner, text: readFileSync(join(path, inner), "utf8") }));
}

/** What is printed of a rule, without what other rules say and without the address of the page itself. */
function ownPart(output: string, rule: string): string {
  const parts = output.split(/\n(?=(?:error|warning|info)\[|unverified: |failed: |passed: )/);
  const own = parts.filter((part) => part.includes(`[${rule}]`) && /^(?:error|warning|info)\[/.test(part));
  return own.map((part) => part.replace(/^ *= help: .*\n?/m, "").trimEnd()).join("\n\n");
}

/** The shortest bad example of each format with its shortest good one, the shortest of these first. */
export function pairsOf(rule: string, examples: readonly Example[]): Pair[] {
  const titles = new Set(examples.map(({ name }) => exampleKind(name)?.title ?? ""));
  const pairs = [...titles].flatMap((format) => {
    const own = examples.filter(({ name }) => exampleKind(name)?.title === format);
    const bad = shortest(own, "bad");
    return bad
      ? [{ format, bad: bad.files, output: ownPart(bad.output, rule), good: shortest(own, "good")?.files ?? [] }]
      : [];
  });
  return pairs.toSorted((a, b) => size(a.bad) + size(a.good) - size(b.bad) - size(b.good));
}

/** The shortest example of a kind. */
export function shortest(examples: readonly Example[], kind: Example["kind"]): Example | undefined {
  return examples.filter((one) => one.kind === kind).toSorted((a, b) => size(a.files) - size(b.files))[0];
}

function size(files: readonly ExampleFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}
