/**
 * Plans what to ask AWS: (what is open, the answers so far) → the next calls, until there are none. Pure: the same
 * questions and answers always lead to the same calls, each of them once.
 */
import { into } from "../maps.ts";
import { type Answer, type Call, call, keyOfCall } from "./calls.ts";
import { leadsOf } from "./leads.ts";
import { isMissing } from "./refusals.ts";
import { inRegion, partitionOf, type Thing, type ThingKind } from "./things.ts";

/** Whose credentials ask. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
  /** The Region where nothing says another. */
  readonly region: string;
}

/** The calls to make next. None: everything is asked that the open things and the answers lead to. */
export function plan(open: readonly Thing[], answers: readonly Answer[], who: Identity): readonly Call[] {
  const asked = new Set(answers.flatMap(({ call: one }) => apart(one)).map(keyOfCall));
  const calls = new Map<string, Call>();
  for (const one of [
    ...thingsOf(open, answers, who).flatMap((thing) => callsAbout(inRegion(thing, who.region))),
    ...answers.flatMap((one) => furtherCalls(one, who)),
  ]) {
    const located = { ...one, region: one.region ?? who.region };
    const key = keyOfCall(located);
    if (!asked.has(key)) calls.set(key, located);
  }
  return together([...calls.values()]);
}

/** As many parameters are asked for at once, for AWS lets this be asked rarely. */
const MOST_PARAMETERS = 50;

const parameterFilters = (Values: readonly string[]) => ({
  ParameterFilters: [{ Key: "Name", Option: "Equals", Values }],
});

function namesIn({ operation, input }: Call): readonly string[] {
  const { ParameterFilters = [] } = input as { readonly ParameterFilters?: readonly { readonly Values?: unknown }[] };
  return operation === "DescribeParameters" ? ParameterFilters.flatMap(({ Values }) => listed(Values)) : [];
}

/** A call for each parameter that is asked for. */
function apart(one: Call): readonly Call[] {
  const names = namesIn(one);
  return names.length > 1 ? names.map((name) => ({ ...one, input: parameterFilters([name]) })) : [one];
}

/** The parameters of a Region in as few calls as possible, behind all others. */
function together(calls: readonly Call[]): readonly Call[] {
  const byRegion = new Map<string | null, string[]>();
  for (const one of calls) into(byRegion, one.region, (): string[] => []).push(...namesIn(one));
  const parameters = [...byRegion].flatMap(([region, names]) =>
    Array.from({ length: Math.ceil(names.length / MOST_PARAMETERS) }, (_, index) =>
      call(
        "DescribeParameters",
        region,
        parameterFilters(names.slice(index * MOST_PARAMETERS, (index + 1) * MOST_PARAMETERS)),
      ),
    ),
  );
  return [...calls.filter(({ operation }) => operation !== "DescribeParameters"), ...parameters];
}

function thingsOf(open: readonly Thing[], answers: readonly Answer[], who: Identity): readonly Thing[] {
  return [...open, ...answers.flatMap(leadsOf)].filter((thing) => whyNot(thing, who) === undefined);
}

/** The things that these credentials can't ask about, each once, with the reason as a clause. */
export function notAsked(
  open: readonly Thing[],
  answers: readonly Answer[],
  who: Identity,
): readonly { readonly thing: Thing; readonly why: string }[] {
  const found = new Map<string, { thing: Thing; why: string }>();
  for (const thing of [...open, ...answers.flatMap(leadsOf)]) {
    const why = whyNot(thing, who);
    if (why !== undefined) found.set(JSON.stringify(thing), { thing, why });
  }
  return [...found.values()];
}

/** IAM and Parameter Store answer for the account that asks; nothing answers for another partition. */
function whyNot(thing: Thing, { account, partition }: Identity): string | undefined {
  const other = partitionOf(thing);
  if (other !== null && other !== partition) return `it is in the partition ${other}`;
  if ((thing.kind === "role" || thing.kind === "parameter") && thing.account !== null && thing.account !== account) {
    return `it belongs to the account ${thing.account}`;
  }
  return undefined;
}

type Questions<K extends ThingKind> = (thing: Extract<Thing, { readonly kind: K }>) => readonly Call[];

const QUESTIONS: { readonly [K in ThingKind]: Questions<K> } = {
  role: ({ name }) => [
    call("GetRole", null, { RoleName: name }),
    call("ListRolePolicies", null, { RoleName: name }),
    call("ListAttachedRolePolicies", null, { RoleName: name }),
  ],
  policy: ({ arn }) => [call("GetPolicy", null, { PolicyArn: arn })],
  secret: ({ id, region }) => [call("DescribeSecret", region, { SecretId: id })],
  parameter: ({ name, region }) => [call("DescribeParameters", region, parameterFilters([name]))],
  key: ({ id, region }) => [call("DescribeKey", region, { KeyId: id })],
  jobs: ({ region }) => [call("DescribeJobDefinitions", region, { status: "ACTIVE" })],
  environments: ({ region }) => [call("DescribeJobQueues", region), call("DescribeComputeEnvironments", region)],
  subnets: ({ ids, region }) => [call("DescribeSubnets", region, { SubnetIds: sorted(ids) })],
  groups: ({ ids, region }) => [call("DescribeSecurityGroups", region, { GroupIds: sorted(ids) })],
  vpc: ({ id, region }) => [
    ...["enableDnsSupport", "enableDnsHostnames"].map((Attribute) =>
      call("DescribeVpcAttribute", region, { VpcId: id, Attribute }),
    ),
    ...(["DescribeRouteTables", "DescribeNetworkAcls", "DescribeVpcEndpoints"] as const).map((operation) =>
      call(operation, region, { Filters: [{ Name: "vpc-id", Values: [id] }] }),
    ),
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html
    call("DescribeNatGateways", region, { Filter: [{ Name: "vpc-id", Values: [id] }] }),
    // Zones are of all Regions, and are told apart by that of the VPC.
    ...(region === null ? [] : [call("ListHostedZonesByVPC", region, { VPCId: id, VPCRegion: region })]),
  ],
  image: ({ id, region }) => [call("DescribeImages", region, { ImageIds: [id] })],
  template: ({ by, name, version, region }) => [
    call("DescribeLaunchTemplateVersions", region, { [by]: name, Versions: [version] }),
  ],
};

/** The first questions about a thing. */
export function callsAbout(thing: Thing): readonly Call[] {
  const questions = QUESTIONS[thing.kind] as Questions<ThingKind>;
  return questions(thing);
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}

/** The calls that go on with what an answer is about: the policies of a role, the policy of a key. */
function furtherCalls({ call: { operation, region, input }, output, error }: Answer, who: Identity): readonly Call[] {
  // Who may not describe a secret may know its policy all the same; one that is not there has none.
  if (operation === "DescribeSecret" && !(error && isMissing(error))) {
    return [call("GetResourcePolicy", region, input)];
  }
  if (!output) return [];
  switch (operation) {
    case "ListRolePolicies":
      return listed(output["PolicyNames"]).map((PolicyName) => call("GetRolePolicy", null, { ...input, PolicyName }));
    case "GetPolicy": {
      const { DefaultVersionId } = (output["Policy"] ?? {}) as Readonly<Record<string, unknown>>;
      return typeof DefaultVersionId === "string"
        ? [call("GetPolicyVersion", null, { ...input, VersionId: DefaultVersionId })]
        : [];
    }
    case "DescribeKey":
      return keyCalls(region, output["KeyMetadata"], who);
    default:
      return [];
  }
}

function listed(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** AWS's own keys have a policy that AWS alone decides. Only the account of a key shows its policy. */
function keyCalls(region: string | null, metadata: unknown, { account }: Identity): readonly Call[] {
  const { Arn, AWSAccountId, KeyManager } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof Arn !== "string" || KeyManager === "AWS" || AWSAccountId !== account) return [];
  const KeyId = Arn;
  return [
    call("GetKeyPolicy", region, { KeyId, PolicyName: "default" }),
    call("ListGrants", region, { KeyId }),
    call("ListAliases", region, { KeyId }),
  ];
}
