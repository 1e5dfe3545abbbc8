/** Sets the check up in a repository: a workflow and a configuration with what could be recognised. */
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { check } from "../check.ts";
import { defaultConfig } from "../config/config.ts";
import { configNames, configOf, readConfig } from "../config/read.ts";
import { schemaUrl } from "../config/schema.ts";
import type { Suggested } from "../facts/unit.ts";
import { groupBy } from "../maps.ts";
import { homepage } from "../product.ts";
import { settledBy } from "../report/questions.ts";
import type { Report } from "../report/report.ts";
import { isWithin, wayTo } from "../sources/within.ts";
import { openQuestions } from "../verdict/questions.ts";
import type { ExitCode } from "../verdict/verdict.ts";
import { quantity } from "../words.ts";
import type { Asked } from "./command.ts";
import { repositoryOf } from "./paths.ts";
import { print, tell } from "./print.ts";
import type { Process } from "./terminal.ts";

const WORKFLOWS = ".github/workflows";
const WORKFLOW = `${WORKFLOWS}/batch-secrets.yml`;
const ACTION = homepage.replace("https://github.com/", "");

/** A file to write, or why there is none to. */
interface Planned {
  readonly path: string;
  readonly text: string | undefined;
  readonly why: string;
}

export async function runInit({ isTrial }: Asked<"init">, { workingFolder: root }: Process): Promise<ExitCode> {
  const { config, problems } = await readConfig(root);
  const known = problems.length === 0 ? config : defaultConfig;
  const options = { root, paths: known.paths, ignore: known.pathsIgnore, config: known, chains: false } as const;
  const { report, suggested } = await check({ ...options, failOn: "error" });
  const deployments = together(suggested);
  const files = [workflowFor(root), configurationFor(root, deployments)];
  for (const file of files) {
    if (file.text === undefined) tell(file.why);
    else if (isTrial) print(`# ${file.path}\n${file.text}\n`, undefined);
    else tell(write(root, file.path, file.text));
  }
  for (const sentence of leftOpen(report, deployments)) tell(sentence);
  if (topOf(root) === "") tell("To block merges, make batch-secrets a required check.");
  return 0;
}

/** Writes a file that isn't there, and says so. Nothing outside of the folder is written. */
function write(root: string, path: string, text: string): string {
  const full = join(root, path);
  try {
    let there = dirname(full);
    while (!existsSync(there)) there = dirname(there);
    if (!isWithin(realpathSync(root), realpathSync(there))) return `${path} leads out of this folder.`;
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text, { flag: "wx" });
    return `Wrote ${path}.`;
  } catch (error) {
    throw new Error(`${path} can't be written`, { cause: error });
  }
}

function workflowFor(root: string): Planned {
  const used = workflowsIn(root).find(({ text }) => text.includes("batch-secrets-check"));
  const path = used?.path ?? WORKFLOW;
  const top = topOf(root);
  if (top !== "") {
    const why = `No workflow was written: GitHub looks for them at the top of the repository, in ${top}. Start init there, or give a workflow there the input \`working-directory\`.`;
    return { path, text: undefined, why };
  }
  if (used || existsSync(join(root, path))) {
    return { path, text: undefined, why: `${path} is there and was left as it is.` };
  }
  return { path, text: workflow(), why: "" };
}

/** The way from a folder to the top of its repository; empty when it is that, or in none. */
function topOf(root: string): string {
  return wayTo(root, repositoryOf(root));
}

function workflowsIn(root: string): readonly { readonly path: string; readonly text: string }[] {
  const folder = join(root, WORKFLOWS);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => ({ path: `${WORKFLOWS}/${name}`, text: readFileSync(join(folder, name), "utf8") }));
}

function configurationFor(root: string, deployments: readonly Recognised[]): Planned {
  const there = configOf(root);
  const [path] = configNames;
  if (there === undefined) return { path, text: configuration(deployments), why: "" };
  return { path: there, text: undefined, why: `${there} is there and was left as it is.` };
}

function workflow(): string {
  return `name: Batch secrets
on:
  pull_request:
  merge_group:
permissions: {}
concurrency:
  group: batch-secrets-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  batch-secrets:
    runs-on: ubuntu-latest
    permissions:
      contents: read # to check out the files and read the configuration of the base
      pull-requests: write # to comment; with \`read\` the check works the same, without comments
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: ${ACTION}@v1
`;
}

function configuration(deployments: readonly Recognised[]): string {
  return `# yaml-language-server: $schema=${schemaUrl}
# Every key, and what it means: ${homepage}/blob/v1/docs/configuration.md

# With which values, in which account and Region the parts of this repository are deployed.
${deployments.length === 0 ? EXAMPLE : `deployments:\n${deployments.map(entry).join("")}`}
# What to leave out.
# paths-ignore:
#   - "**/test/**"

# Findings to live with for now, each with a reason.
# suppressions:
#   - rule: vpc-endpoint-present
#     path: infra/legacy/**
#     reason: "the VPC is replaced in spring"
#     until: "2027-03-31"
`;
}

const EXAMPLE = `# deployments:
#   - name: production
#     unit: infra/batch
#     var-files: [infra/batch/env/production.tfvars]
#     account: "111122223333"
#     region: eu-west-1
`;

function entry({ name, units, varFiles, parameters }: Recognised): string {
  const list = (key: string, values: readonly string[]) =>
    values.length === 0 ? "" : `    ${key}: [${values.map((one) => JSON.stringify(one)).join(", ")}]\n`;
  return `  - name: ${JSON.stringify(name)}
${list("unit", units)}${list("var-files", varFiles)}${list("parameters", parameters)}    # account: "111122223333"
    # region: eu-west-1
`;
}

/** A deployment with all that is deployed by its name. */
interface Recognised {
  readonly name: string;
  readonly units: readonly string[];
  readonly varFiles: readonly string[];
  readonly parameters: readonly string[];
}

/** One deployment for each name. */
function together(all: readonly Suggested[]): readonly Recognised[] {
  return [...groupBy(all, ({ name }) => name)].map(([name, own]) => {
    const files = (key: Suggested["key"]) => distinct(own.flatMap((one) => (one.key === key ? [one.path] : [])));
    return {
      name,
      units: distinct(own.map(({ unit }) => unit)),
      varFiles: files("var-files"),
      parameters: files("parameters"),
    };
  });
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** So many open questions are named, and so many notes. */
const MOST_QUESTIONS = 3;
const MOST_NOTES = 3;

/** What a person has to decide, or to know. */
function leftOpen(
  { summary, problems, notes, unverified }: Report,
  deployments: readonly Recognised[],
): readonly string[] {
  const names = deployments.map(({ name }) => name).join(", ");
  const settled = openQuestions(unverified).flatMap((question) => settledBy(question) ?? []);
  return [
    `Found ${quantity(summary.jobDefinitions, "job definition")} with ${quantity(summary.references, "secret reference")}: ${summary.proven} proven, ${summary.unverified} unverified, ${quantity(summary.errors, "error")}.`,
    ...(deployments.length === 0
      ? []
      : [
          `Recognised ${names} by files with values. Left open: their accounts and Regions, and whether the names are right.`,
        ]),
    ...(problems.length === 0
      ? []
      : [`${quantity(problems.length, "file")} could not be read: see batch-secrets-check check.`]),
    ...notes.slice(0, MOST_NOTES).map(({ path, message }) => `${path}: ${message}`),
    ...settled.slice(0, MOST_QUESTIONS),
  ];
}
