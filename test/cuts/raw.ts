/** What is cut of raw files and evidence, with something behind each cut that matters. */
import type { Cut } from "./cut.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const ROLE = "arn:aws:iam::111122223333:role/job";
const job = (valueFrom: string, executionRoleArn = ROLE) => ({
  jobDefinitionName: "nightly",
  type: "container",
  containerProperties: { image: "busybox", executionRoleArn, secrets: [{ name: "DB", valueFrom }] },
});
const bad = job(`${ARN}:password`, "arn:aws:iam::111122223333:role/other");
const trust = {
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const policy = (effect: string, more: readonly object[] = []) => ({
  Version: "2012-10-17",
  Statement: [...more, { Effect: effect, Action: "secretsmanager:GetSecretValue", Resource: "*" }],
});
const put = (name: string, document: object) => ({ RoleName: "job", PolicyName: name, PolicyDocument: document });
const proven = {
  "job.json": JSON.stringify(job(ARN)),
  "role.json": JSON.stringify({ RoleName: "job", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  "read.json": JSON.stringify(put("read", policy("Allow"))),
  "secret.json": JSON.stringify({ Name: "db", SecretString: "x" }),
};
const below = (depth: number, inside: object): object => (depth === 0 ? inside : { a: below(depth - 1, inside) });

export const raw: readonly Cut[] = [
  ["a Deny", { ...proven, "zdeny.json": JSON.stringify(put("deny", policy("Deny"))) }, "found"],
  [
    "a Deny larger than any",
    {
      ...proven,
      "zdeny.json": JSON.stringify(
        put("deny", policy("Deny", Array(21_000).fill({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }))),
      ),
    },
  ],
  [
    "a Deny nested too deep",
    {
      ...proven,
      "zdeny.json": JSON.stringify(put("deny", policy("Deny"))).replace(
        '"RoleName"',
        `"X":${"[".repeat(600)}${"]".repeat(600)},"RoleName"`,
      ),
    },
  ],
  ["a job below many keys", { ...proven, "zbad.json": JSON.stringify(below(7, bad)) }, "found"],
  [
    "a job of many references",
    {
      ...proven,
      "zbad.json": JSON.stringify({
        ...bad,
        containerProperties: {
          ...bad.containerProperties,
          secrets: Array.from({ length: 1_200 }, (_, i) => ({
            name: `DB${i}`,
            valueFrom: i === 1_199 ? `${ARN}:password` : ARN,
          })),
        },
      }),
    },
  ],
  [
    "a file that is too long",
    { ...proven, "zdeny.json": JSON.stringify(put("deny", policy("Deny"))) + " ".repeat(65 << 20) },
  ],
];
