/** Comments that suppress findings, on a pull request: those of the base count. */
import { expect, test } from "vitest";
import { openPullRequest } from "./pull-request.ts";

const COMMENT = "# batch-secrets-check: ignore secret-selector-format -- the stack goes in spring";
const job = (name: string, comment = "") => `  ${comment}
  ${name}:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: app
        ExecutionRoleArn: arn:aws:iam::111122223333:role/BatchExecutionRole
        Secrets:
          - Name: TOKEN
            ValueFrom: arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-AbCdEf:password
`;
const template = (...jobs: readonly string[]) => ({ "template.yaml": `Resources:\n${jobs.join("")}` });
const inputs = { scope: "all", comment: "never", review: "false" };

/** The exit code of a run on a change, and what the job summary says of it. */
async function run(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) {
  using pull = openPullRequest(base, head);
  const { code, log } = await pull.run({ inputs });
  return { code, log };
}

test("a comment of the base goes on counting, wherever its resource moves", async () => {
  const base = template(job("Old", COMMENT));
  const fine = "  Topic:\n    Type: AWS::SNS::Topic\n";
  expect((await run(base, template(fine, job("Old", COMMENT)))).code).toBe(0);
  expect((await run(base, template(fine, job("Old")))).code).toBe(1);
});

test("a comment that the change adds, or moves to something else, does not count yet", async () => {
  const { code, log } = await run(template(), template(job("New", COMMENT)));
  expect(code).toBe(1);
  expect(log).toContain("The suppression of secret-selector-format here is new, so it counts once it is merged.");
  const moved = await run(template(job("Old", COMMENT)), template(job("Old", COMMENT), job("New", COMMENT)));
  expect(moved.code).toBe(1);
  expect(moved.log).toContain("1 suppressed");
});

test("a comment of the base does not cover another wrong value in the same place", async () => {
  const other = job("Old", COMMENT).replace(":password", ":admin");
  const { code, log } = await run(template(job("Old", COMMENT)), template(other));
  expect(code).toBe(1);
  expect(log).toContain("The suppression of secret-selector-format here is new, so it counts once it is merged.");
});

test("a configuration of the base may let new ones count", async () => {
  const allowed = { ".batch-secrets-check.yaml": "allow-new-suppressions: true\n" };
  const added = template(job("New", COMMENT));
  expect((await run({ ...allowed, ...template() }, { ...allowed, ...added })).code).toBe(0);
  expect((await run(template(), { ...allowed, ...added })).code).toBe(1);
});
