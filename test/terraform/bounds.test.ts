/**
 * Files that are made to never end, to fill memory or to read what is not theirs. Each must end at once, in a problem,
 * or in a job whose unknown parts are reported.
 */

import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { causeWords } from "../../src/facts/causes.ts";
import type { JobDefinition } from "../../src/facts/located.ts";
import { BEYOND } from "../../src/facts/text.ts";
import { readTerraform } from "../../src/formats/terraform/read.ts";
import type { Problem } from "../../src/source.ts";
import { openFolder } from "../../src/sources/tree.ts";
import { openWorkspace, type Workspace } from "../../src/sources/workspace.ts";
import { writeFiles } from "../support/files.ts";
import { memoryWorkspace } from "../support/memory-workspace.ts";

type Files = Readonly<Record<string, string>>;

function job(properties: string, more = ""): string {
  return `resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  ${more}
  container_properties = ${properties}
}
`;
}

/** A job with this expression as an environment variable: it must be read, and it hides nothing but itself. */
const variable = (expression: string) =>
  job(`jsonencode({ image = "busybox", environment = [{ name = "BOMB", value = ${expression} }] })`);
/** A job whose secrets are this expression: what is not known of it must be reported. */
const secrets = (expression: string) => job(`jsonencode({ image = "busybox", secrets = ${expression} })`);
/** Locals of which each is made of the one before: `local.a0` is given, `local.a100` the last. */
const chain = (first: string, next: (before: string) => string, length = 100) =>
  `locals {\n  a0 = ${first}\n${Array.from({ length }, (_, index) => `  a${index + 1} = ${next(`local.a${index}`)}\n`).join("")}}\n`;

interface Outcome {
  readonly jobs: readonly JobDefinition[];
  readonly problems: readonly Problem[];
  /** Why something about a job is unknown. */
  readonly reasons: readonly string[];
}

async function read(workspace: Workspace, paths: readonly string[]): Promise<Outcome> {
  const { units, problems } = await readTerraform(workspace, paths, { varFiles: [] });
  const jobs = units.flatMap(({ resources }) => resources.job_definitions);
  return {
    jobs,
    problems: [...problems, ...units.flatMap((unit) => unit.problems)],
    reasons: jobs.flatMap(({ unseen, containers }) =>
      [...unseen, ...containers.flatMap((container) => container.unseen)].flatMap(({ cause }) =>
        cause ? causeWords(cause) : [],
      ),
    ),
  };
}

const readFiles = (files: Files) => read(memoryWorkspace(files), Object.keys(files));

const partlyRead = (why: string) => `The module was only partly read: ${why}.`;
const TOO_MANY_STEPS = partlyRead("evaluating the module takes too many steps");
const TOO_LARGE = partlyRead("a value would be too large");

describe("expressions that compute without end", () => {
  test.each([
    ["a long range", 'join(",", range(1000000000))'],
    ["a range of tiny steps", 'join(",", range(0, 1e12, 0.0001))'],
    ["a pattern that goes back and back", `join("", regexall("(a*)*(a|aa)*b", "${"a".repeat(5000)}"))`],
    ["a pattern that repeats repetitions", `join("", regexall("((a{1000}){1000}){1000}", "${"a".repeat(5000)}"))`],
    ["numbers of many digits", `tostring(${"9".repeat(100_000)} * ${"9".repeat(100_000)} % 7)`],
  ])("%s", async (_name, expression) => {
    const { jobs, problems } = await readFiles({ "main.tf": variable(expression) });
    expect(problems).toEqual([]);
    expect(jobs[0]?.containers[0]?.environment[0]?.value?.value).toMatch(/⟨\*/);
  });

  test.each([
    ["a wide number", 'format("%1000000000d", 1)'],
    ["a precise number", 'format("%.999999999f", 1.5)'],
  ])("%s", async (_name, expression) => {
    const { jobs, problems } = await readFiles({ "main.tf": variable(expression) });
    expect(problems.map(({ message }) => message)).toEqual([partlyRead("it would take too much time or memory")]);
    expect(jobs[0]?.containers[0]?.environment[0]?.value?.value).toMatch(/⟨\*/);
  });

  test.each([
    ["loops within loops", "[for a in range(1000): [for b in range(1000): [for c in range(1000): c]]]"],
    ["loops that are flattened", '[for p in flatten([for a in range(1000): [for b in range(1000): "${a}-${b}"]]): p]'],
  ])("%s", async (_name, expression) => {
    const { problems, reasons } = await readFiles({ "main.tf": secrets(expression) });
    expect(problems).toEqual([{ path: "main.tf", line: 5, message: TOO_MANY_STEPS }]);
    expect(reasons).toContainEqual(expect.stringMatching(/ can't be evaluated$/));
  });

  test.each([
    ["products of sets", "setproduct(range(1000), range(1000), range(1000))", /^setproduct.* can't be evaluated$/],
    ["wide texts", 'formatlist("%500000s", range(1000))', /^formatlist.* can't be evaluated$/],
  ])("%s", async (_name, expression, why) => {
    const { reasons } = await readFiles({ "main.tf": secrets(expression) });
    expect(reasons).toEqual([expect.stringMatching(why)]);
  });

  test("dynamic blocks within dynamic blocks", async () => {
    const dynamic = (name: string, content: string) =>
      `dynamic "${name}" {\n for_each = range(1000)\n content {\n${content}\n}\n}\n`;
    const nested = dynamic("a", dynamic("b", dynamic("c", "x = 1")));
    const { problems } = await readFiles({ "main.tf": `resource "aws_batch_job_definition" "job" {\n${nested}}\n` });
    expect(problems.map(({ message }) => message)).toEqual([TOO_MANY_STEPS]);
  });
});

describe("values that double", () => {
  test.each([
    ["joined texts", '"ha"', (before: string) => `join(${before}, [${before}, ${before}])`],
    ["texts in texts", '"ha"', (before: string) => `"\${${before}}\${${before}}"`],
    ["formatted texts", '"ha"', (before: string) => `format("%[1]s%[1]s%[1]s", ${before})`],
    ["replaced texts", '"ha"', (before: string) => `replace(${before}, "", ${before})`],
    ["encoded texts", '"ha"', (before: string) => `jsonencode([${before}, ${before}])`],
    ["texts that are not known", "var.nothing", (before: string) => `"\${${before}}\${${before}}"`],
    ["calls of what is not known", "var.nothing", (before: string) => `join(${before}, [${before}, ${before}])`],
    ["choices that are not known", "var.nothing", (before: string) => `var.nothing ? "a${before}" : ${before}`],
  ])("%s", async (_name, first, next) => {
    const files = { "main.tf": `variable "nothing" {}\n${chain(first, next)}${variable("local.a100")}` };
    const { jobs, problems } = await readFiles(files);
    const value = jobs[0]?.containers[0]?.environment[0]?.value?.value ?? "";
    if (problems.length === 0) expect(value).toMatch(/⟨\*/);
    else expect([[TOO_MANY_STEPS], [TOO_LARGE]]).toContainEqual(problems.map(({ message }) => message));
    expect(value.length).toBeLessThan(2_000_000);
  });

  test("lists", async () => {
    const doubled = chain('["ha"]', (before) => `[${before}, ${before}]`);
    const { jobs } = await readFiles({ "main.tf": doubled + secrets("local.a100") });
    expect(jobs).toMatchObject([{ name: { value: `⟨*${BEYOND}⟩` }, containers: [] }]);
  });

  test.each([
    ["joined lists", '["ha"]', (before: string) => `concat(${before}, ${before})`],
    ["merged objects", '{ x = "ha" }', (before: string) => `merge({ l = ${before} }, { r = ${before} })`],
    ["flattened lists", '["ha"]', (before: string) => `flatten([${before}, ${before}])`],
  ])("%s", async (_name, first, next) => {
    const { jobs, reasons } = await readFiles({ "main.tf": chain(first, next) + secrets("local.a100") });
    expect(jobs).toHaveLength(1);
    expect(reasons.length).toBeGreaterThan(0);
  });

  test("documents of anchors", async () => {
    const anchors = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`,
    );
    const { reasons } = await readFiles({
      "main.tf": secrets('yamldecode(file("bomb.yaml")).a30'),
      "bomb.yaml": `a0: &a0 [x, x]\n${anchors.join("")}`,
    });
    expect(reasons).toEqual(['yamldecode(file("bomb.yaml")) can\'t be evaluated']);
  });

  test("policy documents of policy documents", async () => {
    const documents = Array.from({ length: 50 }, (_, index) => {
      const before = `data.aws_iam_policy_document.d${index}.json`;
      return `data "aws_iam_policy_document" "d${index + 1}" {\n  source_policy_documents = [${before}, ${before}]\n}\n`;
    });
    const files = {
      "main.tf": `data "aws_iam_policy_document" "d0" {
  statement { actions = ["s3:GetObject"] }
}
${documents.join("")}
resource "aws_iam_role_policy" "read" {
  role   = "job"
  policy = data.aws_iam_policy_document.d50.json
}
${job('jsonencode({ image = "busybox" })')}`,
    };
    const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
    expect(units[0]?.resources.policies[0]).toMatchObject({ statements: [{ effect: { value: `⟨*${BEYOND}⟩` } }] });
  });
});

describe("files that nest without end", () => {
  test.each([
    ["parentheses", `${"(".repeat(5000)}1${")".repeat(5000)}`],
    ["lists", `${"[".repeat(20_000)}1${"]".repeat(20_000)}`],
    ["objects", `${"{a=".repeat(5000)}1${"}".repeat(5000)}`],
    ["negations", `${"!".repeat(20_000)}true`],
    ["conditions", `${"true ? ".repeat(5000)}1${" : 2".repeat(5000)}`],
    ["sums", `1${" + 1".repeat(20_000)}`],
    ["calls", `${"lower(".repeat(3000)}"A"${")".repeat(3000)}`],
    ["strings", `${'"${'.repeat(2000)}1${'}"'.repeat(2000)}`],
    ["heredocs", `${"<<A\n${".repeat(300)}1${"}\nA\n".repeat(300)}`],
  ])("%s", async (_name, expression) => {
    const { problems } = await readFiles({ "main.tf": job(`jsonencode({ image = ${expression} })`) });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatchObject({ path: "main.tf", message: expect.stringMatching(/can't be read/) });
  });

  test("blocks", async () => {
    const nested = `${"a {\n".repeat(5000)}${"}\n".repeat(5000)}`;
    const { problems } = await readFiles({ "main.tf": `resource "aws_batch_job_definition" "job" {\n${nested}}\n` });
    expect(problems).toEqual([
      { path: "main.tf", line: 51, message: "This Terraform can't be read: blocks are nested more than 50 deep." },
    ]);
  });

  test.each([
    ["attributes", `var.a${".b".repeat(20_000)}`],
    ["indexes", `var.a${"[0]".repeat(20_000)}`],
  ])("%s", async (_name, expression) => {
    const { jobs } = await readFiles({ "main.tf": variable(expression) });
    expect(jobs).toHaveLength(1);
  });

  test.each([
    ["blocks that never end", 'resource "a" "b" {\n'.repeat(10_000)],
    ["strings that never end", 'a = "${\n'.repeat(10_000)],
    ["brackets that never end", "{[(<<A\n".repeat(10_000)],
  ])("%s", async (_name, rest) => {
    const { problems } = await readFiles({ "main.tf": variable('"x"') + rest });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(20);
  });

  test("a file longer than any that people write is a problem", async () => {
    const { problems, jobs } = await readFiles({
      "main.tf": `variable "map" {}\n${variable('var.map["key 5"]')}`,
      "terraform.tfvars": `map = {\n${Array.from({ length: 150_000 }, (_, key) => `  "key ${key}" = "v"\n`).join("")}}\n`,
    });
    expect(problems).toEqual([
      {
        path: "terraform.tfvars",
        message: "The file is longer than 2,000,000 characters, so it was not read.",
      },
    ]);
    expect(jobs[0]?.containers[0]?.environment[0]?.value?.value).toBe('⟨*var.map@*.tf["key 5"]⟩');
  });

  test("a long file of variables is read", async () => {
    const { jobs } = await readFiles({
      "main.tf": `variable "map" {}\n${variable('var.map["key 5"]')}`,
      "terraform.tfvars": `map = {\n${Array.from({ length: 20_000 }, (_, key) => `  "key ${key}" = "v"\n`).join("")}}\n`,
    });
    expect(jobs[0]?.containers[0]?.environment[0]?.value?.value).toBe("v");
  });
});

describe("instances without number", () => {
  test.each([
    "count = 10000",
    "count = 1e15",
    'for_each = toset([for pair in setproduct(range(100), range(100)): join("-", pair)])',
  ])("of one block, by %s", async (repetition) => {
    const { jobs, problems } = await readFiles({ "main.tf": job('jsonencode({ image = "x" })', repetition) });
    expect(jobs).toHaveLength(1000);
    expect(problems).toEqual([
      {
        path: "main.tf",
        line: 1,
        message: "aws_batch_job_definition.job has more than 1,000 instances, so the others were not read.",
      },
    ]);
  });

  test("by count of modules by count of modules", async () => {
    const { jobs, problems } = await readFiles({
      "main.tf": 'module "m" {\n  source = "./m"\n  count  = 1000\n}\n',
      "m/main.tf": 'module "n" {\n  source = "../n"\n  count  = 1000\n}\n',
      "n/main.tf": job('jsonencode({ image = "x" })', "count = 1000"),
    });
    expect(jobs).toHaveLength(10_000);
    expect(problems).toEqual([
      {
        path: "n/main.tf",
        line: 1,
        message: "There are more than 10,000 resources with this one, so the others were not read.",
      },
    ]);
  });

  test("of modules that each call the next one twice", async () => {
    const levels = Array.from({ length: 18 }, (_, level): [string, string] => [
      `m${level}/main.tf`,
      ["a", "b"].map((name) => `module "${name}" {\n  source = "../m${level + 1}"\n}\n`).join(""),
    ]);
    const files = Object.fromEntries([...levels, ["m18/main.tf", job('jsonencode({ image = "x" })')]]);
    const { jobs, problems } = await readFiles(files);
    expect(jobs.length).toBeGreaterThan(1000);
    expect(problems.map(({ message }) => message)).toEqual([
      "There are more than 5,000 modules with this one, so the others were not read.",
    ]);
  });
});

describe("what refers to itself", () => {
  const cycle = (name: string) => `${name} refers to itself, so its value is unknown.`;

  test("a local by way of others", async () => {
    const { problems } = await readFiles({
      "main.tf": `locals {\n  a = local.b\n  b = local.c\n  c = local.a\n}\n${variable("local.a")}`,
    });
    expect(problems).toEqual([{ path: "main.tf", line: 2, message: cycle("local.a") }]);
  });

  test("outputs of two modules by way of each other", async () => {
    const through = 'variable "x" {}\noutput "y" { value = var.x }\n';
    const { problems } = await readFiles({
      "main.tf": ["a", "b"]
        .map((name, index) => `module "${name}" {\n  source = "./${name}"\n  x = module.${["b", "a"][index]}.y\n}\n`)
        .join(""),
      "a/main.tf": through + variable("var.x"),
      "b/main.tf": through,
    });
    expect(problems).toEqual([{ path: "a/main.tf", line: 1, message: cycle("module.a.var.x") }]);
  });

  test("two resources", async () => {
    const role = (name: string, other: string) =>
      `resource "aws_iam_role" "${name}" {\n  name = aws_iam_role.${other}.name\n}\n`;
    const { problems } = await readFiles({ "main.tf": role("a", "b") + role("b", "a") + variable('"x"') });
    expect(problems.map(({ message }) => message)).toEqual([cycle("aws_iam_role.a")]);
  });

  test.each(["for_each = aws_batch_job_definition.job", "count = length(aws_batch_job_definition.job)"])(
    "%s",
    async (repetition) => {
      const { jobs, problems } = await readFiles({ "main.tf": job('jsonencode({ image = "x" })', repetition) });
      expect(jobs).toHaveLength(1);
      expect(problems).toEqual([{ path: "main.tf", line: 1, message: cycle("aws_batch_job_definition.job") }]);
    },
  );

  test("a module through two folders", async () => {
    const call = (folder: string) => `module "m" {\n  source = "../${folder}"\n}\n`;
    const { jobs, problems } = await readFiles({
      "infra/main.tf": call("a"),
      "a/main.tf": call("b"),
      "b/main.tf": variable('"x"') + call("a"),
    });
    expect(jobs).toHaveLength(1);
    expect(problems).toEqual([
      { path: "b/main.tf", line: 8, message: "The module a calls itself, so it was not read." },
    ]);
  });

  test("a template that renders itself", async () => {
    const { reasons } = await readFiles({
      "main.tf": job('templatefile("job.tftpl", {})'),
      "job.tftpl": '{ "image": "${templatefile("job.tftpl", {})}" }',
    });
    expect(reasons).toEqual([expect.stringMatching(/^templatefile.* can't be evaluated$/)]);
  });

  test("a template that renders another for every item", async () => {
    const { jobs } = await readFiles({
      "main.tf": job('templatefile("job.tftpl", {})'),
      "job.tftpl": '{ "image": "%{for i in range(1000)}${templatefile("part.tftpl", { i = i })}%{endfor}" }',
      "part.tftpl": "%{for j in range(1000)}${i}%{endfor}",
    });
    expect(jobs).toHaveLength(1);
  });
});

describe("files outside of the checked folder", () => {
  /** Runs in a folder beside which a file lies that is none of its business. */
  async function within<T>(files: Files, use: (root: string) => Promise<T>): Promise<T> {
    const outside = mkdtempSync(join(tmpdir(), "bounds-"));
    const root = join(outside, "repository");
    try {
      writeFileSync(join(outside, "outside.json"), '{ "image": "of the outside" }');
      writeFiles(root, files);
      return await use(root);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  }

  test("are refused by name, also behind a link", () =>
    within({ "infra/main.tf": job('file("link.json")') }, async (root) => {
      symlinkSync("../../outside.json", join(root, "infra/link.json"));
      const { reasons } = await read(openWorkspace(openFolder(root)), ["infra/main.tf"]);
      expect(reasons).toEqual(["the file link.json can't be read"]);
    }));

  test.each(["../../../etc/passwd", "/etc/passwd", "../../outside.json"])("%s is named in the report", (path) =>
    within(
      {
        "infra/whole.tf": job(`file("${path}")`),
        "infra/part.tf": job(
          `jsonencode({ image = "x", executionRoleArn = "arn:aws:iam::123456789012:role/r", secrets = [{ name = "S", valueFrom = file("${path}") }] })`,
        ).replace('"job" {', '"other" {'),
      },
      async (root) => {
        const options = { root, paths: [], ignore: [], config: defaultConfig, failOn: "error" } as const;
        const { report } = await check(options);
        expect(report.findings).toEqual([]);
        const told = report.unverified.map(({ reason, cause }) => `${reason} ${cause.name}`);
        expect(told.filter((one) => one.includes(path)).length).toBeGreaterThanOrEqual(2);
      },
    ),
  );

  test("modules are refused", async () => {
    const { problems } = await readFiles({ "main.tf": `${variable('"x"')}module "m" {\n  source = "../other"\n}\n` });
    expect(problems).toEqual([
      {
        path: "main.tf",
        line: 8,
        message: "The module ../other is outside the checked folder, so it was not read.",
      },
    ]);
  });
});
