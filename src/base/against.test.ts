/** What an author may try so that a new finding counts as an old one, and what must not be called new. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Files, makeRepository } from "../../test/fake-github/repository.ts";
import { ACCOUNT, envelope, evidenceFiles } from "../../test/support/evidence.ts";
import { writeFiles } from "../../test/support/files.ts";
import { check } from "../check.ts";
import { defaultConfig } from "../config/config.ts";
import type { Report } from "../report/report.ts";
import type { Base } from "./against.ts";
import { idOf, type Snapshot } from "./listing.ts";
import { localBase } from "./local.ts";

const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret";
const role = "arn:aws:iam::111122223333:role/BatchExecutionRole";
const wrong = (name: string) => `${secret}:${name}-a1b2c3:password`;

function job(name: string, ...references: readonly string[]): string {
  const secrets = references.map((valueFrom, index) => ({ name: `SECRET_${index}`, valueFrom }));
  const containerProperties = { image: "example/nightly", executionRoleArn: role, secrets };
  return `${JSON.stringify({ jobDefinitionName: name, type: "container", containerProperties }, null, 2)}\n`;
}

function stack(...jobs: readonly string[]): string {
  const resources = jobs.map(
    (name) => `  ${name}:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: example/nightly
        ExecutionRoleArn: ${role}
        Secrets:
          - Name: PASSWORD
            ValueFrom: ${wrong("db")}
`,
  );
  return `# A stack.\nResources:\n${resources.join("")}`;
}

const module = `variable "secret" {
  type = string
}

resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "example/nightly"
    executionRoleArn = "${role}"
    secrets          = [{ name = "PASSWORD", valueFrom = var.secret }]
  })
}
`;
const call = (folder: string) => ({
  [`${folder}/main.tf`]: `module "job" {\n  source = "../job"\n  secret = "${wrong("db")}"\n}\n`,
});

const registry = 'module "job" {\n  source  = "org/batch-job/aws"\n  version = "1.0"\n}\n';
const fetched = {
  ".terraform/modules/modules.json": JSON.stringify({ Modules: [{ Key: "job", Dir: ".terraform/modules/job" }] }),
  ".terraform/modules/job/main.tf": module.replace("var.secret", `"${wrong("db")}"`).replace(/^variable[^}]*}/, ""),
};

async function compared(base: Files, head: Files, given: { readonly base?: Base; readonly untracked?: Files } = {}) {
  using repository = makeRepository();
  const commit = repository.commit(base);
  repository.commit(head);
  writeFiles(repository.folder, given.untracked ?? {});
  const { report } = await check({
    root: repository.folder,
    paths: [],
    ignore: [],
    config: defaultConfig,
    failOn: "error",
    scope: "new",
    base: given.base ?? localBase(repository.folder, repository.folder, commit),
  });
  return report;
}

/** A commit whose files are all the checked ones. */
function snapshotOf(files: Files): Snapshot {
  const listed = Object.entries(files).map(([path, text]) => {
    return [path, { mode: "100644", id: idOf(Buffer.from(text), "") }] as const;
  });
  return { files: new Map(listed), load: async () => new Map() };
}

const told = ({ findings }: Report) =>
  findings.map(({ status, subject, location }) => `${status}: ${subject.address} in ${location.path}`);

interface Row {
  readonly name: string;
  readonly base: Files;
  readonly head: Files;
  readonly told: readonly string[];
  readonly untracked?: Files;
}

const table: readonly Row[] = [
  {
    name: "what the base has does not count",
    base: { "a.json": job("a", wrong("db")) },
    head: { "a.json": job("a", wrong("db")), "b.txt": "x" },
    told: ["existing: a in a.json"],
  },
  {
    name: "nor where lines before it are new",
    base: { "s.yaml": stack("Nightly") },
    head: { "s.yaml": `# More.\n# And more.\n${stack("Nightly")}` },
    told: ["existing: Nightly in s.yaml"],
  },
  {
    name: "a moved template is not new",
    base: { "stacks/etl.yaml": stack("Nightly", "Weekly") },
    head: { "stacks/etl-nightly.yaml": stack("Nightly", "Weekly") },
    told: ["existing: Nightly in stacks/etl-nightly.yaml", "existing: Weekly in stacks/etl-nightly.yaml"],
  },
  {
    name: "nor a moved root module",
    base: { "job/main.tf": module, ...call("dev") },
    head: { "job/main.tf": module, ...call("live") },
    told: ["existing: module.job.aws_batch_job_definition.job in live/main.tf"],
  },
  {
    name: "a copy is new",
    base: { "a/etl.yaml": stack("Nightly") },
    head: { "a/etl.yaml": stack("Nightly"), "b/etl.yaml": stack("Nightly") },
    told: ["existing: Nightly in a/etl.yaml", "new: Nightly in b/etl.yaml"],
  },
  {
    name: "a copy in the same folder is new, and only the copy",
    base: { "b.json": job("nightly", wrong("db")) },
    head: { "a.json": job("nightly", wrong("db")), "b.json": job("nightly", wrong("db")) },
    told: ["new: nightly (a.json) in a.json", "existing: nightly (b.json) in b.json"],
  },
  {
    name: "of a rename of something else nothing is excused",
    base: { "a/etl.yaml": stack("Nightly") },
    head: {
      "b/etl.yaml": `Description: |\n${"  Other words altogether.\n".repeat(30)}${stack("Nightly")}`,
    },
    told: ["new: Nightly in b/etl.yaml"],
  },
  {
    name: "a moved file with one more has one new",
    base: { "a/etl.yaml": stack("Nightly") },
    head: { "b/etl.yaml": stack("Nightly", "Weekly") },
    told: ["existing: Nightly in b/etl.yaml", "new: Weekly in b/etl.yaml"],
  },
  {
    name: "another wrong value is new",
    base: { "a.json": job("a", wrong("db")) },
    head: { "a.json": job("a", wrong("api")) },
    told: ["new: a in a.json"],
  },
  {
    name: "what replaces an old finding is new",
    base: { "a.json": job("a", wrong("db")) },
    head: { "b.json": job("b", wrong("db")) },
    told: ["new: b in b.json"],
  },
  {
    name: "a base that could not be read excuses nothing",
    base: { "a.json": `${job("a", wrong("db"))}}}} jobDefinitionName` },
    head: { "a.json": job("a", wrong("db")) },
    told: ["new: a in a.json"],
  },
  {
    name: "a module that the change commits in the place of fetched ones is new",
    base: { "main.tf": registry },
    head: { "main.tf": registry, ...fetched },
    told: ["new: module.job.aws_batch_job_definition.job in .terraform/modules/job/main.tf"],
  },
  {
    name: "and not one that terraform init fetched",
    base: { "main.tf": registry },
    head: { "main.tf": registry, "note.txt": "" },
    untracked: fetched,
    told: ["existing: module.job.aws_batch_job_definition.job in .terraform/modules/job/main.tf"],
  },
  {
    name: "what no commit has is new, however it came there",
    base: { "b.txt": "" },
    head: { "b.txt": "x" },
    untracked: { "made.json": job("a", wrong("db")) },
    told: ["new: a in made.json"],
  },
  {
    name: "a file that differs from what is committed counts as it is",
    base: { "a.json": job("a", wrong("db")) },
    head: { "a.json": job("a", `${wrong("db")}::`) },
    untracked: { "a.json": job("a", wrong("api")) },
    told: ["new: a in a.json"],
  },
];

test.each(table)("$name", async ({ base, head, untracked, told: expected }) => {
  const report = await compared(base, head, untracked ? { untracked } : {});
  expect(told(report)).toEqual(expected);
  expect(report.verdict).toBe(expected.some((one) => one.startsWith("new")) ? "fail" : "pass");
});

test("a base that can't be read excuses nothing, and is named", async () => {
  const open = () => Promise.reject(new Error("It is gone."));
  const files = { "a.json": job("a", wrong("db")) };
  const report = await compared(files, files, { base: { words: "the base branch", folder: "", open } });
  expect(told(report)).toEqual(["new: a in a.json"]);
  expect(report.base).toBe(null);
  expect(report.notes).toEqual([
    { path: "the base branch", message: "It can't be read, so every finding counts as new. It is gone." },
  ]);
});

test("contents other than those of the commit are not taken for it", async () => {
  const files = { "a.json": job("a", wrong("db")) };
  const other = { mode: "100644", id: "1".repeat(40) };
  const load = async (ids: readonly string[]) => new Map(ids.map((id) => [id, Buffer.from(job("a", wrong("db")))]));
  const open = async () => ({ files: new Map([["a.json", other]]), load });
  const report = await compared(files, files, { base: { words: "the base branch", folder: "", open } });
  expect(told(report)).toEqual(["new: a in a.json"]);
});

test("a file that can't be read fails the check when the change wrote it, and not when it was so before", async () => {
  const broken = `${job("a", wrong("db"))}}}} jobDefinitionName`;
  const before = await compared({ "a.json": broken }, { "a.json": broken, "b.txt": "x" });
  expect([before.verdict, before.problems]).toEqual(["pass", []]);
  expect(before.notes).toMatchObject([{ path: "a.json", message: /This was so before\.$/ }]);
  const changed = await compared({ "a.json": broken }, { "a.json": broken.replace("nightly", "weekly") });
  expect([changed.verdict, changed.problems.length]).toEqual(["fail", 1]);
});

test("what is gone is reported, unless something can't be read", async () => {
  const base = { "a.json": job("a", wrong("db"), wrong("api")), "b.json": job("b", wrong("db")) };
  const fixed = await compared(base, { ...base, "a.json": job("a", wrong("db")) });
  expect(fixed.fixed.map(({ subject, location }) => [subject.address, location.path])).toEqual([["a", "a.json"]]);
  const unread = await compared(base, { "a.json": job("a", wrong("db")), "b.json": "{{ jobDefinitionName" });
  expect(unread.fixed).toEqual([]);
});

const execution = (statements: string) => `resource "aws_secretsmanager_secret" "db" {
  name = "db"
}

resource "aws_iam_role" "execution" {
  name = "execution"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "secrets" {
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "logs:*", Resource = "*" },
${statements}    ]
  })
}
`;
const allowed = `      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn },\n`;
const batch = `resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "example/nightly"
    executionRoleArn = aws_iam_role.execution.arn
    secrets          = [{ name = "PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }]
  })
}
`;
const cause = ({ findings }: Report) =>
  findings.map(({ location, cause: found }) => [
    location.path,
    found && `${found.side} ${found.location.path}:${found.location.start.line}`,
  ]);

test("the cause of a finding is the deleted statement, in whatever file", async () => {
  const report = await compared(
    { "iam.tf": execution(allowed), "batch.tf": batch, "other.tf": "# a\n" },
    { "iam.tf": execution(""), "batch.tf": batch, "other.tf": "# b\n" },
  );
  expect(cause(report)).toContainEqual(["batch.tf", "base iam.tf:17"]);
  expect(report.findings.filter(({ status }) => status === "new")).toHaveLength(1);
});

test("or the statement that denies, or the variable that has another value", async () => {
  const deny = allowed.replace("Allow", "Deny");
  const denied = await compared(
    { "iam.tf": execution(allowed), "batch.tf": batch },
    { "iam.tf": `# New.\n${execution(`${allowed}${deny}`)}`, "batch.tf": batch },
  );
  expect(cause(denied)).toContainEqual(["batch.tf", "head iam.tf:19"]);
  const variable = (name: string) => `variable "secret" {\n  default = "${name}"\n}\n`;
  const root = `module "job" {\n  source = "./job"\n  secret = "\${var.secret}:password::"\n}\n`;
  const changed = await compared(
    { "job/main.tf": module, "main.tf": root, "variables.tf": variable(`${secret}:db-a1b2c3`) },
    { "job/main.tf": module, "main.tf": root, "variables.tf": variable(`${secret}:db-a1b2c3:x`) },
  );
  expect(cause(changed)).toEqual([["main.tf", "head variables.tf:2"]]);
});

test("a finding in changed lines is its own cause, and an old one needs none", async () => {
  const report = await compared(
    { "iam.tf": execution(""), "batch.tf": batch },
    {
      "iam.tf": execution(""),
      "batch.tf": `${batch}${batch.replace('"job" {', '"other" {').replace('"job"', '"other"')}`,
    },
  );
  expect(report.findings.map(({ status }) => status)).toContain("existing");
  expect(cause(report).filter(([, found]) => found)).toEqual([]);
});

test("what evidence of no commit shows is so for the base as well, and what the change brings is not", async () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/nightly`;
  const input = { RoleName: "nightly" };
  const evidence = evidenceFiles([
    envelope("iam GetRole", input, { Role: { ...input, Arn: roleArn, AssumeRolePolicyDocument: { Statement: [] } } }),
  ]);
  const files = { "a.json": job("a", `${secret}:db-a1b2c3`).replace(role, roleArn) };
  const told = async (isBeside: boolean) => {
    const base = { open: async () => snapshotOf(files), words: "main", folder: "", isBeside: () => isBeside };
    const { findings } = await compared(files, files, { base, untracked: evidence });
    return findings.map(({ rule, status }) => `${status} ${rule}`);
  };
  expect(await told(true)).toEqual(["existing execution-role-trust"]);
  expect(await told(false)).toEqual(["new execution-role-trust"]);
});

test.each([
  ["moved is not new", { "apps/etl/a.json": job("a", wrong("db")) }, {}, "existing: a in a.json"],
  ["moved out of the top is not new", { "a.json": job("a", wrong("db")) }, {}, "existing: a in a.json"],
  [
    "copied is new",
    { "apps/etl/a.json": job("a", wrong("db")) },
    { "apps/etl/a.json": job("a", wrong("db")) },
    "new: a in a.json",
  ],
  [
    "of which the base has something is compared with that",
    { "apps/etl/a.json": job("a", wrong("db")), "live/b.txt": "" },
    {},
    "new: a in a.json",
  ],
  ["that is another one is new", { "apps/etl/a.json": job("b", wrong("api")) }, {}, "new: a in a.json"],
])("a checked folder %s", async (_, base: Files, head: Files, expected) => {
  using repository = makeRepository();
  const commit = repository.commit(base);
  repository.commit({ ...head, "live/a.json": job("a", wrong("db")) });
  const root = join(repository.folder, "live");
  const { report } = await check({
    root,
    bounds: repository.folder,
    paths: [],
    ignore: [],
    config: defaultConfig,
    failOn: "error",
    base: localBase(root, repository.folder, commit),
  });
  expect(told(report)).toEqual([expected]);
});
