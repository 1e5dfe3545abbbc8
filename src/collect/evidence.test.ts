import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { evidenceSchema } from "../evidence/schema.ts";
import { type Answer, call } from "./calls.ts";
import { evidenceFile } from "./evidence.ts";

const at = "2026-12-01T12:00:00Z";
const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";

function fileOf(answer: Omit<Answer, "at">) {
  const { path, text } = evidenceFile({ at, ...answer }, "111122223333");
  return { path, evidence: evidenceSchema.parse(JSON.parse(text)) };
}

test("an answer and an error have a file each, named after the call", () => {
  const described = call("DescribeSecret", "eu-west-1", { SecretId: SECRET });
  const { path, evidence } = fileOf({ call: described, output: { Name: "prod/db" } });
  expect(path).toBe(
    "111122223333/eu-west-1/secretsmanager/describe-secret-eu-west-1-111122223333-secret-prod-db-AbCdEf-95f55c97.json",
  );
  expect(evidence).toEqual({
    evidence: 1,
    account: "111122223333",
    region: "eu-west-1",
    at,
    call: { service: "secretsmanager", operation: "DescribeSecret", input: { SecretId: SECRET } },
    output: { Name: "prod/db" },
  });
  const error = { code: "ResourceNotFoundException", message: "can't find it" };
  expect(fileOf({ call: described, error })).toMatchObject({ path, evidence: { error } });
});

test("credentials of environments, tags, options and commands are masked, names and ARNs are not", () => {
  const value = "hunter2hunter2";
  const container = {
    environment: [
      { name: "DB_PASSWORD", value },
      { name: "DB_SECRET_ARN", value: SECRET },
    ],
    command: ["run", "--password", value, `postgres://me:${value}@db/x`],
    logConfiguration: { options: { "splunk-token": value } },
    secrets: [{ name: "PASSWORD", valueFrom: `${SECRET}:password::` }],
  };
  const { evidence } = fileOf({
    call: call("DescribeJobDefinitions", "eu-west-1", { status: "ACTIVE" }),
    output: { jobDefinitions: [{ containerProperties: container, tags: { token: value } }] },
  });
  const text = JSON.stringify(evidence);
  expect(text).not.toContain(value);
  expect(text.split(SECRET)).toHaveLength(3);
  expect(text).toContain('"DB_PASSWORD"');
});

test("credentials of user data are masked inside of base64", () => {
  const script = "#!/bin/bash\necho ECS_CLUSTER=jobs >> /etc/ecs/ecs.config\nexport DB_PASSWORD=hunter2hunter2\n";
  const { evidence } = fileOf({
    call: call("DescribeLaunchTemplateVersions", "eu-west-1", { LaunchTemplateId: "lt-1", Versions: ["1"] }),
    output: {
      LaunchTemplateVersions: [{ LaunchTemplateData: { UserData: Buffer.from(script).toString("base64") } }],
    },
  });
  const [, encoded = ""] = /"UserData":"([^"]+)"/.exec(JSON.stringify(evidence)) ?? [];
  expect(Buffer.from(encoded, "base64").toString()).toBe(script.replace("hunter2hunter2", "*".repeat(14)));
});

test("credentials of user data are masked in what is compressed", () => {
  const zipped = (text: string) => gzipSync(text).toString("base64");
  const opened = (text: string) => gunzipSync(Buffer.from(text, "base64")).toString();
  const document = (body: string) => `#cloud-config\nwrite_files:\n  - encoding: gz+b64\n    content: ${body}\n`;
  const script = "export DB_PASSWORD=hunter2hunter2\n";
  const { evidence } = fileOf({
    call: call("DescribeLaunchTemplateVersions", "eu-west-1", { LaunchTemplateId: "lt-1", Versions: ["1"] }),
    output: { LaunchTemplateVersions: [{ LaunchTemplateData: { UserData: zipped(document(zipped(script))) } }] },
  });
  const [, encoded = ""] = /"UserData":"([^"]+)"/.exec(JSON.stringify(evidence)) ?? [];
  const [, inner = ""] = /content: (.*)/.exec(opened(encoded)) ?? [];
  expect(opened(inner)).toBe(script.replace("hunter2hunter2", "*".repeat(14)));
});

test("credentials of user data are masked in parts that are base64 themselves", () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const document = (body: string) =>
    `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Transfer-Encoding: base64\nContent-Type: text/x-shellscript\n\n${base64(body)}\n--B--\n`;
  const script = "#!/bin/bash\nexport DB_PASSWORD=hunter2hunter2\n";
  const { evidence } = fileOf({
    call: call("DescribeLaunchTemplateVersions", "eu-west-1", { LaunchTemplateId: "lt-1", Versions: ["1"] }),
    output: { LaunchTemplateVersions: [{ LaunchTemplateData: { UserData: base64(document(script)) } }] },
  });
  const [, encoded = ""] = /"UserData":"([^"]+)"/.exec(JSON.stringify(evidence)) ?? [];
  const masked = document(script.replace("hunter2hunter2", "*".repeat(14)));
  expect(Buffer.from(encoded, "base64").toString()).toBe(masked);
});

test("the message of an error holds no credential either", () => {
  const error = { code: "ValidationException", message: "Invalid token=AKIAZ7QKX3LMN5P2R8TW" };
  const { evidence } = fileOf({ call: call("DescribeKey", "eu-west-1", { KeyId: "k" }), error });
  expect(JSON.stringify(evidence)).not.toContain("AKIAZ7QKX3LMN5P2R8TW");
});
