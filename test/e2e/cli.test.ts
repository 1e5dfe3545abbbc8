/**
 * The command as people run it: dist/cli.js in a process of its own. Golden files are in golden/; after a change
 * `UPDATE=1 npx vitest run test/e2e/cli.test.ts`, then read the difference.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Report } from "../../src/report/report.ts";
import { compile } from "../../tools/policy.ts";
import { writeFiles } from "../support/files.ts";

const dist = join(import.meta.dirname, "../../dist");
const golden = join(import.meta.dirname, "golden");

const { PATH = "", UPDATE } = process.env;

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "cli-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  writeFiles(folder, files);
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(args: readonly string[], environment: Readonly<Record<string, string>> = {}, program = dist): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(program, "cli.js"), ...args], {
    cwd: folder,
    env: { PATH, ...environment },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function expectGolden(name: string, text: string): void {
  const path = join(golden, name);
  if (UPDATE) {
    mkdirSync(golden, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, "utf8"));
}

/** The report without what differs from run to run. */
function still(json: string): Report {
  const report: Report = JSON.parse(json);
  return { ...report, summary: { ...report.summary, durationMs: 0 } };
}

function jobDefinition(valueFrom: string, more: object = {}): string {
  const definition = {
    jobDefinitionName: "nightly",
    type: "container",
    containerProperties: {
      image: "alpine",
      executionRoleArn: "arn:aws:iam::123456789012:role/batch-execution",
      secrets: [{ name: "DB_PASSWORD", valueFrom }],
      ...more,
    },
  };
  return `${JSON.stringify(definition, undefined, 2)}\n`;
}

const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";

function policy(resource: string): string {
  const statement = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: resource };
  return `${JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2)}\n`;
}

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

const role = {
  Role: {
    RoleName: "batch-execution",
    Arn: "arn:aws:iam::123456789012:role/batch-execution",
    AssumeRolePolicyDocument: trust,
  },
};

const good = {
  "jobs/nightly.json": jobDefinition(`${secret}:password::`),
  "iam/role.json": `${JSON.stringify(role, undefined, 2)}\n`,
  "iam/batch-execution.json": policy(secret),
  "secrets/db.json": '{ "Name": "prod/db", "SecretString": "{\\"password\\": \\"hunter2\\"}" }\n',
  ".batch-secrets-check.yaml": "role-policies:\n  batch-execution: iam/batch-execution.json\n",
};

const bad = { ...good, "jobs/nightly.json": jobDefinition(`${secret}:password`) };

test("--fix makes the edits of certain findings, and what is then wrong is what only people can decide", () => {
  cpSync(join(import.meta.dirname, "../../examples/bad"), folder, { recursive: true });
  const before = JSON.parse(cli(["check", "--format", "json"]).stdout) as Report;
  const { status, stdout, stderr } = cli(["check", "--fix", "--format", "json"]);
  const after = JSON.parse(stdout) as Report;
  expect(stderr).toMatch(
    /^\d+ findings fixed in colons\/batch\.tf, json\/job-definition\.json, terraform\/main\.tf\.\n$/,
  );
  expect(after.summary.errors).toBeLessThan(before.summary.errors);
  expect(after.problems).toEqual([]);
  expect(after.findings.map(({ rule }) => rule)).not.toContain("secret-selector-format");
  expect(status).toBe(1);
  expect(cli(["check", "--fix"]).stderr).toBe("0 findings fixed.\n");
});

test("a violation is shown with its code and remedy, and exits with 1", () => {
  write(bad);
  const { status, stdout, stderr } = cli([]);
  expect([status, stderr]).toEqual([1, ""]);
  expectGolden("check.txt", stdout);
});

test("a permission that is missing is shown as the statement to add", () => {
  write({ ...good, "iam/batch-execution.json": policy(`${secret}-other`) });
  const { status, stdout, stderr } = cli([]);
  expect([status, stderr]).toEqual([1, ""]);
  expectGolden("statement.txt", stdout);
});

test("programs get the same as JSON", () => {
  write(bad);
  const { status, stdout, stderr } = cli(["check", "--format", "json"]);
  expect([status, stderr]).toEqual([1, ""]);
  expectGolden("check.json", `${JSON.stringify(still(stdout), undefined, 2)}\n`);
});

test("what can't be decided is reported with its reason, and passes", () => {
  write({ "job.json": jobDefinition(`${secret}:password::`) });
  const { status, stdout, stderr } = cli([]);
  expect([status, stderr]).toEqual([0, ""]);
  expectGolden("unverified.txt", stdout);
});

test("a reference whose whole chain is good is proven", () => {
  write(good);
  expect(cli([])).toEqual({
    status: 0,
    stdout:
      "passed: no findings\n4 files, 1 job definition, 1 secret reference: 1 proven, 0 with findings, 0 unverified\n",
    stderr: "",
  });
});

test("the chain of a proven reference is the evidence for it", () => {
  write(good);
  const { status, stdout, stderr } = cli(["--show", "proven"]);
  expect([status, stderr]).toEqual([0, ""]);
  expectGolden("proven.txt", stdout);
});

test("that there is no job definition is reported", () => {
  expect(cli([])).toEqual({ status: 0, stdout: "passed: no findings\n0 files, 0 job definitions found\n", stderr: "" });
});

test("a relevant file that can't be read exits with 2, whatever else was found", () => {
  write({ ...bad, "jobs/broken.json": '{ "jobDefinitionName": "x", "containerProperties": { "secrets": [ }' });
  const { status, stdout } = cli([]);
  expect(status).toBe(2);
  expect(stdout).toMatch(/^problem: jobs\/broken\.json:1: /m);
  expect(stdout).toMatch(/^failed: 1 error, 1 problem$/m);
});

test("what fails the check can be chosen, by the command line before the configuration", () => {
  write(bad);
  expect(cli(["--fail-on", "never"]).status).toBe(0);
  write({ ".batch-secrets-check.yaml": `${good[".batch-secrets-check.yaml"]}fail-on: never\n` });
  expect(cli([]).status).toBe(0);
  expect(cli(["--fail-on", "error"]).status).toBe(1);
});

test("the configuration says what is checked, unless the command line does", () => {
  write({ ...bad, "other/job.json": jobDefinition(secret), ".batch-secrets-check.yaml": "paths: other\n" });
  const definitions = (args: string[]) => still(cli([...args, "--format", "json"]).stdout).summary.jobDefinitions;
  expect(definitions([])).toBe(1);
  expect(definitions(["."])).toBe(2);
  write({ ".batch-secrets-check.yaml": 'paths-ignore: "jobs/**"\n' });
  expect(definitions(["."])).toBe(1);
});

test("a mistake in the configuration stops the check, with its line and the way out", () => {
  write({ ...bad, ".batch-secrets-check.yaml": "paths: jobs\nfail_on: error\n" });
  expect(cli([])).toEqual({
    status: 2,
    stdout: "",
    stderr: '.batch-secrets-check.yaml:2: Unknown key "fail_on". Did you mean "fail-on"?\n',
  });
  expect(cli(["--config", "none.yaml"])).toEqual({
    status: 2,
    stdout: "",
    stderr: "none.yaml: There is no such configuration file.\n",
  });
});

test("a mistake on the command line is one sentence and a hint, without a stack", () => {
  const mistakes: [string[], string][] = [
    [["--fromat", "json"], "There is no option --fromat. Did you mean --format?\n"],
    [["--sarif"], "There is no option --sarif. See batch-secrets-check --help.\n"],
    [["chekc"], "There is no file or folder chekc. Did you mean the command check?\n"],
    [
      ["explain", "secret-selektor-format"],
      "There is no rule secret-selektor-format. Did you mean secret-selector-format?\n",
    ],
    [["a\u001b\nb"], "There is no file or folder a� b. Paths are relative to the current folder.\n"],
    [["rules", "--output", "none/rules.txt"], "none/rules.txt can't be written (ENOENT).\n"],
  ];
  for (const [args, stderr] of mistakes) expect(cli(args)).toEqual({ status: 2, stdout: "", stderr });
});

test("one folder elsewhere is checked as if it were the current one", () => {
  write({ "here/.keep": "", "there/jobs/nightly.json": bad["jobs/nightly.json"] });
  const { stdout } = spawnSync(process.execPath, [join(dist, "cli.js"), "../there", "--format", "json"], {
    cwd: join(folder, "here"),
    encoding: "utf8",
  });
  expect(still(stdout).findings.map(({ location }) => location.path)).toEqual(["jobs/nightly.json"]);
});

test("a report goes to a file whole, and nothing is printed", () => {
  write(bad);
  expect(cli(["--format", "json", "--output", "report.json"])).toEqual({ status: 1, stdout: "", stderr: "" });
  expect(still(readFileSync(join(folder, "report.json"), "utf8")).verdict).toBe("fail");
  expect(readdirSync(folder).sort()).toEqual([".batch-secrets-check.yaml", "iam", "jobs", "report.json", "secrets"]);
});

test("colour is for who asks for it", () => {
  write(bad);
  expect(cli([]).stdout).not.toContain("\u001b");
  const coloured = cli([], { FORCE_COLOR: "1" }).stdout;
  expect(coloured.startsWith("\u001b[1;31merror[")).toBe(true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(coloured.replace(/\u001b\[[\d;]*m/g, "")).toBe(cli([]).stdout);
});

test("names and values of files can't steer a terminal or a runner", () => {
  const hostile = "\u001b[2J\u009b31m\u202e\n::error::owned";
  write({ [`${hostile.replaceAll("/", "")}.json`]: jobDefinition(`${secret}:${hostile}`, { command: [hostile] }) });
  for (const args of [[], ["--format", "json"], ["facts"]]) {
    const { stdout, stderr } = cli(args);
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(stdout + stderr).not.toMatch(/^\s*(?:::error|##\[)/m);
  }
});

test("no secret is printed, wherever it stands", () => {
  const planted = ["hunter2hunter2", `ghp_${"a1B2".repeat(9)}`, `AKI${"A"}IOSFODNN7EXAMPLE`, "s3cr3t-in-url"];
  const [password = "", token = "", key = "", url = ""] = planted;
  write({
    "job.json": jobDefinition(`${secret}:${token}`, {
      environment: [
        { name: "DB_PASSWORD", value: password },
        { name: "DATABASE_URL", value: `postgres://app:${url}@db/app` },
      ],
      command: ["run", "--token", password, key],
      secrets: [
        { name: "A", valueFrom: token },
        { name: "B", valueFrom: `${secret}:${key}` },
      ],
    }),
    "secret.json": JSON.stringify({ Name: "prod/db", SecretString: JSON.stringify({ password }) }),
    "stack.yaml": `Resources:\n  Db:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      SecretString: ${password}\n`,
  });
  for (const args of [[], ["--format", "json"], ["facts"]]) {
    const { stdout, stderr } = cli(args);
    for (const one of planted) expect(stdout + stderr).not.toContain(one);
  }
});

test("cases are JSON lines", () => {
  write(good);
  const { status, stdout, stderr } = cli(["facts"]);
  expect([status, stderr]).toEqual([0, ""]);
  const cases = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(cases.map(({ subject }) => subject.kind)).toEqual(["job_definition", "policy", "policy", "secret"]);
});

test("a reader that stops early is no failure", () => {
  write(good);
  for (let index = 0; index < 300; index++) write({ [`jobs/${index}.json`]: good["jobs/nightly.json"] });
  const command = `"${process.execPath}" "${join(dist, "cli.js")}" facts; echo "exit $?" >&2`;
  const { stdout, stderr } = spawnSync("sh", ["-c", `{ ${command}; } | head -c 100`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect([stdout.length, stderr]).toEqual([100, "exit 0\n"]);
});

test("the rules are listed and explained", () => {
  const listed: { readonly id: string; readonly title: string }[] = JSON.parse(
    cli(["rules", "--format", "json"]).stdout,
  );
  expect(listed.length).toBeGreaterThan(0);
  for (const rule of listed) {
    expect(Object.keys(rule)).toEqual(
      expect.arrayContaining(["id", "title", "severity", "subject", "link", "enabled"]),
    );
    const { status, stdout } = cli(["explain", rule.id]);
    expect([status, stdout.split("\n")[0]]).toEqual([0, `${rule.id}: ${rule.title}`]);
  }
  const [lines = "", tables = ""] = cli(["rules"]).stdout.trimEnd().split("\n\n");
  expect(lines.split("\n").length).toBe(listed.length);
  expect(tables).toMatch(/^AWS managed policies are known as of \d{4}-\d\d-\d\d /);
});

test("help tells every command and option", () => {
  const { status, stdout, stderr } = cli(["--help"]);
  expect([status, stderr]).toEqual([0, ""]);
  for (const word of [
    "check",
    "facts",
    "rules",
    "explain",
    "--format",
    "--output",
    "--config",
    "--fail-on",
    "--version",
    "Exit codes",
  ]) {
    expect(stdout).toContain(word);
  }
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  for (const topic of ["check", "facts", "rules", "explain"]) {
    expect(cli([topic, "--help"]).stdout.split("\n")[0]).toContain(`Usage: batch-secrets-check`);
  }
});

test("the command runs from a copy of dist alone, and says when the copy is broken", () => {
  const copy = join(folder, "copy");
  cpSync(dist, copy, { recursive: true });
  write(bad);
  expect(cli(["jobs", "iam", "secrets"], {}, copy).status).toBe(1);
  writeFileSync(join(copy, "policy.wasm"), "broken");
  const broken = cli(["jobs", "iam", "secrets"], {}, copy);
  expect([broken.status, broken.stdout]).toEqual([2, ""]);
  expect(broken.stderr).toMatch(/^the policy .*policy\.wasm can't be loaded: .*\.\n$/);
  rmSync(join(copy, "policy.wasm"));
  expect(cli(["jobs", "iam", "secrets"], {}, copy).stderr).toMatch(/^policy\.wasm is not beside .*\.\n$/);
});

test("a rule that fails on a case stops the check, and the case is named", () => {
  const copy = join(folder, "copy");
  cpSync(dist, copy, { recursive: true });
  write({
    ...bad,
    "main.rego": `package main

report := {"proofs": []} if input.subject.kind == "job_definition"

report := {"proofs": [1]} if input.subject.id != ""
`,
  });
  writeFileSync(join(copy, "policy.wasm"), compile([join(folder, "main.rego")], ["main/report"]));
  const { status, stdout, stderr } = cli(["jobs", "iam", "secrets", "--fail-on", "never"], {}, copy);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^the policy failed on the job definition jobs#nightly: .+\.\n$/);
});

test("the command is executable by itself", () => {
  expect(execFileSync(join(dist, "cli.js"), ["--version"], { encoding: "utf8" })).toBe("1.0.0\n");
});

/** So many jobs that several threads judge them. Every third names its secret wrongly. */
const manyJobs = (count: number) => ({
  "jobs.json": JSON.stringify({
    jobDefinitions: Array.from({ length: count }, (_, index) => ({
      jobDefinitionName: `job-${String(index).padStart(4, "0")}`,
      type: "container",
      containerProperties: {
        image: "app",
        secrets: [{ name: "TOKEN", valueFrom: index % 3 === 0 ? "arn:aws:secretsmanager:token" : "token" }],
      },
    })),
  }),
});

test("many jobs are judged in threads, and reported in their order", () => {
  write(manyJobs(320));
  expect(cli(["check", "--format", "json", "--output", "report"]).status).toBe(1);
  const { findings, references }: Report = JSON.parse(readFileSync(join(folder, "report"), "utf8"));
  const jobs = references.map(({ job }) => job);
  expect([jobs.length, jobs]).toEqual([320, jobs.toSorted()]);
  const wrong = findings.filter(({ rule }) => rule === "secret-arn-format").map(({ subject }) => subject.address);
  expect([wrong.length, wrong]).toEqual([107, wrong.toSorted()]);
});

test("Ctrl-C ends a run with its threads", async () => {
  write(manyJobs(5_000));
  const running = spawn(process.execPath, [join(dist, "cli.js"), "check"], { cwd: folder, stdio: "ignore" });
  await setTimeout(1_000);
  running.kill("SIGINT");
  expect(await once(running, "exit")).toEqual([null, "SIGINT"]);
});
