/**
 * One stack in every format gives the same findings. Its defects: a selector without its colons, a secret that the
 * execution role may not read, a policy for a KMS alias instead of the key, and a duplicate variable. The policy of the
 * key lets the role decrypt.
 */
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../src/check.ts";
import { readConfig } from "../../src/config/read.ts";

/** What the stack's resources are called in all of them. */
const NAMES = ["job", "role", "policy", "database secret", "mail secret", "alias", "keys"] as const;
type Spelling = Readonly<Record<(typeof NAMES)[number], string>>;

/** The keys that a message names, as AWS Batch spells them. */
const API = { keys: "both `secrets` and `environment` of `containerProperties`" };
const LITERAL = {
  ...API,
  "database secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/report/db-a1B2c3",
  "mail secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/report/mail-d4E5f6",
  alias: "arn:aws:kms:eu-west-1:123456789012:alias/report",
};
const TERRAFORM = {
  ...API,
  job: "aws_batch_job_definition.report",
  role: "aws_iam_role.execution",
  policy: "aws_iam_role_policy.read_secrets",
};

/** How the messages of each format call them. */
const FORMATS: Readonly<Record<string, Spelling>> = {
  cloudformation: {
    job: "Report",
    role: "Execution",
    policy: "ReadSecrets",
    keys: "both `Secrets` and `Environment` of `ContainerProperties`",
    "database secret": "${Db}",
    "mail secret": "${Mail}",
    alias: "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/report",
  },
  terraform: {
    ...TERRAFORM,
    "database secret": "${aws_secretsmanager_secret.db.arn}",
    "mail secret": "${aws_secretsmanager_secret.mail.arn}",
    alias: "arn:aws:kms:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:alias/report",
  },
  plan: { ...TERRAFORM, ...LITERAL },
  raw: { job: "nightly-report", role: "report-execution", policy: "read-secrets", ...LITERAL },
};

const FINDINGS = [
  {
    rule: "kms-resource-present",
    subject: "policy: [policy]",
    severity: "error",
    confidence: "certain",
    message: "`[alias]` is not the ARN of a KMS key, so this statement does not allow `kms:Decrypt`.",
  },
  {
    rule: "secret-read-allowed",
    subject: "job_definition: [job]",
    severity: "error",
    confidence: "certain",
    message:
      "`MAIL_TOKEN` can't be read: no statement of `[role]` allows `secretsmanager:GetSecretValue` on `[mail secret]`.",
  },
  {
    rule: "secret-selector-format",
    subject: "job_definition: [job]",
    severity: "error",
    confidence: "certain",
    message: "`DB_PASSWORD`: two colons are missing behind the JSON key.",
  },
  {
    rule: "unique-environment-names",
    subject: "job_definition: [job]",
    severity: "error",
    confidence: "certain",
    message: "`DB_USER` is defined in [keys]; Amazon ECS rejects duplicate names.",
  },
];

/** A string with the names of the stack in place of a format's own. */
function neutral(text: string, spelling: Spelling): string {
  const named = NAMES.reduce((all, name) => all.replaceAll(spelling[name], `[${name}]`), text);
  return named.replace(/db-(?:\?{6}|a1B2c3)/, "db-…");
}

for (const [format, spelling] of Object.entries(FORMATS)) {
  test(`the findings of the stack in ${format}`, async () => {
    const root = join(import.meta.dirname, "same", format);
    const { config } = await readConfig(root);
    const { report } = await check({ root, paths: [], ignore: [], config, failOn: "error" });
    expect(report.problems).toEqual([]);
    const findings = report.findings.map(({ rule, subject, severity, confidence, message }) => ({
      rule,
      subject: `${subject.kind}: ${neutral(subject.address, spelling)}`,
      severity,
      confidence,
      message: neutral(message, spelling),
    }));
    const { jobDefinitions, references, proven, unverified } = report.summary;
    expect({ jobDefinitions, references, proven, unverified }).toEqual({
      jobDefinitions: 1,
      references: 3,
      proven: 0,
      unverified: 0,
    });
    expect(findings.sort((a, b) => (a.rule < b.rule ? -1 : 1))).toEqual(FINDINGS);
  });
}
