/** The repository of the story and what happens to it: the files of each head, and what is wrong in them. */
import type { Files } from "../../test/fake-github/repository.ts";

const account = "arn:aws:secretsmanager:us-east-1:111122223333:secret";

/** A job definition in raw JSON. A reference without its two trailing colons is wrong. */
function job(name: string, secrets: Readonly<Record<string, string>>): string {
  const role = "arn:aws:iam::111122223333:role/NightlyExecutionRole";
  const list = Object.entries(secrets).map(([name, reference]) => ({ name, valueFrom: `${account}:${reference}` }));
  const containerProperties = { image: "example/nightly", executionRoleArn: role, secrets: list };
  return `${JSON.stringify({ jobDefinitionName: name, type: "container", containerProperties }, null, 2)}\n`;
}

const wrongDatabase = "nightly-db-a1b2c3:password";
const wrongApi = "nightly-api-d4e5f6:token";
const wrongLegacy = "legacy-g7h8i9:password";
const rightReport = "report-j1k2l3:token::";
const wrongReport = "report-j1k2l3:user";

const settle = `resource "aws_batch_job_definition" "settle" {
  name = "settle"
  type = "container"
  container_properties = jsonencode({
    image            = "example/settle"
    executionRoleArn = aws_iam_role.settlement.arn
    secrets          = [{ name = "LEDGER", valueFrom = aws_secretsmanager_secret.ledger.arn }]
  })
}
`;

const report = (...references: readonly string[]) => `resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"
  container_properties = jsonencode({
    image            = "example/report"
    executionRoleArn = "arn:aws:iam::111122223333:role/ReportExecutionRole"
    secrets = [
${references.map((one, index) => `      { name = "SECRET_${index}", valueFrom = "${account}:${one}" },\n`).join("")}    ]
  })
}
`;

const mayDecrypt = `      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.ledger.arn },
`;
const iam = (statement: string) => `resource "aws_iam_role" "settlement" {
  name = "settlement-execution"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "settlement" {
  role = aws_iam_role.settlement.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.ledger.arn },
${statement}    ]
  })
}
`;

const secrets = `resource "aws_kms_key" "ledger" {
  description = "Ledger"
}

resource "aws_secretsmanager_secret" "ledger" {
  name       = "ledger"
  kms_key_id = aws_kms_key.ledger.arn
}

resource "aws_secretsmanager_secret_version" "ledger" {
  secret_id     = aws_secretsmanager_secret.ledger.id
  secret_string = var.ledger
}

variable "ledger" {
  type      = string
  sensitive = true
}
`;

const comments = "# Owned by the settlement team.\n# Ask before you change it.\n\n\n";

/** What the base has: one job that is proven, and an old one that is wrong. */
export const base: Files = {
  "README.md": "# Jobs\n",
  "infra/batch.tf": settle,
  "infra/iam.tf": iam(mayDecrypt),
  "infra/report.tf": report(rightReport),
  "infra/secrets.tf": secrets,
  "legacy/old.json": job("old", { OLD: wrongLegacy }),
};

export interface Head {
  readonly title: string;
  /** Undefined: the commit is the one before. */
  readonly files?: Files;
  /** The files of the merge with a base that has moved on. */
  readonly merged?: Files;
  readonly event?: "merge_group";
  /** The names of the checks that run from here on, all at the same time. */
  readonly checks?: readonly string[];
  /** Pieces of the lines that are wrong and new. */
  readonly wrong: readonly string[];
  /** A finding whose cause is in another file: the piece of the causing line, gone from the head, and the reference. */
  readonly cause?: { readonly line: string; readonly reference: string };
}

const opened: Files = {
  ...base,
  "jobs/nightly.json": job("nightly", { DB: wrongDatabase, API: wrongApi }),
  "infra/report.tf": report(rightReport, wrongReport),
};
const edited: Files = {
  ...opened,
  "jobs/nightly.json": (opened["jobs/nightly.json"] ?? "").replace('"API"', '"API_TOKEN"'),
};
const tags = `"type": "container",\n  "tags": {\n    "team": "settlement"\n  },`;
const moved: Files = {
  ...edited,
  "jobs/nightly.json": (edited["jobs/nightly.json"] ?? "").replace('"type": "container",', tags),
};
const { "legacy/old.json": old = "", ...others } = moved;
const renamed: Files = { ...others, "archive/old.json": old };
const removed: Files = { ...renamed, "infra/iam.tf": iam("") };
const merged: Files = { ...removed, "infra/report.tf": comments + report(rightReport, wrongReport) };
const two: Files = { ...removed, "README.md": "# Jobs\n\nTwo.\n" };
const fixedOne: Files = {
  ...two,
  "jobs/nightly.json": (two["jobs/nightly.json"] ?? "").replace(wrongApi, `${wrongApi}::`),
};
const rebased: Files = { ...fixedOne, "README.md": "# Jobs\n\nRebased.\n" };
const fixed: Files = {
  ...rebased,
  "jobs/nightly.json": (rebased["jobs/nightly.json"] ?? "").replace(wrongDatabase, `${wrongDatabase}::`),
  "infra/report.tf": report(rightReport, `${wrongReport}::`),
  "infra/iam.tf": iam(mayDecrypt),
};

const three = [wrongDatabase, wrongApi, wrongReport];

const cause = { line: "kms:Decrypt", reference: "LEDGER" };

/** The life of a pull request. Old findings of the base are not its business. */
export const story: readonly Head[] = [
  { title: "opened, with three mistakes", files: opened, wrong: three },
  { title: "run again", wrong: three },
  { title: "a wrong line is edited and stays wrong", files: edited, wrong: three },
  { title: "lines above move it", files: moved, wrong: three },
  { title: "a file with an old mistake is renamed", files: renamed, wrong: three },
  { title: "a grant is deleted in another file", files: removed, wrong: three, cause },
  { title: "the base moves on", merged, wrong: three, cause },
  {
    title: "two environments at once",
    checks: ["staging", "production"],
    files: two,
    wrong: three,
    cause,
  },
  { title: "one is fixed", files: fixedOne, wrong: [wrongDatabase, wrongReport], cause },
  { title: "rebased and pushed by force", files: rebased, wrong: [wrongDatabase, wrongReport], cause },
  { title: "all are fixed", files: fixed, wrong: [] },
  { title: "in the merge queue", event: "merge_group", wrong: [] },
];
