/** What a pull request answers for: what it brings with it, wherever the cause is. */
import { expect, test } from "vitest";
import type { Files } from "../fake-github/repository.ts";
import { jobFile } from "./job.ts";
import { openPullRequest, type PullRequest } from "./pull-request.ts";

const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret";

function job(name: string, valueFrom: string): string {
  return jobFile({ PASSWORD: valueFrom }, name);
}
const wrong = `${arn}:db-a1b2c3:password`;
const right = `${wrong}::`;

const policy = (...statements: readonly string[]) => `resource "aws_secretsmanager_secret" "db" {
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
${statements.map((one) => `      ${one},\n`).join("")}    ]
  })
}
`;
const allow = `{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn }`;
const deny = allow.replace("Allow", "Deny");
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
const terraform = (iam: string): Files => ({ "batch.tf": batch, "iam.tf": iam });

const comments = ({ state }: PullRequest) =>
  state.reviewComments.map(({ path, line, side }) => `${path}:${line} ${side}`);

test("older findings don't count: a line in the summary, no comment, no annotation", async () => {
  const old = { "old.json": job("old", wrong) };
  using pull = openPullRequest(old, { ...old, "note.txt": "x" });
  const run = await pull.run();
  expect([run.code, run.outputs.verdict, run.outputs.violations]).toEqual([0, "pass", "0"]);
  expect(run.writes).toEqual([]);
  expect(run.annotations.filter(({ level }) => level === "error")).toEqual([]);
  expect(run.summary).toContain("<summary><b>1 older finding</b></summary>");
  expect(run.report).toMatchObject({ scope: "new", base: "the base branch", findings: [{ status: "existing" }] });
  const all = await pull.run({ inputs: { scope: "all" } });
  expect([all.code, all.outputs.violations]).toEqual([1, "1"]);
});

test("a finding whose cause is a deleted statement of another file has its comment there", async () => {
  using pull = openPullRequest(terraform(policy(allow)), terraform(policy()));
  const run = await pull.run();
  expect(run.code).toBe(1);
  expect(comments(pull)).toEqual(["iam.tf:17 LEFT"]);
  const [comment] = pull.state.reviewComments;
  expect(comment?.body).toContain("since `iam.tf:17` was deleted.");
  expect(comment?.body).toMatch(/\nAt \[`batch\.tf:7`\]\(\S+\/batch\.tf#L7\), since/);
  expect(pull.summary()).toContain("since `iam.tf:17` was deleted");
  // Nothing is written again, and all ends once the statement is back.
  expect((await pull.run()).writes).toEqual([]);
  pull.push({ ...terraform(policy(allow)), "note.txt": "x" });
  expect((await pull.run()).writes.map((one) => one.replace(/\d+$/, "N"))).toEqual([
    "DELETE /repos/octo/jobs/pulls/comments/N",
    "PUT /repos/octo/jobs/pulls/7/reviews/N",
  ]);
  expect(pull.state.reviewComments).toEqual([]);
});

test("an added Deny has the comment itself", async () => {
  using pull = openPullRequest(terraform(policy(allow)), terraform(`# New.\n${policy(allow, deny)}`));
  await pull.run();
  expect(comments(pull)).toContain("iam.tf:19 RIGHT");
});

test("where the base has moved on, it is the tip that is compared, and deleted lines are found by their words", async () => {
  using pull = openPullRequest(terraform(policy(allow)), terraform(policy()));
  const tip = `# One.\n# Two.\n${policy(allow)}`;
  pull.moveBase(
    { ...terraform(tip), "new.json": job("new", wrong) },
    {
      ...terraform(`# One.\n# Two.\n${policy()}`),
      "new.json": job("new", wrong),
    },
  );
  const run = await pull.run({ sha: pull.state.merge ?? "" });
  const { findings } = run.report as { findings: { status: string; location: { path: string } }[] };
  expect(findings.find(({ location }) => location.path === "new.json")?.status).toBe("existing");
  expect(comments(pull)).toEqual(["iam.tf:17 LEFT"]);
});

test("without history the base comes through the API, and without any access everything is new", async () => {
  const old = { "old.json": job("old", wrong) };
  using pull = openPullRequest(old, { ...old, "new.json": job("new", right) });
  const run = await pull.runOnCopy();
  expect([run.code, run.outputs.violations]).toEqual([0, "0"]);
  expect(run.requests).toContain(`GET /repos/octo/jobs/git/trees/${pull.state.base}`);
  const refusals = [
    { method: "GET", path: /\/git\/trees\//, status: 403, message: "Resource not accessible by integration" },
  ];
  const refused = await pull.runOnCopy({ refusals });
  expect([refused.code, refused.outputs.violations]).toEqual([1, "1"]);
  expect(refused.summary).toContain("so every finding counts as new");
});

test("a run without findings asks for no base", async () => {
  using pull = openPullRequest({ "old.json": job("old", wrong) }, { "old.json": job("old", right) });
  const { requests } = await pull.runOnCopy();
  expect(requests.filter((one) => /git|compare/.test(one))).toEqual([]);
});

test("a moved file is not new, and what is fixed is named", async () => {
  const two = (name: string, first: string) => ({
    [`${name}/a.json`]: job("a", first),
    [`${name}/b.json`]: job("b", wrong),
  });
  using pull = openPullRequest(two("old", wrong), two("new", right));
  const run = await pull.run();
  expect(run.report).toMatchObject({ findings: [{ status: "existing" }], fixed: [{ subject: { address: "a" } }] });
  expect(run.summary).toContain("<summary><b>Fixed: 1</b></summary>");
});
