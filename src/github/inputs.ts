/** The inputs of the action: `action.yml` describes them, this reads all of them once. */
import { failOnValues } from "../config.ts";
import type { FailOn } from "../verdict/verdict.ts";
import type { Environment } from "./event.ts";

export type CommentWhen = "always" | "on-failure" | "never";

export interface Inputs {
  /** Empty: nothing is read from GitHub and nothing is written there. */
  readonly token: string;
  readonly paths: readonly string[];
  readonly pathsIgnore: readonly string[];
  readonly workingDirectory: string;
  /** Undefined: the usual names of a configuration are tried. */
  readonly config: string | undefined;
  /** Undefined: the configuration decides. */
  readonly failOn: FailOn | undefined;
  readonly comment: CommentWhen;
  readonly review: boolean;
  readonly annotations: boolean;
  readonly reportFile: string | undefined;
}

/** The names of all inputs, as `action.yml` has them. */
export const inputNames = [
  "github-token",
  "paths",
  "paths-ignore",
  "working-directory",
  "config",
  "fail-on",
  "comment",
  "review",
  "annotations",
  "report-file",
] as const;

type InputName = (typeof inputNames)[number];

const commentValues = ["always", "on-failure", "never"] as const;
const switchValues = ["true", "false"] as const;

/**
 * Reads the inputs from the variables that the runner sets (`INPUT_GITHUB-TOKEN`). An empty input is one not given: defaults
 * stand here rather than in `action.yml`, so that a configuration file can come between. Throws a sentence for each wrong value
 * that names the input and what it may be.
 */
export function readInputs(environment: Environment): Inputs {
  const errors: string[] = [];
  const text = (name: InputName): string => (environment[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const lines = (name: InputName): string[] =>
    text(name)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  const choice = <T extends string>(name: InputName, allowed: readonly T[]): T | undefined => {
    const given = text(name);
    const found = allowed.find((value) => value === given.toLowerCase());
    if (given !== "" && found === undefined) {
      errors.push(`Input ${name} is "${given}", but it must be one of: ${allowed.join(", ")}.`);
    }
    return found;
  };
  const inputs: Inputs = {
    token: text("github-token"),
    paths: lines("paths"),
    pathsIgnore: lines("paths-ignore"),
    workingDirectory: text("working-directory") || ".",
    config: text("config") || undefined,
    failOn: choice("fail-on", failOnValues),
    comment: choice("comment", commentValues) ?? "always",
    review: choice("review", switchValues) !== "false",
    annotations: choice("annotations", switchValues) !== "false",
    reportFile: text("report-file") || undefined,
  };
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return inputs;
}
