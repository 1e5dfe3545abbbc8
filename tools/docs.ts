/**
 * Writes docs/rules/ (a page for each rule from its metadata and examples, and the table of all rules), and the table
 * and the example in README.md. With `--check` it fails when a file is not what it would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config.ts";
import { exampleKind } from "../src/formats/table.ts";
import { loadRules, type Rule } from "../src/policy/rules.ts";
import { DEFAULT_WIDTH, renderText } from "../src/report/text.ts";

const root = dirname(import.meta.dirname);
/** Relative to the project's folder. */
const PAGES = "docs/rules";

export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** An example of a rule: one file, or a folder of files that are deployed together. */
export interface Example {
  /** The name of the file or folder: `three-parts.bad.yaml`. */
  readonly name: string;
  readonly kind: "good" | "bad" | "unknown";
  readonly files: readonly ExampleFile[];
  /** What the command prints of it. */
  readonly output: string;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ".json": "json",
  ".tf": "hcl",
  ".yaml": "yaml",
  ".yml": "yaml",
  ".sh": "sh",
};

const NOTICE = "<!-- Made by tools/docs.ts from the rule's metadata and examples: change those. -->\n";

/**
 * The page of a rule: what goes wrong, why, the shortest bad and good example and the others folded, how to fix it,
 * limitations. The first sentence of a description says what goes wrong; what follows is the reason.
 */
export function renderPage(rule: Rule, examples: readonly Example[]): string {
  const { id, title, description, remedy, notes, references } = rule;
  const [, wrong = description, why = ""] = /^(.*?[.!?])\s+(?=[A-Z`])(.*)$/s.exec(description) ?? [];
  const kinds = new Set(examples.map(({ name }) => exampleKind(name)?.title ?? ""));
  const pairs = [...kinds].flatMap((title) =>
    pairOf(
      title,
      examples.filter(({ name }) => exampleKind(name)?.title === title),
    ),
  );
  const [first, ...others] = pairs.toSorted((a, b) => length(a) - length(b));
  return [
    NOTICE,
    `# ${id}\n`,
    `**${title}.**\n`,
    `${facts(rule)}\n`,
    "## What goes wrong\n",
    `${wrong}\n`,
    "## Why\n",
    ...(why ? [`${why}\n`] : []),
    `${references.map((url) => `- <${url}>`).join("\n")}\n`,
    ...(first ? [...showBad(first, "## "), ...showGood(first, "## ")] : []),
    ...others.flatMap((pair) => [
      `<details><summary>${pair.format}</summary>\n`,
      ...showBad(pair, "### "),
      ...showGood(pair, "### "),
      "</details>\n",
    ]),
    "## How to fix\n",
    `${remedy}\n`,
    "## Limitations\n",
    `${notes}\n`,
    ...links(rule, examples),
  ].join("\n");
}

interface Pair {
  readonly format: string;
  readonly bad: Example;
  readonly good: Example | undefined;
}

function size({ files }: Example): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

function length({ bad, good }: Pair): number {
  return size(bad) + (good ? size(good) : 0);
}

/** The shortest bad example of a format, with the shortest good one. */
function pairOf(format: string, examples: readonly Example[]): Pair[] {
  const shortest = (kind: Example["kind"]) =>
    examples.filter((example) => example.kind === kind).toSorted((a, b) => size(a) - size(b))[0];
  const bad = shortest("bad");
  return bad ? [{ format, bad, good: shortest("good") }] : [];
}

function showBad({ bad }: Pair, level: string): string[] {
  return [`${level}Bad\n`, ...showFiles(bad), block(bad.output, "text")];
}

function showGood({ good }: Pair, level: string): string[] {
  return good ? [`${level}Good\n`, ...showFiles(good)] : [];
}

/** The AWS page that the project grew from. */
const SEED = "https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html";

/** The rules that this page itself states; the others come from elsewhere in AWS's documentation or from reports. */
const STATED: ReadonlySet<string> = new Set([
  "execution-role-present",
  "job-definition-shape",
  "kms-resource-present",
  "no-binary-secrets",
  "secret-arn-format",
  "secret-decrypt-allowed",
  "secret-read-allowed",
  "secret-reference-is-arn",
  "secret-selector-format",
  "single-version-selector",
  "vpc-endpoint-present",
]);

function facts({ id, severity, subject, link }: Rule): string {
  const origin = STATED.has(id) ? ` Source: [AWS documentation, specifying sensitive data for Batch](${SEED}).` : "";
  const part = link === null ? "" : ` Link of the chain: ${link}.`;
  return `Severity: ${severity}. Checks: ${plural(subject)}.${part}${origin}`;
}

function plural(subject: string): string {
  return `${subject.replaceAll("_", " ")}s`.replace("policys", "policies");
}

function showFiles({ files }: Example): string[] {
  return files.flatMap(({ path, text }) => [`\`${path}\`\n`, block(text, LANGUAGES[extname(path)] ?? "text")]);
}

/** A fenced block, longer than any fence in the text. */
function block(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
}

function links({ id, subject }: Rule, examples: readonly Example[]): string[] {
  if (examples.length === 0) return [];
  const folder = `../../policies/rules/${subject}/${id}/examples`;
  const words = { bad: "has a finding", good: "passes", unknown: "can't be decided" };
  const lines = examples.map(({ name, kind }) => `- [${name}](${folder}/${name}) ${words[kind]}`);
  return [
    "## All examples\n",
    "The output of the check is beside each example, in a file that ends in `.out`.\n",
    `${lines.join("\n")}\n`,
  ];
}

/** The table of all rules, by what they judge. */
export function renderTable(rules: readonly Rule[]): string {
  const subjects = [...new Set(rules.map(({ subject }) => subject))];
  const tables = subjects.map((subject) => {
    const rows = rules
      .filter((rule) => rule.subject === subject)
      .map(
        ({ id, severity, title }) =>
          `| [${id}](${id}.md) | ${severity} | ${STATED.has(id) ? "yes" : ""} | ${title.replaceAll("|", "\\|")} |`,
      );
    return `## ${capitalized(plural(subject))}\n\n| rule | severity | on the AWS page | what must hold |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  const intro = `A certain finding of severity error fails the check; a likely one is shown as a warning and never blocks.
"On the AWS page" marks the rules that
[specifying sensitive data for Batch](${SEED})
states itself. \`batch-secrets-check explain RULE\` prints the same page in a terminal.
`;
  return ["<!-- Made by tools/docs.ts. -->\n", "# Rules\n", intro, ...tables].join("\n");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The table of rules in README.md, between its markers. */
const TABLE_IN_README = /(?<=<!-- rules: made by tools\/docs.ts -->\n)[\s\S]*(?=<!-- end of rules -->)/;

/** README.md with the table of the rules as they are. */
export function withRules(readme: string, rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, severity, title }) => `| [\`${id}\`](${PAGES}/${id}.md) | ${severity} | ${title.replaceAll("|", "\\|")} |`,
  );
  return readme.replace(
    TABLE_IN_README,
    () => `\n| rule | severity | what must hold |\n|---|---|---|\n${rows.join("\n")}\n\n`,
  );
}

const EXAMPLE_IN_README = /(?<=<!-- example: made by tools\/docs.ts -->\n)[\s\S]*(?=<!-- end of example -->)/;

/** README.md with the first finding of a text report as the example. */
export function withExample(readme: string, report: string): string {
  const [first = ""] = report.split(/\n(?=(?:error|warning|info)\[|unverified: |failed: )/);
  return readme.replace(EXAMPLE_IN_README, () => `\n${block(first, "text")}\n`);
}

/** The text report of the example in README.md. */
async function exampleReport(): Promise<string> {
  const folder = join(root, "examples/bad/colons");
  const options = { root: folder, paths: [], ignore: [], config: defaultConfig, failOn: "error" } as const;
  const { report, excerpts } = await check(options);
  return renderText(report, excerpts, { colour: false, width: DEFAULT_WIDTH });
}

/** The examples of a rule, sorted by name. */
function readExamples({ subject, id }: Rule): Example[] {
  const folder = join(root, "policies/rules", subject, id, "examples");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const kind = /\.(good|bad|unknown)\./.exec(name)?.[1];
      if (name.endsWith(".out") || (kind !== "good" && kind !== "bad" && kind !== "unknown")) return [];
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

/** Every file that is made here, by its path. */
async function pages(): Promise<Map<string, string>> {
  const rules = loadRules();
  const readme = readFileSync(join(root, "README.md"), "utf8");
  return new Map([
    ["README.md", withExample(withRules(readme, rules), await exampleReport())],
    [`${PAGES}/README.md`, renderTable(rules)],
    ...rules.map((rule): [string, string] => [`${PAGES}/${rule.id}.md`, renderPage(rule, readExamples(rule))]),
  ]);
}

async function main(checkOnly: boolean): Promise<void> {
  const wanted = await pages();
  mkdirSync(join(root, PAGES), { recursive: true });
  const stale = readdirSync(join(root, PAGES))
    .map((name) => `${PAGES}/${name}`)
    .filter((path) => !wanted.has(path));
  const changed = [...wanted.keys()].filter(
    (path) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== wanted.get(path),
  );
  if (checkOnly) {
    for (const path of [...changed, ...stale]) console.error(`${path} is out of date: run \`npm run fix\``);
    if (changed.length + stale.length > 0) process.exitCode = 1;
    return;
  }
  for (const path of stale) rmSync(join(root, path));
  for (const path of changed) writeFileSync(join(root, path), wanted.get(path) ?? "");
}

if (import.meta.main) await main(process.argv.includes("--check"));
