/**
 * Writes docs/rules/ (a page for each rule from its metadata and examples, and the index of all rules),
 * docs/coverage.md, the schemas of docs/, and the index and the example in README.md. With `--check` it fails when a
 * file is not what it would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";
import type { ExampleFile, Pair } from "../src/policy/examples.ts";
import { type Link, links, loadRules, type Rule, wrongAndWhy } from "../src/policy/rules.ts";
import { DEFAULT_WIDTH, renderText } from "../src/report/text.ts";
import { capitalized } from "../src/words.ts";
import { renderCoverage, SEED, STATED } from "./coverage.ts";
import { type Example, examplesFolder, pairsOf, type Report, readExamples, readReport } from "./examples.ts";
import { schemas } from "./schema.ts";

const root = dirname(import.meta.dirname);
/** Relative to the project's folder. */
const PAGES = "docs/rules";

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
 * limitations. `explain` prints the same.
 */
export function renderPage(rule: Rule, examples: readonly Example[], report?: Report): string {
  const { id, title, remedy, notes, references } = rule;
  const { wrong, why } = wrongAndWhy(rule);
  const [first, ...others] = pairsOf(id, examples);
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
    ...exampleLinks(rule, examples, report),
  ].join("\n");
}

function showBad({ bad, output }: Pair, level: string): string[] {
  return [`${level}Bad\n`, ...showFiles(bad), block(output, "text")];
}

function showGood({ good }: Pair, level: string): string[] {
  return good.length > 0 ? [`${level}Good\n`, ...showFiles(good)] : [];
}

function facts({ id, severity, subject, link, enabled }: Rule): string {
  const origin = STATED.has(id) ? ` Source: [AWS documentation, specifying sensitive data for Batch](${SEED}).` : "";
  const part = link === null ? "" : ` Link of the chain: ${link}.`;
  const off = enabled ? "" : " Off by default: the [configuration](../configuration.md) switches it on.";
  return `Severity: ${severity}. Checks: ${plural(subject)}.${part}${off}${origin}`;
}

function plural(subject: string): string {
  return `${subject.replaceAll("_", " ")}s`.replace("policys", "policies");
}

function showFiles(files: readonly ExampleFile[]): string[] {
  return files.flatMap(({ path, text }) => [`\`${path}\`\n`, block(text, LANGUAGES[extname(path)] ?? "text")]);
}

/** A fenced block, longer than any fence in the text. */
function block(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
}

function exampleLinks(rule: Rule, examples: readonly Example[], report: Report | undefined): string[] {
  if (examples.length === 0) return [];
  const words = { bad: "has a finding", good: "passes", unknown: "can't be decided" };
  const lines = examples.map(({ name, kind }) => {
    const seen = name === report?.bad ? `, as in <${report.report}>` : "";
    return `- [${name}](../../${examplesFolder(rule)}/${name}) ${words[kind]}${seen}`;
  });
  return [
    "## All examples\n",
    "The output of the check is beside each example, in a file that ends in `.out`.\n",
    `${lines.join("\n")}\n`,
  ];
}

/** When a link of the chain holds. */
const HOLDS: Readonly<Record<Link, string>> = {
  reference: "`valueFrom` is a legal, complete and unambiguous reference in the right place.",
  role: "The container has an execution role, at the right level, and it is a role.",
  trust: "Amazon ECS may assume the role.",
  read: "The role may read the secret or parameter.",
  decrypt: "Where a customer managed key encrypts it, the role may decrypt with that key.",
  content: "It holds text, JSON where a key is asked for, that key, a value, that version.",
  network: "From where the job runs there is a usable way to the service.",
  agent: "The platform version, the agent and the log driver support what is used.",
};

const NO_LINK =
  "What should have been a secret, and policies that say too little or too much: no reference waits for these.";

interface Part {
  readonly name: string;
  readonly holds: string;
  readonly rules: readonly Rule[];
}

/** The rules by the link of the chain that they judge, in the order of the chain; then those of none. */
function parts(rules: readonly Rule[]): Part[] {
  const all = [
    ...links.map((link) => ({ name: link, holds: HOLDS[link], rules: rules.filter((rule) => rule.link === link) })),
    { name: "no link", holds: NO_LINK, rules: rules.filter(({ link }) => link === null) },
  ];
  return all.filter((part) => part.rules.length > 0);
}

/** The index of all rules, by the link of the chain that they judge. */
export function renderIndex(rules: readonly Rule[]): string {
  const tables = parts(rules).map(({ name, holds, rules }) => {
    const rows = rules.map(
      ({ id, severity, title, subject, enabled }) =>
        `| [${id}](${id}.md) | ${severity}${enabled ? "" : ", off"} | ${plural(subject)} | ${title.replaceAll("|", "\\|")} |`,
    );
    return `## ${capitalized(name)}\n\n${holds}\n\n| rule | severity | checks | what must hold |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  const intro = `The rules by the link of the chain that they judge, in the order in which a secret travels. A certain finding of
severity error fails the check; a likely one is shown as a warning and never blocks. A rule that is *off* is advice that
the [configuration](../configuration.md) switches on. \`batch-secrets-check explain RULE\` prints the page of a rule in a
terminal. [Coverage](../coverage.md) has each statement of the AWS page with the rules that judge it.
`;
  return ["<!-- Made by tools/docs.ts. -->\n", "# Rules\n", intro, ...tables].join("\n");
}

/** The index of rules in README.md, between its markers. */
const INDEX_IN_README = /(?<=<!-- rules: made by tools\/docs.ts -->\n)[\s\S]*(?=<!-- end of rules -->)/;

/** README.md with the index of the rules as they are. */
export function withRules(readme: string, rules: readonly Rule[]): string {
  const rows = parts(rules).map(({ name, holds, rules }) => {
    const ids = rules.map(({ id }) => `[\`${id}\`](${PAGES}/${id}.md)`);
    return `| **${name}** | ${holds} | ${ids.join(", ")} |`;
  });
  return readme.replace(
    INDEX_IN_README,
    () => `\n| link | holds when | rules |\n|---|---|---|\n${rows.join("\n")}\n\n`,
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

/** Every file that is made here, by its path. */
async function pages(): Promise<Map<string, string>> {
  const rules = loadRules();
  const readme = readFileSync(join(root, "README.md"), "utf8");
  return new Map([
    ["README.md", withExample(withRules(readme, rules), await exampleReport())],
    ["docs/coverage.md", renderCoverage(rules, readExamples)],
    [`${PAGES}/README.md`, renderIndex(rules)],
    ...schemas(),
    ...rules.map((rule): [string, string] => [
      `${PAGES}/${rule.id}.md`,
      renderPage(rule, readExamples(rule), readReport(rule)),
    ]),
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
