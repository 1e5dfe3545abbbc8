/** What AWS managed policies grant of the actions that a job's secrets need (`tools/managed-policies.ts`). */
import type { Place } from "../source.ts";
import { splitArn } from "./arn.ts";
import type { Condition, Statement, Text } from "./located.ts";
import { isLiteral } from "./text.ts";

/** IAM takes a boolean or a number of a condition for its text: `"Null": { "aws:ResourceTag/x": false }`. */
type Scalar = string | number | boolean;

interface TableStatement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Scalar | readonly Scalar[]>>>>;
}

export interface ManagedPolicies {
  /**
   * What a policy, by its ARN, says of secrets, parameters and decryption; undefined for any ARN that the table does
   * not have. The table has the documents of partition aws. What grants such a thing may be written otherwise in China
   * or GovCloud; what does not, does not there either.
   */
  readonly statements: (arn: string) => readonly TableStatement[] | undefined;
}

/** Loads the table: 130 KB, so only when a role carries an AWS managed policy. */
export async function loadManagedPolicies(): Promise<ManagedPolicies> {
  const { readTable } = await import("../managed-table.ts");
  const table = readTable();
  const { grants } = table;
  const none = new Set(table.none);
  return {
    statements: (arn) => {
      const name = awsManagedName(arn);
      if (name === undefined) return undefined;
      if (none.has(name)) return [];
      const partition = splitArn(arn)?.partition ?? "";
      if (!Object.hasOwn(grants, name) || (isLiteral(partition) && partition !== "aws")) return undefined;
      return grants[name] as readonly TableStatement[];
    },
  };
}

/**
 * The name of an AWS managed policy with its path, `service-role/NAME`, which is part of its identity; undefined for any
 * other ARN. They alone have `aws` for an account:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function awsManagedName(arn: string): string | undefined {
  const fields = splitArn(arn);
  if (fields?.service !== "iam" || fields.account !== "aws" || !fields.resource.startsWith("policy/")) return undefined;
  return fields.resource.slice("policy/".length);
}

/** The table's statements in the form of the case, placed where the role names the policy. */
export function managedStatements(statements: readonly TableStatement[], policy: string, at: Place): Statement[] {
  const texts = (values: readonly string[]): Text[] => values.map((value) => ({ value, at }));
  return statements.map(({ Effect, Action, Resource, NotResource, Condition }) => ({
    sid: null,
    effect: { value: Effect, at },
    actions: texts(Action),
    not_actions: null,
    resources: Resource ? texts(Resource) : null,
    not_resources: NotResource ? texts(NotResource) : null,
    principals: null,
    not_principals: null,
    conditions: Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(
        ([key, value]): Condition => ({
          operator,
          key,
          values: texts([value].flat().map(String)),
          at,
        }),
      ),
    ),
    maybe: null,
    policy,
    at,
  }));
}
