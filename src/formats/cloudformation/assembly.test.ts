import { expect, test } from "vitest";
import { parseDocuments } from "../../syntax/document.ts";
import { openTemplates } from "./read.ts";

const stack = (templateFile: string, environment: string) => ({
  type: "aws:cloudformation:stack",
  environment,
  properties: { templateFile },
});

const TEMPLATE = JSON.stringify({
  Resources: {
    S: { Type: "AWS::SecretsManager::Secret" },
    P: {
      Type: "AWS::SSM::Parameter",
      Properties: {
        Type: "String",
        Value: "x",
        Name: { "Fn::Sub": "/${AWS::Partition}/${AWS::Region}/${AWS::AccountId}" },
      },
    },
  },
});

async function read(artifacts: Record<string, unknown>, path = "cdk.out/Jobs.template.json") {
  const file = { path, text: TEMPLATE };
  const manifest = JSON.stringify({ version: "36.0.0", artifacts });
  const reader = openTemplates([file], {
    manifest: (asked) => (asked === "cdk.out/manifest.json" ? manifest : undefined),
  });
  reader.add((await parseDocuments(file)).documents);
  const [unit] = (await reader.read(new Set())).units;
  const { secrets = [], parameters = [] } = unit?.resources ?? {};
  return [unit?.deployment?.region, secrets[0]?.arn.value.split(":").slice(1, 5).join(" "), parameters[0]?.name?.value];
}

const OPEN = [
  "⟨AWS.Region⟩",
  "⟨AWS.Partition⟩ secretsmanager ⟨AWS.Region⟩ ⟨AWS.AccountId⟩",
  "/⟨AWS.Partition⟩/⟨AWS.Region⟩/⟨AWS.AccountId⟩",
];

test("a stack of a CDK app with an environment is deployed there", async () => {
  expect(await read({ Jobs: stack("Jobs.template.json", "aws://123456789012/eu-west-1") })).toEqual([
    "eu-west-1",
    "aws secretsmanager eu-west-1 123456789012",
    "/aws/eu-west-1/123456789012",
  ]);
  expect(await read({ Jobs: stack("Jobs.template.json", "aws://unknown-account/cn-north-1") })).toEqual([
    "cn-north-1",
    "aws-cn secretsmanager cn-north-1 ⟨AWS.AccountId⟩",
    "/aws-cn/cn-north-1/⟨AWS.AccountId⟩",
  ]);
});

test("without an environment, or with two, it may be deployed anywhere", async () => {
  const open = "aws://unknown-account/unknown-region";
  expect(await read({ Jobs: stack("Jobs.template.json", open) })).toEqual(OPEN);
  expect(await read({ Other: stack("Other.template.json", "aws://123456789012/eu-west-1") })).toEqual(OPEN);
  expect(await read({}, "Jobs.template.json")).toEqual(OPEN);
  expect(
    await read({
      A: stack("Jobs.template.json", "aws://123456789012/eu-west-1"),
      B: stack("Jobs.template.json", "aws://123456789012/us-east-1"),
    }),
  ).toEqual(OPEN);
});
