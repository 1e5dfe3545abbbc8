/**
 * The one table of what may be unknown: the words for people, and what would settle it. A cause is one thing
 * (`Cause` of `facts/schema.ts`): its kind is a row here, its name is in the words of its file.
 */

/** What a person, a file or an account could tell, so that the question is settled. */
export type Settles =
  | "variable"
  | "parameter"
  | "role"
  | "secret"
  | "key"
  | "policy"
  | "module"
  | "network"
  | "file"
  | "permission";

interface Row {
  /** A clause that names the thing and says what is not known: "`var.x` has no value in these files". */
  readonly says: (name: string) => string;
  readonly settles: Settles | null;
}

const TABLE = {
  variable: { says: (name) => `${name} has no value in these files`, settles: "variable" },
  parameter: { says: (name) => `the parameter ${name} has no value in these files`, settles: "parameter" },
  placeholder: { says: (name) => `${name} is filled in by another tool`, settles: "variable" },
  import: { says: (name) => `${name} is exported by a stack that is not in these files`, settles: "file" },
  "same-export": { says: (name) => `${name} may or may not be the export that is meant`, settles: "file" },
  "remote-output": {
    says: (name) => `${name} comes from a deployment that is not in these files`,
    settles: "file",
  },
  lookup: { says: (name) => `${name} is looked up at deployment`, settles: "file" },
  stored: { says: (name) => `the value of the SSM parameter ${name} is not in these files`, settles: "file" },
  deployment: { says: (name) => `${name} depends on where the files are deployed`, settles: null },
  apply: { says: (name) => `${name} is known only after deployment`, settles: null },
  module: { says: (name) => `the module ${name} is not in these files`, settles: "module" },
  "nested-stack": { says: (name) => `the nested stack ${name} is not in these files`, settles: "module" },
  "inner-template": { says: (name) => `the template in ${name} is not followed`, settles: "file" },
  "custom-resource": { says: (name) => `${name} runs code that is not in these files`, settles: "file" },
  macro: { says: (name) => `the macro ${name} may change the template`, settles: "file" },
  condition: { says: (name) => `the condition ${name} can't be decided`, settles: "parameter" },
  file: { says: (name) => `the file ${name} can't be read`, settles: "file" },
  function: { says: (name) => `${name} is not computed here`, settles: null },
  refused: { says: (name) => `${name} can't be evaluated`, settles: null },
  shape: { says: (name) => `${name} is not written in a form that can be read`, settles: null },
  limit: { says: (name) => `${name} is larger than what is evaluated here`, settles: null },
  fragment: { says: (name) => `${name} is only a part of what is deployed`, settles: "file" },
  default: { says: (name) => `${name} has only a default, which a deployment may replace`, settles: "parameter" },
  ambiguous: { says: (name) => `more than one thing is named ${name}`, settles: null },
  undeclared: { says: (name) => `${name} is not declared`, settles: null },
  role: { says: (name) => `the role ${name} is not declared in these files`, settles: "role" },
  "role-policies": { says: (name) => `not every policy of the role ${name} is in these files`, settles: "role" },
  /** The name is the permission that is missing. */
  denied: { says: (name) => `the account denied ${name}`, settles: "permission" },
  /** The name is the call, with the error. */
  "not-answered": { says: (name) => `the account did not answer ${name}`, settles: null },
  "missing-role": { says: (name) => `the role ${name} does not exist`, settles: "role" },
  "missing-key": { says: (name) => `the key ${name} does not exist`, settles: "key" },
  "role-policies-file": {
    says: (name) => `no policy was read from ${name}, which \`role-policies\` of the configuration names`,
    settles: "file",
  },
  trust: { says: (name) => `the trust policy of ${name} is not in these files`, settles: "role" },
  policy: { says: (name) => `the policy ${name} is not in these files`, settles: "policy" },
  "same-policy": { says: (name) => `${name} may or may not be that policy`, settles: "policy" },
  "ignored-changes": { says: (name) => `changes of ${name} in the files are not deployed`, settles: null },
  attachment: { says: (name) => `${name} may or may not be attached to the role`, settles: "role" },
  /** The name is what lists the policies. */
  "policy-list": {
    says: (name) => `${name} takes off the policies of the role that it does not list`,
    settles: "role",
  },
  "organization-policy": {
    says: (name) => `${name} may or may not apply to the account of the role`,
    settles: null,
  },
  carried: { says: (name) => `${name} may or may not apply to it`, settles: "policy" },
  secret: { says: (name) => `${name} is not declared in these files`, settles: "secret" },
  "same-secret": { says: (name) => `${name} may or may not be that secret`, settles: "secret" },
  "same-parameter": { says: (name) => `${name} may or may not be that parameter`, settles: "secret" },
  "same-key": { says: (name) => `${name} may or may not be that key`, settles: "key" },
  /** The name is that of the variable. */
  "broken-reference": {
    says: (name) => `the reference of ${name} is broken, so it does not say what is read`,
    settles: null,
  },
  "secret-policy": { says: (name) => `the resource policy of ${name} is not in these files`, settles: "secret" },
  /** What is behind `file://` and dynamic references. It has no name: a value is not shown. */
  replaced: { says: () => "the value of the secret is read from elsewhere at deployment", settles: null },
  content: { says: (name) => `the value of ${name} is written outside of these files`, settles: null },
  "current-value": { says: (name) => `more than one value is given to ${name}`, settles: null },
  versions: { says: (name) => `the versions of ${name} are not in these files`, settles: null },
  rotation: { says: (name) => `${name} may or may not rotate`, settles: null },
  addition: { says: (name) => `${name} may add keys`, settles: null },
  key: { says: (name) => `the key ${name} is not declared in these files`, settles: "key" },
  "key-policy": { says: (name) => `not every policy and grant of the key ${name} is in these files`, settles: "key" },
  "iam-condition": { says: (name) => `the condition on ${name} can't be decided from these files`, settles: null },
  "iam-element": { says: (name) => `${name} in a policy is not known`, settles: null },
  network: { says: (name) => `the network ${name} is only partly in these files`, settles: "network" },
  value: { says: (name) => `the value of ${name} is not known`, settles: null },
  endpoint: { says: (name) => `${name} may or may not be in this network`, settles: "network" },
  "fips-endpoint": {
    says: (name) => `${name} is only for agents that ask for the FIPS name of a service`,
    settles: null,
  },
  rule: { says: (name) => `${name} may or may not be a rule of this security group`, settles: "network" },
  "network-acl": { says: (name) => `the network ACL ${name} may or may not let jobs reach AWS`, settles: null },
  "security-group": {
    says: (name) => `the security group ${name} is not declared in these files`,
    settles: "network",
  },
  "rule-peers": { says: (name) => `whom a rule of ${name} is for can't be decided`, settles: "network" },
  "hosted-zones": {
    says: (name) => `the private hosted zones of the VPC ${name} are not in these files`,
    settles: "network",
  },
  "hosted-zone": { says: (name) => `where the private hosted zone ${name} leads is not decided`, settles: null },
  "endpoint-policy": { says: (name) => `whom the policy of ${name} lets read secrets is not decided`, settles: null },
  gateway: { says: (name) => `${name} may or may not lead to the internet from there`, settles: "network" },
  "way-out": { says: (name) => `a route of ${name} may or may not lead to AWS`, settles: "network" },
  "public-address": { says: (name) => `whether jobs in ${name} get a public IP address is not known`, settles: null },
  "ipv6-subnet": { says: (name) => `whether jobs in ${name} reach AWS by IPv6 is not decided`, settles: null },
  /** All that there is to know of it is known: which of them runs a job is decided when it runs. */
  elsewhere: { says: (name) => `jobs may also run in ${name}`, settles: null },
  "same-role": { says: (name) => `${name} may or may not be that role`, settles: "role" },
  image: { says: (name) => `the ECS agent in the image ${name} is not known`, settles: "file" },
  "launch-template": { says: (name) => `the launch template ${name} is not in these files`, settles: "file" },
  environment: { says: (name) => `the compute environment ${name} is not in these files`, settles: "file" },
  environments: { says: (name) => `only some of the compute environments of ${name} are looked at`, settles: null },
  placement: { says: (name) => `which compute environment runs ${name} is not known`, settles: null },
  "log-driver": {
    says: (name) => `AWS does not say whether instances of AWS Batch register the log driver ${name}`,
    settles: null,
  },
  instances: { says: (name) => `the instances of ${name} are not started by AWS Batch`, settles: null },
  "agent-settings": { says: (name) => `${name} takes settings of the ECS agent from elsewhere`, settles: null },
  /** Anything that has no row yet: the name is the sentence. */
  other: { says: (name) => name, settles: null },
} as const satisfies Record<string, Row>;

export type CauseKind = keyof typeof TABLE;

/** One thing that is not known. `unit` is where it is declared, null where that makes no difference. */
export interface Cause {
  readonly kind: CauseKind;
  readonly name: string;
  readonly unit: string | null;
}

export const causeKinds = Object.keys(TABLE) as [CauseKind, ...CauseKind[]];

/** Whether an account was asked and gave no answer. */
export function isRefusal({ kind }: Pick<Cause, "kind">): boolean {
  return kind === "denied" || kind === "not-answered";
}

/** The clause that tells people of a cause. */
export function causeWords({ kind, name }: Pick<Cause, "kind" | "name">): string {
  return TABLE[kind].says(name);
}

/** What would settle a cause; null when nothing but the deployment itself does. */
export function settles({ kind, name }: Pick<Cause, "kind" | "name">): { kind: Settles; name: string } | null {
  const kindOf: Settles | null = TABLE[kind].settles;
  return kindOf && { kind: kindOf, name };
}
