import { expect, test } from "vitest";
import { checkFiles } from "../../../test/support/checked.ts";
import type { Checked } from "../../check.ts";

const RULE = "secret-selector-format";
/** A reference that lacks a colon, of which the rule has a finding. */
const BROKEN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf:password";

/** What is found by the rule, with the line and whether it is suppressed; and the notes with their lines. */
function told({ report: { findings, notes } }: Checked) {
  return {
    found: findings
      .filter(({ rule }) => rule === RULE)
      .map(({ location, status }) => `${location.start.line} ${status}`),
    notes: notes.map(({ line, message }) => `${line} ${message}`),
  };
}

const inYaml = async (...lines: readonly string[]) =>
  told(
    await checkFiles({
      "template.yaml": ["Resources:", "  Job:", "    Type: AWS::Batch::JobDefinition", ...lines, ""].join("\n"),
    }),
  );
const JOB = ["    Properties:", "      Type: container", "      ContainerProperties:", "        Image: app"];
const SECRET = (name: string) => [`          - Name: ${name}`, `            ValueFrom: ${BROKEN}`];

test("a comment covers what begins on the next line of code", async () => {
  const lines = [...JOB, "        Secrets:"];
  const comment = `          # batch-secrets-check: ignore ${RULE} -- the stack goes in spring`;
  expect(await inYaml(...lines, ...SECRET("A"), ...SECRET("B"))).toEqual({ found: ["10 new", "12 new"], notes: [] });
  expect(await inYaml(...lines, comment, "", "          # more", ...SECRET("A"), ...SECRET("B"))).toEqual({
    found: ["13 suppressed", "15 new"],
    notes: [],
  });
  expect(await inYaml(...lines, ...SECRET("A"), ...SECRET("B"), comment)).toEqual({
    found: ["10 new", "12 new"],
    notes: [`13 No finding fits the suppression of ${RULE} here.`],
  });
});

test("above the key of a block it covers the block", async () => {
  const comment = `# batch-secrets-check: ignore ${RULE} -- the stack goes in spring`;
  const job = [...JOB, "        Secrets:", ...SECRET("A"), ...SECRET("B")];
  const above = (await checkFiles({
    "template.yaml": `Resources:\n  ${comment}\n  Job:\n    Type: AWS::Batch::JobDefinition\n${job.join("\n")}\n`,
  })) as Checked;
  expect(told(above).found).toEqual(["11 suppressed", "13 suppressed"]);
  // A list may be written no deeper than its key.
  const flat = [...JOB, `        ${comment}`, "        Secrets:", ...SECRET("A").map((line) => line.slice(2))];
  expect(await inYaml(...flat, "        Command: [run]")).toEqual({ found: ["11 suppressed"], notes: [] });
});

test("behind code it covers what begins on its own line", async () => {
  const comment = ` # batch-secrets-check: ignore ${RULE} -- the stack goes in spring`;
  const [name, value] = SECRET("A");
  expect(await inYaml(...JOB, `        Secrets:${comment}`, ...SECRET("A"))).toEqual({
    found: ["10 suppressed"],
    notes: [],
  });
  expect((await inYaml(...JOB, "        Secrets:", `${name}`, `${value}${comment}`)).found).toEqual(["10 suppressed"]);
});

const terraform = (comment: string, indent = "  ") => `${comment}
resource "aws_batch_job_definition" "job" {
${indent}name = "job"
${indent}type = "container"
${indent}container_properties = <<JSON
{
  "image": "app",
  "secrets": [
    { "name": "A", "valueFrom": "${BROKEN}" }
  ]
}
JSON
}

resource "aws_batch_job_definition" "other" {
  name = "other"
  type = "container"
  container_properties = jsonencode({
    image = "app"
    secrets = [
      # batch-secrets-check: ignore secret-arn-format -- no finding of this rule
      { name = "B", valueFrom = "${BROKEN}" },
    ]
  })
}
`;

test.each(["#", "//", "/*"])("in Terraform, %s above a block covers the block, heredocs in it too", async (sign) => {
  const comment = `${sign} batch-secrets-check: ignore ${RULE} until 2999-01-01 -- the stack goes ${sign === "/*" ? "*/" : ""}`;
  for (const indent of ["  ", ""]) {
    expect(told(await checkFiles({ "main.tf": terraform(comment, indent) }))).toEqual({
      found: ["9 suppressed", "22 new"],
      notes: ["21 No finding fits the suppression of secret-arn-format here."],
    });
  }
});

test("one comment names several rules", async () => {
  const comment = `          # batch-secrets-check: ignore secret-arn-format, ${RULE} -- the stack goes in spring`;
  expect(await inYaml(...JOB, "        Secrets:", comment, ...SECRET("A"))).toEqual({
    found: ["11 suppressed"],
    notes: ["9 No finding fits the suppression of secret-arn-format here."],
  });
});

test.each([
  ["ignore secret-selector-format", "The suppression of secret-selector-format has no reason, so it does not count."],
  [
    "ignore secret-selector-format --",
    "The suppression of secret-selector-format has no reason, so it does not count.",
  ],
  ["ignore secret-selector-format -- old", undefined],
  [
    "ignore secret-selector-format until 2020-01-31 -- old",
    "The suppression of secret-selector-format here ended on 2020-01-31.",
  ],
  [
    "ignore secret-selector-format until spring -- old",
    "The suppression of secret-selector-format does not count: spring is not a day such as 2027-03-31.",
  ],
  [
    "ignore secret-selector-formats -- old",
    "The suppression of secret-selector-formats does not count: there is no rule secret-selector-formats. Did you mean secret-selector-format?",
  ],
  [
    "ignore -- old",
    "The suppression is not understood, so it does not count. Write `batch-secrets-check: ignore RULE until 2027-03-31 -- reason`.",
  ],
])("%s", async (text, note) => {
  expect(await inYaml(...JOB, "        Secrets:", `          # batch-secrets-check: ${text}`, ...SECRET("A"))).toEqual({
    found: [note === undefined ? "11 suppressed" : "11 new"],
    notes: note === undefined ? [] : [`9 ${note}`],
  });
});

test("shell comments cover the command, with the lines that it goes on", async () => {
  const script = (comment: string) => `#!/bin/sh
${comment}
aws batch register-job-definition --job-definition-name a --type container \\
--container-properties '{"image": "app", "secrets": [{"name": "A", "valueFrom": "${BROKEN}"}]}'
`;
  expect(told(await checkFiles({ "deploy.sh": script("") })).found).toEqual(["4 new"]);
  const comment = `# batch-secrets-check: ignore ${RULE} -- the script goes in spring`;
  expect(told(await checkFiles({ "deploy.sh": script(comment) })).found).toEqual(["4 suppressed"]);
});

test("the metadata of a CloudFormation resource covers the resource, in JSON and YAML", async () => {
  const template = (ignore: object) => ({
    Resources: {
      Job: {
        Type: "AWS::Batch::JobDefinition",
        Metadata: { "batch-secrets-check": { ignore } },
        Properties: {
          Type: "container",
          ContainerProperties: { Image: "app", Secrets: [{ Name: "A", ValueFrom: BROKEN }] },
        },
      },
    },
  });
  const checked = async (ignore: object) => {
    const report = await checkFiles({ "template.json": JSON.stringify(template(ignore), undefined, 1) });
    const { found, notes } = told(report);
    return { found: found.map((one) => one.split(" ")[1]), notes };
  };
  const rule = { rule: RULE, reason: "old" };
  expect(await checked([rule])).toEqual({ found: ["suppressed"], notes: [] });
  expect(await checked(rule)).toEqual({ found: ["suppressed"], notes: [] });
  expect(await checked([{ ...rule, until: "2020-01-01" }])).toEqual({
    found: ["new"],
    notes: ["8 The suppression of secret-selector-format in Job ended on 2020-01-01."],
  });
  expect(await checked([{ rule: RULE }])).toEqual({
    found: ["new"],
    notes: ["8 The suppression of secret-selector-format has no reason, so it does not count."],
  });
  expect(await checked([{ ...rule, rule: "secret-arn-format" }])).toEqual({
    found: ["new"],
    notes: ["8 No finding fits the suppression of secret-arn-format in Job."],
  });
  const yaml = [
    "    Metadata:",
    "      batch-secrets-check:",
    "        ignore:",
    `          - { rule: ${RULE}, reason: old, until: 2999-01-01 }`,
    ...JOB,
    "        Secrets:",
    ...SECRET("A"),
  ];
  expect(await inYaml(...yaml)).toEqual({ found: ["14 suppressed"], notes: [] });
});

test("a comment of JSON is none", async () => {
  const job = {
    jobDefinitionName: "a",
    type: "container",
    containerProperties: { image: "app", secrets: [{ name: "A", valueFrom: BROKEN }] },
  };
  const text = `${JSON.stringify(job).slice(0, -1)}, "comment": " # batch-secrets-check: ignore ${RULE} -- old"}`;
  expect(told(await checkFiles({ "a.json": text })).found).toEqual(["1 new"]);
});

test("of very many comments, more than five hundred of a file don't count", async () => {
  const comment = `# batch-secrets-check: ignore ${RULE} -- the stack goes in spring\n`;
  const files = {
    "deploy.yaml": `${comment.repeat(40_000)}jobDefinitionName: job\n${" ".repeat(900_000)}# ${"x".repeat(10)}\n`,
  };
  const { notes } = (await checkFiles(files)).report;
  expect(notes.length).toBe(501);
  expect(notes.at(-1)?.message).toBe("Only the first 500 suppressions in this file count.");
});
