/** The inputs of the action: `action.yml` describes them, this reads all of them once. */
import { fileReports } from "../report/table.ts";
import { type Scope, scopeValues } from "../verdict/finding.ts";
import { type FailOn, failOnValues } from "../verdict/verdict.ts";
import type { Environment } from "./event.ts";

export type CommentWhen = "always" | "on-failure" | "never";

/** What becomes of the comment of a fixed finding: it goes, or stays and says so. */
export type FixedThreads = "delete" | "keep";

export interface Inputs {
  /** Distinguishes steps of one pull request in their comments; undefined: their place and inputs do. */
  readonly name: string | undefined;
  /** What tells the jobs of a matrix apart, as GitHub shows it: `staging, 2`. Undefined where there is no matrix. */
  readonly matrix: string | undefined;
  /** Empty: nothing is read from GitHub and nothing is written there. */
  readonly token: string;
  readonly paths: readonly string[];
  readonly pathsIgnore: readonly string[];
  readonly workingDirectory: string;
  /** Undefined: the usual names of a configuration file are tried. */
  readonly config: string | undefined;
  /** Bundles with rules of the user's own, besides those of the configuration. */
  readonly policies: readonly string[];
  /** Folders of evidence, empty for the usual one; `collect` among them: the run asks AWS itself. */
  readonly evidence: readonly string[];
  /** Undefined: the configuration decides. */
  readonly failOn: FailOn | undefined;
  /** Undefined: the configuration or the event decides. */
  readonly scope: Scope | undefined;
  readonly comment: CommentWhen;
  readonly review: boolean;
  readonly fixed: FixedThreads;
  readonly annotations: boolean;
  /** A report to publish, in place of a check. */
  readonly report: string | undefined;
  /** Where reports are written, by the name of the input; the others go to the runner's temporary folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** What `evidence` is set to so that a run asks AWS. */
export const COLLECT = "collect";

export const inputNames: readonly string[] = [
  "github-token",
  "name",
  "matrix",
  "paths",
  "paths-ignore",
  "working-directory",
  "config",
  "policies",
  "evidence",
  "fail-on",
  "scope",
  "comment",
  "review",
  "fixed",
  "annotations",
  "report",
  ...fileReports.map(({ file }) => file.input),
];

const commentValues = ["always", "on-failure", "never"] as const;
const fixedValues = ["delete", "keep"] as const;
const switchValues = ["true", "false"] as const;

/**
 * Reads the inputs from the variables that the runner sets (`INPUT_GITHUB-TOKEN`). An empty input counts as not given:
 * defaults are here rather than in `action.yml`, so that a configuration file can come between. Throws a sentence for
 * each wrong value that names the input and the allowed values.
 */
export function readInputs(environment: Environment): Inputs {
  const errors: string[] = [];
  const text = (name: string): string => (environment[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const lines = (name: string): string[] =>
    text(name)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  const choice = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const given = text(name);
    const found = allowed.find((value) => value === given.toLowerCase());
    if (given !== "" && found === undefined) {
      errors.push(`Input ${name} is "${given}", but it must be one of: ${allowed.join(", ")}.`);
    }
    return found;
  };
  const inputs: Inputs = {
    token: text("github-token"),
    name: text("name") || undefined,
    matrix: matrixOf(text("matrix")),
    paths: lines("paths"),
    pathsIgnore: lines("paths-ignore"),
    workingDirectory: text("working-directory") || ".",
    config: text("config") || undefined,
    policies: lines("policies"),
    evidence: lines("evidence"),
    failOn: choice("fail-on", failOnValues),
    scope: choice("scope", scopeValues),
    comment: choice("comment", commentValues) ?? "always",
    review: choice("review", switchValues) !== "false",
    fixed: choice("fixed", fixedValues) ?? "delete",
    annotations: choice("annotations", switchValues) !== "false",
    report: text("report") || undefined,
    files: Object.fromEntries(
      fileReports.flatMap(({ file: { input } }) => (text(input) === "" ? [] : [[input, text(input)]])),
    ),
  };
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return inputs;
}

/** The values of a matrix from the JSON of its context, which is `null` or `{}` in other jobs; any other text is one. */
function matrixOf(context: string): string | undefined {
  try {
    const values: readonly unknown[] = Object.values(JSON.parse(context) ?? {});
    const shown = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    return shown.join(", ") || undefined;
  } catch {
    return context || undefined;
  }
}
