/**
 * An estate as data: what one Region of an account has. From it come Terraform files, and the calls that make the same in
 * an account, so that both must be judged the same.
 */

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string;
  readonly Resource?: string;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** Strings may have `{secret.NAME}`, `{parameter.NAME}`, `{key.NAME}`, `{role.NAME}` for ARNs, and `{account}`. */
export interface Role {
  readonly name: string;
  readonly service?: string;
  readonly statements?: readonly Statement[];
  /** Names of policies that AWS manages, with their path. */
  readonly managed?: readonly string[];
  readonly boundary?: readonly Statement[];
}

export interface Secret {
  readonly name: string;
  /** Its key; by the alias of the key if that has one. */
  readonly key?: string;
  readonly policy?: readonly Statement[];
}

export interface Key {
  readonly name: string;
  readonly policy: readonly Statement[];
  readonly enabled?: boolean;
  /** `alias/NAME` is an alias of it. */
  readonly aliased?: true;
  /** The role that a grant lets decrypt. */
  readonly grantee?: string;
}

export interface Parameter {
  readonly name: string;
  readonly key?: string;
}

/** `at` is where in the job definition the secrets are. */
export interface Job {
  readonly name: string;
  readonly role?: string;
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly at?: "container" | "ecs" | "node";
  /** The log driver of a job that runs on instances. */
  readonly log?: string;
}

export interface Endpoint {
  readonly service: string;
  readonly privateDns: boolean;
  /** The port that its security group lets in. */
  readonly port: number;
  readonly statements?: readonly Statement[];
}

/** What a version of a launch template gives instances. */
export interface Launch {
  /** The name of its image. */
  readonly image?: string;
  readonly userData?: string;
}

/** A launch template, and how a compute environment names it. */
export interface Template {
  /** Its versions; of these, files show the one that counts. */
  readonly versions: readonly Launch[];
  /** The default version, else the first. */
  readonly standard?: number;
  /** By its name instead of its id. */
  readonly byName?: true;
  /** The versions by which it is named, each by a compute environment of its own. */
  readonly named: readonly (string | undefined)[];
}

/** The version of a template that an environment means by a version. */
export function launchOf({ versions, standard = 1 }: Template, version = "$Default"): Launch {
  const number = { $Default: standard, $Latest: versions.length }[version] ?? Number(version);
  return versions[number - 1] ?? {};
}

/** A VPC with one subnet and one compute environment in it. */
export interface Network {
  readonly name: string;
  /** Whether the subnet has a route to an internet gateway, over a NAT gateway. */
  readonly out: boolean;
  readonly endpoints: readonly Endpoint[];
  /** Whether the VPC has no DNS host names, which private DNS needs. */
  readonly nameless?: boolean;
  /** Whether no queue has its compute environment, so that nothing runs there. */
  readonly idle?: true;
  /** How instances are started; without it jobs run on Fargate. With several versions there are as many environments. */
  readonly template?: Template;
}

/** The name of a compute environment of a network. */
export function environmentName({ name }: Network, index: number): string {
  return index === 0 ? name : `${name}-${index}`;
}

export interface Region {
  readonly region: string;
  readonly roles: readonly Role[];
  readonly secrets: readonly Secret[];
  readonly keys: readonly Key[];
  readonly parameters: readonly Parameter[];
  readonly jobs: readonly Job[];
  readonly networks: readonly Network[];
}

/** Another account, which shares secrets with the one of the estate. */
export const OTHER_ACCOUNT = "444455556666";

const READ = "secretsmanager:GetSecretValue";
const DECRYPT = "kms:Decrypt";

const allow = (Action: string, Resource: string): Statement => ({ Effect: "Allow", Action, Resource });
const deny = (Action: string, Resource: string): Statement => ({ Effect: "Deny", Action, Resource });
const root = { AWS: "arn:aws:iam::{account}:root" };
const enabled: Statement = { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" };

/** A job with the secret `NAME`, the role `NAME`, and these differences. */
function job(name: string, more: Partial<Job> = {}): Job {
  return { name, role: name, secrets: [{ name: "PASSWORD", valueFrom: "{secret.shared}" }], ...more };
}

const good = (name: string, more: Partial<Role> = {}): Role => ({
  name,
  statements: [allow(READ, "{secret.shared}")],
  ...more,
});

const valueFrom = (value: string): Pick<Job, "secrets"> => ({ secrets: [{ name: "PASSWORD", valueFrom: value }] });

/**
 * Each link broken once, beside a twin that is right: the jobs are `NAME-good` and `NAME-bad`, each with a role of its
 * name.
 */
function pair(name: string, right: Parts, wrong: Parts): readonly Parts[] {
  return [
    { ...right, name: `${name}-good` },
    { ...wrong, name: `${name}-bad` },
  ];
}

interface Parts {
  readonly name?: string;
  readonly role?: Partial<Role>;
  readonly job?: Partial<Job>;
}

const withKey = (key: string): Parts => ({
  job: valueFrom(`{secret.${key}}`),
  role: { statements: [allow(READ, `{secret.${key}}`)] },
});
const decrypting = (key: string, statement: Statement): Parts => ({
  job: valueFrom(`{secret.${key}}`),
  role: { statements: [allow(READ, `{secret.${key}}`), statement] },
});
const parameter = (name: string, statements: readonly Statement[]): Parts => ({
  job: valueFrom(`{parameter.${name}}`),
  role: { statements },
});

const PAIRS: readonly Parts[] = [
  ...pair("plain", {}, { role: { statements: [] } }),
  ...pair("ecs", { job: { at: "ecs" } }, { job: { at: "ecs" }, role: { statements: [] } }),
  ...pair("node", { job: { at: "node" } }, { job: { at: "node" }, role: { statements: [] } }),
  ...pair("selector", { job: valueFrom("{secret.shared}:password::") }, { job: valueFrom("{secret.shared}:password") }),
  ...pair("version", {}, { job: valueFrom("{secret.shared}::AWSCURRENT") }),
  ...pair(
    "unique",
    { job: { environment: [{ name: "OTHER", value: "1" }] } },
    { job: { environment: [{ name: "PASSWORD", value: "1" }] } },
  ),
  ...pair("trust", {}, { role: { service: "ec2.amazonaws.com" } }),
  ...pair("trust-batch", {}, { role: { service: "batch.amazonaws.com" } }),
  ...pair(
    "action",
    { role: { statements: [allow("secretsmanager:Get*", "{secret.shared}")] } },
    { role: { statements: [allow("secretsmanager:DescribeSecret", "{secret.shared}")] } },
  ),
  ...pair(
    "other",
    { role: { statements: [allow(READ, "*")] } },
    { role: { statements: [allow(READ, "{secret.other}")] } },
  ),
  ...pair(
    "suffix",
    { role: { statements: [allow(READ, "arn:aws:secretsmanager:*:{account}:secret:shared-{region}-??????")] } },
    { role: { statements: [allow(READ, "arn:aws:secretsmanager:*:{account}:secret:shared-{region}")] } },
  ),
  ...pair(
    "deny",
    { role: { statements: [allow(READ, "*"), deny(READ, "{secret.other}")] } },
    { role: { statements: [allow(READ, "*"), deny("secretsmanager:*", "{secret.shared}")] } },
  ),
  ...pair("boundary", { role: { boundary: [allow("*", "*")] } }, { role: { boundary: [allow("ssm:*", "*")] } }),
  ...pair(
    "managed",
    { role: { statements: [], managed: ["SecretsManagerReadWrite"] } },
    { role: { statements: [], managed: ["service-role/AmazonECSTaskExecutionRolePolicy"] } },
  ),
  ...pair(
    "resource-policy",
    { job: valueFrom("{secret.open}"), role: { statements: [] } },
    { job: valueFrom("{secret.closed}"), role: { statements: [allow(READ, "*")] } },
  ),
  ...pair("key", decrypting("keyed", allow(DECRYPT, "{key.keyed}")), withKey("keyed")),
  ...pair("key-policy", withKey("delegating"), decrypting("refusing", allow(DECRYPT, "*"))),
  ...pair("key-state", decrypting("keyed", allow(DECRYPT, "*")), decrypting("disabled", allow(DECRYPT, "*"))),
  ...pair("grant", withKey("granting"), withKey("ungranted")),
  ...pair(
    "parameter",
    parameter("plain", [allow("ssm:GetParameters", "{parameter.plain}")]),
    parameter("plain", [allow("ssm:GetParameter", "{parameter.plain}")]),
  ),
  ...pair(
    "parameter-key",
    parameter("keyed", [allow("ssm:GetParameters", "*"), allow(DECRYPT, "{key.keyed}")]),
    parameter("keyed", [allow("ssm:GetParameters", "*")]),
  ),
];

/** The Region with every link but the network. */
const main: Region = {
  region: "eu-west-1",
  roles: PAIRS.map(({ name = "", role }) => good(name, role)),
  jobs: PAIRS.map(({ name = "", job: own }) => job(name, own)),
  secrets: [
    { name: "shared" },
    { name: "other" },
    {
      name: "open",
      policy: [{ Effect: "Allow", Principal: { AWS: "{role.resource-policy-good}" }, Action: READ, Resource: "*" }],
    },
    {
      name: "closed",
      policy: [{ Effect: "Deny", Principal: { AWS: "{role.resource-policy-bad}" }, Action: READ, Resource: "*" }],
    },
    ...["keyed", "delegating", "refusing", "disabled", "granting", "ungranted"].map((name) => ({ name, key: name })),
  ],
  keys: [
    { name: "keyed", policy: [enabled] },
    {
      name: "delegating",
      policy: [
        enabled,
        { Effect: "Allow", Principal: { AWS: "{role.key-policy-good}" }, Action: DECRYPT, Resource: "*" },
      ],
    },
    {
      name: "refusing",
      policy: [{ Effect: "Allow", Principal: { AWS: "{role.key-good}" }, Action: "kms:*", Resource: "*" }],
    },
    { name: "disabled", policy: [enabled], enabled: false },
    { name: "granting", policy: [enabled], grantee: "grant-good" },
    { name: "ungranted", policy: [enabled] },
  ],
  parameters: [{ name: "plain" }, { name: "keyed", key: "keyed" }],
  networks: [{ name: "wide", out: true, endpoints: [] }],
};

const endpoint = (service: string, more: Partial<Endpoint> = {}): Endpoint => ({
  service,
  privateDns: true,
  port: 443,
  ...more,
});

/** A Region with one job, and these networks in which it may run. */
function networked(region: string, networks: readonly Omit<Network, "name">[]): Region {
  const name = `net-${region}`;
  return {
    region,
    roles: [good(name)],
    jobs: [job(name)],
    secrets: [{ name: "shared" }],
    keys: [],
    parameters: [],
    networks: networks.map((one, index) => ({ ...one, name: `net${index}` })),
  };
}

/** A Region with one job on instances of this template. */
function launched(
  region: string,
  template: Omit<Template, "named"> & Partial<Template>,
  more: Partial<Job> = {},
): Region {
  const name = `ec2-${region}`;
  return {
    ...networked(region, [{ ...isolated(endpoint(SECRETS)), template: { named: ["$Latest"], ...template } }]),
    roles: [good(name), { name: `instance-${region}`, service: "ec2.amazonaws.com" }],
    jobs: [job(name, { log: "awslogs", ...more })],
  };
}

/** A MIME document with a shell script. */
const mime = (script: string, headers: readonly string[] = []): string =>
  [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    ...headers,
    "",
    script,
    "--//--",
    "",
  ].join("\n");

const setting = (line: string): string => `#!/bin/bash\necho '${line}' >> /etc/ecs/ecs.config`;
const encoded = (text: string): string =>
  mime(Buffer.from(text).toString("base64"), ["Content-Transfer-Encoding: base64"]);
const OVERRIDE = "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE";
const DRIVERS = "ECS_AVAILABLE_LOGGING_DRIVERS";
const ON: Launch = { userData: mime(setting(`${OVERRIDE}=true`)) };
const OFF: Launch = { userData: mime(setting(`${OVERRIDE}=false`)) };
const NEW_IMAGE = "amzn2-ami-ecs-hvm-2.0.20230606-x86_64-ebs";
const OLD_IMAGE = "amzn2-ami-ecs-hvm-2.0.20181016-x86_64-ebs";
/** What user data exports and no evidence may show. */
export const PLANTED = "wX9-planted-in-user-data-77";
const planting = `#!/bin/bash\nexport DB_PASSWORD=${PLANTED}\necho '${OVERRIDE}=true' >> /etc/ecs/ecs.config`;

const around = [endpoint("logs"), endpoint("ecr.api")];
const isolated = (...endpoints: readonly Endpoint[]) => ({ out: false, endpoints: [...around, ...endpoints] });
const SECRETS = "secretsmanager";

/** Each link of the agent right and broken, by the versions of templates that count. */
const LAUNCHED: readonly Region[] = [
  launched("ap-south-1", { versions: [OFF, ON] }),
  launched("ap-southeast-1", { versions: [ON, OFF] }),
  launched("ap-southeast-2", { versions: [OFF, ON, OFF], standard: 2, named: ["$Default", undefined] }),
  launched("ap-northeast-2", { versions: [ON, OFF, ON], standard: 2, named: ["$Default"], byName: true }),
  launched("ap-northeast-3", { versions: [OFF, ON], named: ["2", "$Latest"], byName: true }),
  launched("il-central-1", { versions: [OFF, ON], named: ["1"] }),
  launched("us-west-1", { versions: [{ image: OLD_IMAGE }, { ...ON, image: NEW_IMAGE }] }),
  launched("eu-south-1", { versions: [{ ...ON, image: OLD_IMAGE }] }),
  launched(
    "eu-south-2",
    { versions: [{ userData: mime(setting(`${DRIVERS}=["json-file","splunk"]`)) }] },
    { log: "splunk" },
  ),
  launched(
    "eu-central-2",
    { versions: [{ userData: encoded(setting(`${DRIVERS}=["json-file"]`)) }] },
    { log: "splunk" },
  ),
  launched("af-south-1", { versions: [{ userData: setting(`${OVERRIDE}=true`) }] }),
  launched("me-south-1", { versions: [{ userData: mime(planting) }] }),
  launched("ap-east-1", { versions: [{ userData: encoded(planting) }] }),
];

/** A Region in which everything is right and each answer of the account counts for some job. */
const right: Region = {
  region: "eu-central-1",
  roles: [
    good("right-plain", { boundary: [allow("*", "*")] }),
    good("right-managed", { statements: [], managed: ["SecretsManagerReadWrite"] }),
    good("right-open", { statements: [] }),
    good("right-granted", { statements: [allow(READ, "{secret.granted}")] }),
    good("right-keyed", { statements: [allow(READ, "{secret.keyed}")] }),
    good("right-parameter", { statements: [allow("ssm:GetParameters", "*"), allow(DECRYPT, "{key.keyed}")] }),
  ],
  jobs: [
    job("right-plain"),
    job("right-managed"),
    job("right-open", valueFrom("{secret.open}")),
    job("right-granted", valueFrom("{secret.granted}")),
    job("right-keyed", valueFrom("{secret.keyed}")),
    job("right-parameter", valueFrom("{parameter.keyed}")),
  ],
  secrets: [
    { name: "shared" },
    {
      name: "open",
      policy: [{ Effect: "Allow", Principal: { AWS: "{role.right-open}" }, Action: READ, Resource: "*" }],
    },
    { name: "granted", key: "granted" },
    { name: "keyed", key: "keyed" },
  ],
  keys: [
    { name: "granted", policy: [enabled], grantee: "right-granted" },
    {
      name: "keyed",
      aliased: true,
      policy: [enabled, { Effect: "Allow", Principal: { AWS: "{role.right-keyed}" }, Action: DECRYPT, Resource: "*" }],
    },
  ],
  parameters: [{ name: "keyed", key: "keyed" }],
  networks: [
    { name: "net0", ...isolated(endpoint(SECRETS), endpoint("ssm")) },
    { name: "idle", ...isolated(), idle: true },
  ],
};

/** Jobs that name what the account does not have, which only the account can tell. */
export const GONE: Region = {
  region: "sa-east-1",
  roles: [
    good("gone-secret", { statements: [allow(READ, "arn:aws:secretsmanager:*:*:secret:nowhere-*")] }),
    good("gone-parameter", { statements: [allow("ssm:GetParameters", "*")] }),
    good("gone-other", { statements: [allow(READ, "arn:aws:secretsmanager:*:*:secret:theirs-*")] }),
  ],
  jobs: [
    job("gone-secret", valueFrom("arn:aws:secretsmanager:sa-east-1:{account}:secret:nowhere-AbCdEf")),
    job("gone-parameter", valueFrom("/nowhere")),
    job("gone-role", { role: "nobody" }),
    job("gone-other", valueFrom(`arn:aws:secretsmanager:sa-east-1:${OTHER_ACCOUNT}:secret:theirs-AbCdEf`)),
  ],
  secrets: [{ name: "shared" }],
  keys: [],
  parameters: [],
  networks: [{ name: "wide", out: true, endpoints: [] }],
};

export const ESTATE: readonly Region[] = [
  main,
  right,
  networked("eu-west-2", [isolated()]),
  networked("eu-west-3", [isolated(endpoint(SECRETS, { privateDns: false }))]),
  networked("eu-north-1", [isolated(endpoint(SECRETS, { port: 80 }))]),
  networked("us-east-1", [isolated(endpoint(SECRETS, { statements: [{ ...deny("*", "*"), Principal: "*" }] }))]),
  networked("ap-northeast-1", [{ ...isolated(endpoint(SECRETS)), nameless: true }]),
  networked("us-east-2", [{ out: true, endpoints: [] }, isolated()]),
  networked("us-west-2", [{ out: true, endpoints: [] }, isolated(endpoint(SECRETS))]),
  ...LAUNCHED,
];
