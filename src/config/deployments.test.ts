import { expect, test } from "vitest";
import { below, parseConfig } from "./parse.ts";

const path = ".batch-secrets-check.yaml";

async function read(text: string) {
  const { config, problems } = await parseConfig(text, path);
  return { deployments: config.deployments, problems: problems.map(({ line, message }) => `${line}: ${message}`) };
}

test("a deployment has units, files with values, an account, a Region, and how to read it", async () => {
  const { deployments, problems } = await read(`deployments:
  - name: production
    unit: infra/batch
    var-files: [env/prod.tfvars]
    parameters: params/prod.json
    account: "111122223333"
    region: us-gov-west-1
    role-arn: arn:aws-us-gov:iam::111122223333:role/audit
    evidence: evidence/production
`);
  expect(problems).toEqual([]);
  expect(deployments.map((one) => ({ ...one, unit: one.unit.map(({ value }) => value) }))).toMatchObject([
    {
      name: { value: "production" },
      unit: ["infra/batch"],
      "var-files": [{ value: "env/prod.tfvars" }],
      parameters: [{ value: "params/prod.json" }],
      account: "111122223333",
      region: "us-gov-west-1",
      "role-arn": "arn:aws-us-gov:iam::111122223333:role/audit",
      evidence: "evidence/production",
    },
  ]);
});

test.each([
  ["account: 111122223333", "account of a deployment must be the 12 digits of an account in quotes"],
  ['account: "11112222"', "account of a deployment must be the 12 digits of an account in quotes"],
  ["region: Ireland", 'region of a deployment is "Ireland", but it must be a Region such as eu-west-1.'],
  ["role-arn: audit", 'role-arn of a deployment is "audit", but it must be an ARN'],
  ["var-files: ../prod.tfvars", 'var-files of a deployment: "../prod.tfvars" leads out of the checked folder.'],
  ["accounts: x", "A deployment has no accounts. Did you mean account?"],
])("a mistake has its line: %s", async (line, message) => {
  const { problems } = await read(`deployments:\n  - name: production\n    unit: infra\n    ${line}\n`);
  expect(problems).toEqual([expect.stringMatching(/^4: /)]);
  expect(problems[0]).toContain(message);
});

test("a deployment has a name and a unit, and no other has its name", async () => {
  expect((await read("deployments: [{name: production}]")).problems).toEqual([
    "1: A deployment must have a name and a unit.",
  ]);
  const twice =
    "deployments:\n  - {name: production, unit: a}\n  - {name: staging, unit: a}\n  - {name: production, unit: b}\n";
  expect((await read(twice)).problems).toEqual([
    "4: There are two deployments production, the first in line 2. Give this one another name, or list its units in the first one.",
  ]);
});

test("paths of a folder's configuration are moved for the folder above it, and so is the place of what is wrong", async () => {
  const { config } = await parseConfig("deployments: [{name: a, unit: batch, var-files: a.tfvars}]", path);
  const [moved] = below(config, "infra").deployments;
  expect(moved?.unit.map(({ value, at }) => [value, at.file.path])).toEqual([["infra/batch", `infra/${path}`]]);
  expect(moved?.["var-files"]?.map(({ value }) => value)).toEqual(["infra/a.tfvars"]);
});
