/**
 * The calls that evidence is read from: how an answer is read, and what a refusal is about. An answer is what the AWS CLI
 * prints, which is in files of people, too: it is read as it is there (`formats/raw`), with what the input tells besides.
 */
import type { Text } from "../../facts/located.ts";
import { entry, get, type ObjectValue, type Value } from "../../syntax/value.ts";
import type { Found } from "../raw/found.ts";
import { textOf, textsOf } from "../raw/keys.ts";
import { recognise } from "../raw/recognise.ts";
import { roleList } from "../raw/roles.ts";

/** What a call asks about, and which part of it. */
export interface Subject {
  readonly kind: "role" | "policy" | "secret" | "parameter" | "key";
  readonly name: Text;
  readonly part: "itself" | "policies" | "resource policy" | "policy" | "grants";
}

export interface Call {
  /** What the answer holds. */
  readonly read: (output: ObjectValue, input: ObjectValue) => readonly Found[];
  readonly about: (input: ObjectValue) => readonly Subject[];
}

/** Reads an answer, with some keys of the input where the answer does not name what it is about. */
function reading(...keys: readonly string[]): Call["read"] {
  return (output, input) => {
    const added = keys.flatMap((key) => (get(output, key) === undefined ? (entry(input, key) ?? []) : []));
    return recognise(added.length === 0 ? output : { ...output, entries: [...output.entries, ...added] });
  };
}

function about(kind: Subject["kind"], key: string, part: Subject["part"] = "itself"): Call["about"] {
  return (input) => textsOf(input, key).map((name) => ({ kind, name, part }));
}

/** What a role has, by the name of the role that was asked about. */
const roleLists: Call["read"] = (output, input) => {
  const role = textOf(input, "RoleName");
  return role ? roleList(output).map((list) => ({ ...list, role })) : [];
};

/** The names that `describe-parameters` was asked for, if it was asked for nothing else. */
const namesAsked: Call["about"] = (input) => {
  const only = onlyItem(input, "ParameterFilters");
  const isByName = textOf(only, "Key")?.value === "Name" && (textOf(only, "Option")?.value ?? "Equals") === "Equals";
  if (!isByName) return [];
  return textsOf(only, "Values").map((name) => ({ kind: "parameter", name, part: "itself" }));
};

/** The item of a list that has no other, such as the only filter of a question. */
export function onlyItem(input: ObjectValue, key: string): Value | undefined {
  const list = get(input, key);
  return list?.kind === "list" && list.items.length === 1 ? list.items[0] : undefined;
}

/** An answer that names all that it holds, and is about nothing in particular. */
const PLAIN: Call = { read: reading(), about: () => [] };

/** By service and operation. */
export const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["secretsmanager DescribeSecret", { read: reading(), about: about("secret", "SecretId") }],
  ["secretsmanager ListSecrets", PLAIN],
  ["secretsmanager ListSecretVersionIds", { read: reading(), about: about("secret", "SecretId") }],
  ["secretsmanager GetResourcePolicy", { read: reading(), about: about("secret", "SecretId", "resource policy") }],
  ["iam GetRole", { read: reading(), about: about("role", "RoleName") }],
  ["iam ListRoles", PLAIN],
  ["iam GetRolePolicy", { read: reading("RoleName"), about: about("role", "RoleName", "policies") }],
  ["iam ListRolePolicies", { read: roleLists, about: about("role", "RoleName", "policies") }],
  ["iam ListAttachedRolePolicies", { read: roleLists, about: about("role", "RoleName", "policies") }],
  ["iam GetPolicy", { read: reading(), about: about("policy", "PolicyArn") }],
  ["iam GetPolicyVersion", { read: reading("PolicyArn"), about: about("policy", "PolicyArn") }],
  ["iam GetAccountAuthorizationDetails", PLAIN],
  ["kms DescribeKey", { read: reading(), about: about("key", "KeyId") }],
  ["kms GetKeyPolicy", { read: reading("KeyId"), about: about("key", "KeyId", "policy") }],
  ["kms ListGrants", { read: reading(), about: about("key", "KeyId", "grants") }],
  ["kms ListAliases", PLAIN],
  ["ssm DescribeParameters", { read: reading(), about: namesAsked }],
  ["batch DescribeJobDefinitions", PLAIN],
  ["batch DescribeJobQueues", PLAIN],
  ["batch DescribeComputeEnvironments", PLAIN],
  ["ec2 DescribeImages", PLAIN],
  ["ec2 DescribeInternetGateways", PLAIN],
  ["ec2 DescribeLaunchTemplateVersions", { ...PLAIN, read: reading("Versions") }],
  ["ec2 DescribeNatGateways", PLAIN],
  ["ec2 DescribeNetworkAcls", PLAIN],
  ["ec2 DescribeRouteTables", PLAIN],
  ["ec2 DescribeSecurityGroups", PLAIN],
  ["ec2 DescribeSubnets", PLAIN],
  ["ec2 DescribeVpcAttribute", { ...PLAIN, read: reading("VpcId") }],
  ["ec2 DescribeVpcEndpoints", PLAIN],
  ["ec2 DescribeVpcs", PLAIN],
  ["route53 GetHostedZone", PLAIN],
  ["route53 ListHostedZonesByVPC", { ...PLAIN, read: reading("VPCId") }],
  // Says whose credentials asked, which the envelope does, too.
  ["sts GetCallerIdentity", { read: () => [], about: () => [] }],
]);

/** Calls whose answers hold secret values, which nothing here needs. */
const VALUES =
  /^(?:secretsmanager (?:Batch)?GetSecretValue|ssm GetParameters?(?:ByPath|History)?|kms (?:Decrypt|GenerateDataKey\w*))$/;

export function holdsValues(call: string): boolean {
  return VALUES.test(call);
}

/** What a refusal says: there is no such thing, it may not be asked, or nothing that counts (throttled, expired). */
export function refusalOf(code: string): "missing" | "denied" | "other" {
  if (/^(?:ResourceNotFound|NotFound|NoSuchEntity|ParameterNotFound)(?:Exception)?$/.test(code)) return "missing";
  if (/^(?:AccessDenied|UnauthorizedOperation|NotAuthorized|Unauthorized|AuthorizationError)/.test(code))
    return "denied";
  return "other";
}
