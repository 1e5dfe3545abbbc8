/** A rule is its folder: this adds one to a copy of the program, builds the policies and checks a file with it. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");

const RULE = `# METADATA
# title: Secrets are encrypted with a symmetric key
# description: >-
#   A secret whose key is asymmetric can't be stored. Secrets Manager only accepts symmetric keys.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
# custom:
#   severity: error
#   subject: secret
#   link: decrypt
#   remedy: Use a key with the key spec SYMMETRIC_DEFAULT.
#   notes: A key whose spec is not known is not checked.
package rules.secret["symmetric-secret-key"]

import data.lib.result

applies := {reader.reference | some reader in input.readers; _spec}

findings contains result.finding(rego.metadata.chain(), {
	"message": $"\`{_secret.address}\` is encrypted with a key of spec {_spec.value}.",
	"at": _spec.at,
	"references": applies,
	"names": [],
}) if {
	_spec.value != "SYMMETRIC_DEFAULT"
}

proofs contains result.proof(rego.metadata.chain(), {
	"because": "the key is symmetric",
	"at": _spec.at,
	"references": applies,
}) if {
	_spec.value == "SYMMETRIC_DEFAULT"
}

_secret := input.secrets[input.subject.id]

_spec := input.keys[_secret.key].spec
`;

const template = (spec: string) => `Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeySpec: ${spec}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: nightly/db
      KmsKeyId: !GetAtt Key.Arn
      SecretString: x
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: arn:aws:iam::111122223333:role/x
        Secrets:
          - Name: DB
            ValueFrom: !Ref Secret
`;

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "added-rule-"));
  for (const name of ["src", "tools", "policies"]) {
    cpSync(join(PROJECT, name), join(copy, name), {
      recursive: true,
      filter: (path) => !/\.test\.ts$|_test\.rego$|[\\/](?:examples|bin|node_modules)$/.test(path),
    });
  }
  for (const name of ["package.json", "docs"]) cpSync(join(PROJECT, name), join(copy, name), { recursive: true });
  for (const name of ["node_modules", "tools/bin"]) {
    if (existsSync(join(PROJECT, name))) symlinkSync(join(PROJECT, name), join(copy, name), "dir");
  }
  const folder = join(copy, "policies/rules/secret/symmetric-secret-key");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "rule.rego"), RULE);
  execFileSync(process.execPath, ["tools/policy.ts", "dist"], { cwd: copy, stdio: "pipe" });
});
afterAll(() => rmSync(copy, { recursive: true }));

function report(spec: string) {
  writeFileSync(join(copy, "stack.yaml"), template(spec));
  const args = ["check", "--format", "json", "--output", "report.json", "stack.yaml"];
  const program = [
    "import { run } from './src/cli/run.ts';",
    `await run({ args: ${JSON.stringify(args)}, workingFolder: process.cwd(), environment: {} });`,
  ].join("\n");
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: copy, stdio: "pipe" });
  return JSON.parse(readFileSync(join(copy, "report.json"), "utf8"));
}

test("a rule that is added by its folder is built, judged, and breaks or proves its link for every reader", () => {
  const bad = report("RSA_2048");
  expect(bad.findings).toEqual([
    expect.objectContaining({
      rule: "symmetric-secret-key",
      message: "`Secret` is encrypted with a key of spec RSA_2048.",
      location: { path: "stack.yaml", start: { line: 5, column: 16 }, end: { line: 5, column: 24 } },
    }),
  ]);
  expect(bad.references).toEqual([expect.objectContaining({ name: "DB", state: "with findings" })]);
  expect(bad.references[0].links.decrypt).toMatchObject({ state: "broken", rule: "symmetric-secret-key" });
  expect(report("SYMMETRIC_DEFAULT").findings).toEqual([]);
});
