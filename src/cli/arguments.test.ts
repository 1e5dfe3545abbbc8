import fc from "fast-check";
import { expect, test } from "vitest";
import { json } from "../report/json.ts";
import { reports } from "../report/table.ts";
import { parseArguments } from "./arguments.ts";

const [text] = reports;
const unset = {
  format: text,
  show: undefined,
  output: undefined,
  config: undefined,
  fix: false,
  writeBaseline: undefined,
  policies: [],
};

test("without a command the paths are checked", () => {
  expect(parseArguments([])).toEqual({ name: "check", paths: [], ...unset, failOn: undefined });
  expect(parseArguments(["infra", "a.json"])).toEqual({
    name: "check",
    paths: ["infra", "a.json"],
    ...unset,
    failOn: undefined,
  });
});

test("every option of check is read, in any order and form", () => {
  const expected = {
    name: "check",
    paths: ["infra"],
    format: json,
    show: "proven",
    output: "r.json",
    config: "c.yaml",
    failOn: "never",
    fix: true,
    writeBaseline: "known.json",
    policies: ["a.tar.gz", "b.tar.gz"],
  };
  const options = [
    ...["--format", "json", "--output=r.json", "--config", "c.yaml"],
    ...[
      "--fail-on=never",
      "--fix",
      "--write-baseline",
      "known.json",
      "--policy",
      "a.tar.gz",
      "--policy=b.tar.gz",
      "--show",
      "proven",
    ],
  ];
  expect(parseArguments(["check", "infra", ...options])).toEqual(expected);
  expect(parseArguments([...options, "check", "infra"])).toEqual(expected);
});

test("what is behind -- is a path, whatever it looks like", () => {
  expect(parseArguments(["check", "--", "--format", "-x"])).toEqual({
    name: "check",
    paths: ["--format", "-x"],
    ...unset,
    failOn: undefined,
  });
});

test("the other commands have their own options", () => {
  expect(parseArguments(["facts", "infra", "--config", "c.yaml"])).toEqual({
    name: "facts",
    paths: ["infra"],
    output: undefined,
    config: "c.yaml",
  });
  expect(parseArguments(["rules", "--format", "json"])).toEqual({ name: "rules", format: "json", output: undefined });
  expect(parseArguments(["explain", "secret-arn-format"])).toEqual({
    name: "explain",
    rule: "secret-arn-format",
    format: "text",
    output: undefined,
  });
});

test("the commands that ask AWS have its profile and Regions", () => {
  const asks = {
    config: undefined,
    output: undefined,
    deployment: undefined,
    profile: undefined,
    region: undefined,
    print: undefined,
  };
  expect(parseArguments(["collect", "infra"])).toEqual({ name: "collect", paths: ["infra"], ...asks });
  expect(parseArguments(["collect", "--profile", "prod", "--region=eu-west-1", "--output", "e", "--dry-run"])).toEqual({
    ...{ name: "collect", paths: [], ...asks, profile: "prod", region: "eu-west-1", output: "e", print: "commands" },
  });
  expect(parseArguments(["collect", "--print-policy"])).toMatchObject({ print: "policy" });
  const regions = ["--region", "eu-west-1", "--region", "us-east-1", "--region", "eu-west-1"];
  expect(parseArguments(["account", ...regions, "--all-revisions", "--format", "json"])).toEqual({
    ...{ name: "account", format: json, show: undefined, output: undefined, config: undefined, failOn: undefined },
    ...{
      deployment: undefined,
      profile: undefined,
      regions: ["eu-west-1", "us-east-1"],
      allRevisions: true,
      printPolicy: false,
    },
  });
});

test("help and version are asked for in the usual ways", () => {
  expect(["--help", "-h", "help"].map((word) => parseArguments([word]))).toEqual(
    Array.from({ length: 3 }, () => ({ name: "help", topic: undefined })),
  );
  expect(
    [
      ["explain", "-h"],
      ["help", "explain"],
    ].map(parseArguments),
  ).toEqual([
    { name: "help", topic: "explain" },
    { name: "help", topic: "explain" },
  ]);
  expect([["--version"], ["-V"]].map(parseArguments)).toEqual([{ name: "version" }, { name: "version" }]);
});

test("each mistake is one sentence and a way out", () => {
  const said = (args: string[]) => {
    const asked = parseArguments(args);
    return asked.name === "mistake" ? `${asked.message} ${asked.hint}` : asked;
  };
  const mistakes: [string[], string][] = [
    [["--fromat", "json"], "There is no option --fromat. Did you mean --format?"],
    [["--sarif"], "There is no option --sarif. See batch-secrets-check --help."],
    [["-x"], "There is no option -x. See batch-secrets-check --help."],
    [["--policy"], "--policy needs the name of a file. See batch-secrets-check --help."],
    [["--base"], "--base needs the name of a branch, a tag or a commit. See batch-secrets-check --help."],
    [["--scope", "old"], '--scope can\'t be "old". Give one of new, all.'],
    [
      ["--format", "pdf"],
      '--format can\'t be "pdf". Give one of text, json, markdown, html, sarif, junit, gitlab, github.',
    ],
    [["--format", "jsno"], '--format can\'t be "jsno". Did you mean --format json?'],
    [["--format"], "--format needs a value. Give one of text, json, markdown, html, sarif, junit, gitlab, github."],
    [["--fail-on", "--format", "json"], "--fail-on needs a value. Give one of error, warning, never."],
    [["--output"], "--output needs the name of a file. See batch-secrets-check --help."],
    [["--output="], "--output needs the name of a file. See batch-secrets-check --help."],
    [["--help=all"], "--help accepts no value. See batch-secrets-check --help."],
    [
      ["facts", "--format", "json"],
      "The command facts has no option --format. It belongs to check, account, rules, explain, merge.",
    ],
    [
      ["rules", "--config", "x"],
      "The command rules has no option --config. It belongs to check, collect, account, facts.",
    ],
    [
      ["rules", "secret-arn-format"],
      "The command rules lists all rules. Write explain secret-arn-format for one of them.",
    ],
    [["collect", "--region", "Ireland"], '"Ireland" is no Region. One is eu-west-1.'],
    [["collect", "--profile"], "--profile needs the name of a profile. See batch-secrets-check --help."],
    [
      ["collect", "--dry-run", "--print-policy"],
      "--dry-run and --print-policy print different things. Give one of them.",
    ],
    [["account", "infra"], "The command account checks no files. Write check infra, or collect infra."],
    [["explain"], "The command explain needs the id of one rule. The command rules lists them."],
    [["explain", "a", "b"], "The command explain needs the id of one rule. The command rules lists them."],
  ];
  expect(mistakes.map(([args]) => said(args))).toEqual(mistakes.map(([, text]) => text));
});

test("no arguments make it throw", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom("check", "--", "-", "--format", "--output", "-h", "--__proto__", "--no-help", "-hV", "--=x"),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (args) => {
      expect(parseArguments(args).name).toBeTypeOf("string");
    }),
  );
});
