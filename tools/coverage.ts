/**
 * docs/coverage.md: every statement of the AWS page that the project grew from, in our words, with the rules that judge
 * it, and what they find and pass.
 */
import type { Rule } from "../src/policy/rules.ts";
import { type Example, examplesFolder, shortest } from "./examples.ts";

/** The AWS page. */
export const SEED = "https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html";

/** What the page says, and the rules that judge it; or why nothing in the files could break it. */
type Statement = readonly [says: string, judgedBy: readonly string[] | string];

const SECTIONS: readonly (readonly [title: string, statements: readonly Statement[]])[] = [
  [
    "Specifying sensitive data",
    [
      [
        "Sensitive data belongs in Secrets Manager, and the job definition refers to it.",
        ["secret-arn-format", "secret-reference-is-arn", "no-resolved-secrets", "no-plaintext-secrets"],
      ],
      [
        "A job gets a secret in an environment variable or in its log configuration, from nowhere else.",
        ["job-definition-shape"],
      ],
      [
        "A reference for a variable may select one JSON key, or one version, of the secret.",
        ["secret-selector-format"],
      ],
    ],
  ],
  [
    "Considerations",
    [
      ["A JSON key or a version needs agent 1.37.0 or later on the instance.", ["ecs-agent-version"]],
      ["The latest agent is recommended.", "Advice: which agent is the latest depends on the day."],
      [
        "A whole secret, or one in the log configuration, needs agent 1.22.0 or later (by its source code 1.23.0 and 1.27.0).",
        ["ecs-agent-version"],
      ],
      ["Only text, stored with `SecretString`, can be injected.", ["no-binary-secrets"]],
      ["Binary data, stored with `SecretBinary`, can't.", ["no-binary-secrets"]],
      [
        "Where interface endpoints are used, there must be one for Secrets Manager.",
        ["vpc-endpoint-present", "vpc-endpoint-usable"],
      ],
      [
        "A secret is injected when the job starts; a running job doesn't see a later value.",
        ["no-pinned-version-under-rotation"],
      ],
      ["After a change or rotation, a new job gets the new value.", ["no-pinned-version-under-rotation"]],
    ],
  ],
  [
    "Required permissions",
    [
      [
        "There must be an execution role, and the job definition must name it.",
        ["execution-role-present", "execution-role-arn"],
      ],
      [
        "The container agent reads secrets with that role, so Amazon ECS must be able to assume it.",
        ["execution-role-trust"],
      ],
      [
        "`ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE` must be true (today: not be switched off, and only before agent 1.16.0 be switched on).",
        ["awslogs-execution-role-override"],
      ],
      ["The variable is set in `ecs.config` when the instance is made.", ["launch-template-user-data"]],
      [
        "The variable may be set on an existing instance, whose agent is then restarted.",
        "What somebody does on an instance is in no file.",
      ],
      [
        "The permissions are added to the execution role by hand.",
        ["secret-read-allowed", "secret-decrypt-allowed", "parameter-read-allowed"],
      ],
      [
        "`secretsmanager:GetSecretValue` is required for a secret.",
        ["secret-read-allowed", "secret-resource-matchable"],
      ],
      ["`kms:Decrypt` is required only where a customer managed key encrypts the secret.", ["secret-decrypt-allowed"]],
      ["The ARN of that key is the resource of the permission.", ["kms-resource-present"]],
      [
        "The example policy names one secret and one key (read literally, its ARN of a secret matches none).",
        ["secret-resource-matchable", "kms-resource-present", "least-privilege-secrets"],
      ],
    ],
  ],
  [
    "Injecting sensitive data as an environment variable",
    [
      [
        "An entry of `secrets` has the name of the variable.",
        ["job-definition-shape", "unique-environment-names", "reserved-environment-names"],
      ],
      ["It has the ARN of the secret.", ["secret-reference-is-arn", "secret-arn-format", "complete-secret-arn"]],
      ["It may have more parameters, behind the ARN.", ["secret-selector-format"]],
      [
        "The syntax is `arn:aws:secretsmanager:region:aws_account_id:secret:secret-name`, and more behind it.",
        ["secret-arn-format", "unambiguous-secret-arn"],
      ],
      ["Each parameter may be left out, but then its colon stays.", ["secret-selector-format"]],
      ["`json-key` is the name of a key of the secret.", ["json-key-exists"]],
      ["It works for JSON only.", ["json-secret-for-json-key"]],
      ["Without it the whole secret is injected.", "A default can't be broken."],
      ["`version-stage` is the label of a version that the secret has.", ["secret-version-exists"]],
      ["A version stage excludes a version ID.", ["single-version-selector"]],
      ["Without a stage the version `AWSCURRENT` is read.", ["secret-has-value"]],
      ["A label moves when the secret is rotated.", ["no-pinned-version-under-rotation"]],
      ["Each version has an ID and labels.", ["secret-version-exists"]],
      ["`version-id` is the ID of a version that the secret has.", ["secret-version-exists", "secret-selector-format"]],
      ["A version ID excludes a version stage.", ["single-version-selector"]],
      ["Without an ID the version `AWSCURRENT` is read.", ["secret-has-value"]],
      ["An ID means one version for good.", ["no-pinned-version-under-rotation"]],
    ],
  ],
  [
    "Examples of container definitions",
    [
      [
        "A whole secret, by its complete ARN (the page writes `containerProperties` as a list, which AWS rejects).",
        ["job-definition-shape", "secret-reference-by-resource"],
      ],
      ["A key is named behind the ARN and followed by two colons.", ["secret-selector-format"]],
      ["That key is in the secret's JSON.", ["json-key-exists", "json-secret-for-json-key"]],
      ["A stage stands between two colons before it and one behind it.", ["secret-selector-format"]],
      ["The stage is one that `describe-secret` shows.", ["secret-version-exists"]],
      ["An ID follows three colons (the page has two, which the agent rejects).", ["secret-selector-format"]],
      ["A key and a stage may be given together.", ["secret-selector-format", "single-version-selector"]],
      ["A key and an ID may be given together.", ["secret-selector-format", "single-version-selector"]],
    ],
  ],
  [
    "Injecting sensitive data in a log configuration",
    [
      [
        "`secretOptions` has the name of an option of the log driver.",
        ["job-definition-shape", "log-driver-supported", "log-driver-enabled"],
      ],
      ["It has the full ARN of the secret.", ["secret-reference-is-arn", "secret-arn-format", "complete-secret-arn"]],
      [
        "The example is for Splunk (the page writes `logConfiguration` as a list, which AWS rejects).",
        ["job-definition-shape", "log-driver-enabled"],
      ],
    ],
  ],
  [
    "Creating a secret",
    [
      ["A secret is made in the console.", "Steps in a console are in no file."],
      ["It may hold pairs of keys and values, which are JSON.", ["json-key-exists"]],
      ["It may hold any other text.", ["json-secret-for-json-key"]],
      ["Without a choice it is encrypted with the account's default key.", ["cross-account-secret-key"]],
      [
        "Another KMS key may be chosen.",
        ["secret-decrypt-allowed", "symmetric-secret-key", "secret-and-key-available"],
      ],
      ["Making a key needs a permission.", "Who may make keys has nothing to do with jobs."],
      ["The name may be a path of letters, digits and `/_+=.@-`.", ["secret-arn-format", "secret-name-suffix"]],
      ["Rotation may be switched on.", ["no-pinned-version-under-rotation"]],
    ],
  ],
];

/** The rules that the page itself states; the others come from elsewhere in AWS's documentation or from reports. */
export const STATED: ReadonlySet<string> = new Set([
  "awslogs-execution-role-override",
  "ecs-agent-version",
  "execution-role-present",
  "job-definition-shape",
  "json-key-exists",
  "json-secret-for-json-key",
  "kms-resource-present",
  "log-driver-supported",
  "no-binary-secrets",
  "no-pinned-version-under-rotation",
  "secret-arn-format",
  "secret-decrypt-allowed",
  "secret-read-allowed",
  "secret-reference-is-arn",
  "secret-resource-matchable",
  "secret-selector-format",
  "secret-version-exists",
  "single-version-selector",
  "vpc-endpoint-present",
  "vpc-endpoint-usable",
]);

/** The ids of rules that the statements name. */
export const NAMED: ReadonlySet<string> = new Set(
  SECTIONS.flatMap(([, statements]) => statements.flatMap(([, by]) => (typeof by === "string" ? [] : by))),
);

/** The document. Rules that there are not yet are left out; a test names them. */
export function renderCoverage(rules: readonly Rule[], examplesOf: (rule: Rule) => readonly Example[]): string {
  const cells = new Map(rules.map((rule) => [rule.id, cellsOf(rule, examplesOf(rule))]));
  const tables = SECTIONS.map(([title, statements]) => {
    const rows = statements.flatMap(([says, by]) => {
      if (typeof by === "string") return [`| ${says} | *${by}* | | |`];
      const judged = by.flatMap((id) => cells.get(id) ?? []);
      return (judged.length > 0 ? judged : ["| | | |"]).map((row, index) => `| ${index === 0 ? says : ""} ${row}`);
    });
    return `## ${title}\n\n| the page says | rule | finds | passes |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  const intro = `What [specifying sensitive data for Batch](${SEED}) says, statement by statement and in our own words, with the rules
that judge it, and an example that each finds and one that it passes. Where the page is wrong or outdated, what is true
is in parentheses; the pages of the rules have the sources.
`;
  return ["<!-- Made by tools/docs.ts from tools/coverage.ts. -->\n", "# Coverage\n", intro, ...tables].join("\n");
}

/** The cells of a rule: its page and its shortest bad and good example. */
function cellsOf(rule: Rule, examples: readonly Example[]): string {
  const link = (kind: "bad" | "good") => {
    const name = shortest(examples, kind)?.name;
    return name === undefined ? "" : `[${name}](../${examplesFolder(rule)}/${name})`;
  };
  return `| [${rule.id}](rules/${rule.id}.md) | ${link("bad")} | ${link("good")} |`;
}
