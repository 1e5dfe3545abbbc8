/** The commands, and the options that each has. */
import { type ReportFormat, type Show, showValues } from "../report/report.ts";
import { reports } from "../report/table.ts";
import { type Scope, scopeValues } from "../verdict/finding.ts";
import { type FailOn, failOnValues } from "../verdict/verdict.ts";

export const listFormats = ["text", "json"] as const;
export type ListFormat = (typeof listFormats)[number];

export type Command =
  | {
      readonly name: "check";
      readonly paths: readonly string[];
      readonly format: ReportFormat;
      readonly show: Show | undefined;
      readonly output: string | undefined;
      readonly config: string | undefined;
      readonly failOn: FailOn | undefined;
      readonly scope: Scope | undefined;
      /** What findings are compared with: a branch, tag or commit. */
      readonly base: string | undefined;
      readonly deployment: string | undefined;
      /** Bundles of the user's own rules. */
      readonly policies: readonly string[];
      /** Whether the edits of findings are made in the files. */
      readonly fix: boolean;
      /** Files and folders of evidence; undefined: the usual folder. */
      readonly evidence: readonly string[] | undefined;
      /** Where the findings are written that will not fail the check any more. */
      readonly writeBaseline: string | undefined;
    }
  | {
      readonly name: "facts";
      readonly paths: readonly string[];
      readonly output: string | undefined;
      readonly config: string | undefined;
      readonly evidence: readonly string[] | undefined;
    }
  | {
      readonly name: "account";
      readonly deployment: string | undefined;
      readonly profile: string | undefined;
      /** The Regions to look at; that of the credentials when there are none. */
      readonly regions: readonly string[];
      /** Whether every active revision of a job definition is judged, not only the newest. */
      readonly allRevisions: boolean;
      /** Whether the least IAM policy is printed in place of asking AWS. */
      readonly printPolicy: boolean;
      readonly format: ReportFormat;
      readonly show: Show | undefined;
      readonly output: string | undefined;
      readonly config: string | undefined;
      readonly failOn: FailOn | undefined;
    }
  | {
      readonly name: "collect";
      readonly paths: readonly string[];
      readonly config: string | undefined;
      /** The folder of evidence to write. */
      readonly output: string | undefined;
      readonly deployment: string | undefined;
      readonly profile: string | undefined;
      readonly region: string | undefined;
      /** What is printed in place of asking AWS. */
      readonly print: "commands" | "policy" | undefined;
    }
  | { readonly name: "rules"; readonly format: ListFormat; readonly output: string | undefined }
  | {
      readonly name: "explain";
      readonly rule: string;
      readonly format: ListFormat;
      readonly output: string | undefined;
    }
  | {
      readonly name: "merge";
      /** The paths of JSON reports. */
      readonly reports: readonly string[];
      readonly format: ReportFormat;
      readonly show: Show | undefined;
      readonly output: string | undefined;
      readonly failOn: FailOn | undefined;
    }
  | { readonly name: "init"; readonly isTrial: boolean }
  | { readonly name: "completions"; readonly shell: Shell }
  | { readonly name: "help"; readonly topic: CommandName | undefined }
  | { readonly name: "version" };

export type Asked<Name extends Command["name"]> = Extract<Command, { readonly name: Name }>;

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

export const commandNames = [
  "check",
  "collect",
  "account",
  "facts",
  "rules",
  "explain",
  "merge",
  "init",
  "completions",
] as const;
export type CommandName = (typeof commandNames)[number];

/** What an option accepts besides one of some words, as a sentence says it: `--region needs the name of a Region`. */
export const NAMES = {
  FILE: "a file",
  DIR: "a folder",
  REF: "a branch, a tag or a commit",
  PROFILE: "a profile",
  REGION: "a Region",
  NAME: "a deployment",
} as const;

/** What an option accepts: one of some words, or the name of something; undefined for a switch. */
export const options: Readonly<Record<string, readonly string[] | keyof typeof NAMES | undefined>> = {
  format: reports.map(({ name }) => name),
  output: "FILE",
  config: "FILE",
  "fail-on": failOnValues,
  scope: scopeValues,
  base: "REF",
  deployment: "NAME",
  show: showValues,
  evidence: "DIR",
  fix: undefined,
  "write-baseline": "FILE",
  policy: "FILE",
  profile: "PROFILE",
  region: "REGION",
  "dry-run": undefined,
  "print-policy": undefined,
  "all-revisions": undefined,
  help: undefined,
  version: undefined,
};

export const optionsOf: Readonly<Record<CommandName, readonly string[]>> = {
  check: [
    ...["format", "output", "config", "fail-on", "scope", "base", "deployment", "show", "evidence", "fix"],
    ...["write-baseline", "policy"],
  ],
  collect: ["output", "config", "deployment", "profile", "region", "dry-run", "print-policy"],
  account: [
    ...["format", "output", "config", "fail-on", "show", "deployment", "profile", "region"],
    ...["all-revisions", "print-policy"],
  ],
  facts: ["output", "config", "evidence"],
  rules: ["format", "output"],
  explain: ["format", "output"],
  merge: ["format", "output", "show", "fail-on"],
  init: ["dry-run"],
  completions: [],
};
