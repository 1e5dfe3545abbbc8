/**
 * Small cases made at random: jobs with broken, open and good references, roles, secrets and networks. Each fits the
 * schema.
 */
import fc from "fast-check";
import { ANYWHERE } from "../../src/facts/arn.ts";
import { named, type Site } from "../../src/facts/references.ts";
import type { Case } from "../../src/facts/schema.ts";

type Job = Case["job_definitions"][string];
type Container = Job["containers"][number];
type Reference = Container["secrets"][number];
type Role = Case["roles"][string];
type Statement = Role["statements"][number];
type Secret = Case["secrets"][string];

const UNIT = "unit";
const OWN = "⟨AWS.Region⟩:⟨AWS.AccountId⟩";
const SECRET = `arn:⟨AWS.Partition⟩:secretsmanager:${OWN}:secret:db-⟨#Db⟩`;

const text = (value: string, at = 1) => ({ value, at });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const few = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 2) => fc.array(arbitrary, { maxLength });

const cause = { kind: "variable", name: "var.x", unit: UNIT } as const;
const unseen = (...parts: string[]) =>
  few(
    fc.constantFrom(...parts).map((part) => ({ part, cause, at: 2 })),
    1,
  );

/** What people write in `valueFrom`: the beginning, and what is behind it. */
const value = fc
  .tuple(
    fc.constantFrom(
      SECRET,
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf",
      "arn:aws:secretsmanager:eu-west-1a:1111:secret:db",
      "arn:aws:secretsmanager:<region>:AWS_ACC_ID:secret:db",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret::db",
      "arn:aws:secretsmanager:",
      "arn:aws:s3:::bucket",
      "arn:aws:ssm:eu-west-1:111122223333:parameter/db",
      "arn:aws:ssm:eu-west-1:111122223333:parameter//db",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*wide⟩",
      "⟨*wide⟩",
      "⟨narrow⟩",
      "⟨*name⟩",
      "db",
      "secret:db",
      "/prod/db",
      "p@ss w0rd",
      "Ref::db",
      "{{resolve:ssm:db}}",
      "{{resolve:secretsmanager:db}}",
      "",
    ),
    fc.constantFrom("", "", ":a::", ":a", "::AWSPREVIOUS:", ":a:⟨narrow⟩:", "::AWSCURRENT:⟨version⟩", ":a:b:c:d", "|v"),
  )
  .map((pieces) => pieces.join(""));

const name = fc.constantFrom("A", "A", "B", "C", "⟨*wide⟩", "⟨narrow⟩_A", "");

function reference(site: Site, id: string): fc.Arbitrary<Reference> {
  return fc
    .record({
      name: maybe(name),
      value: fc.option(value, { nil: undefined, freq: 8 }),
      secret: fc.constantFrom(null, "unit#Db"),
      parameter: fc.constantFrom(null, null, "unit#P"),
    })
    .map((given) => {
      const meaning = named(given.value, site, ANYWHERE);
      return {
        id,
        name: given.name === null ? null : text(given.name),
        value_from: given.value === undefined ? null : text(given.value, 3),
        site,
        named: { ...meaning, parts: meaning.parts && [...meaning.parts] },
        secret: meaning.service === "secretsmanager" ? given.secret : null,
        parameter: meaning.service === "ssm" ? given.parameter : null,
        at: 3,
      };
    });
}

const role = fc.constantFrom(
  null,
  { arn: text("arn:aws:iam::111122223333:role/elsewhere"), role: null },
  { arn: text("⟨*wide⟩"), role: null },
  { arn: text(""), role: null },
  { arn: text(`arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Role⟩`), role: "unit#Role" },
);

function references(path: string, site: Site): fc.Arbitrary<Reference[]> {
  return fc
    .nat(2)
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => reference(site, `${path}.${site}[${at}]`))));
}

const container = (index: number): fc.Arbitrary<Container> => {
  const path = `containers[${index}]`;
  return fc.record({
    path: fc.constant(path),
    kind: fc.constantFrom("container", "container", "ecs", "eks"),
    name: fc.constant(null),
    image: fc.constant(null),
    execution_role: role,
    job_role: role,
    role_holder: fc.constant(4),
    role_key: fc.constant("executionRoleArn"),
    secrets: references(path, "secrets"),
    environment: few(name.map((one) => ({ name: text(one), value: text("x"), at: 5 }))),
    command: few(fc.constantFrom("x", "⟨*wide⟩").map((one) => text(one))),
    log: maybe(
      fc
        .record({
          driver: maybe(fc.constantFrom("awslogs", "awsfirelens", "gelf", "loki", "⟨*wide⟩").map((one) => text(one))),
          secret_options: references(path, "secretOptions"),
        })
        .map((given) => ({ options: [], at: 6, ...given })),
    ),
    registry_credentials: maybe(reference("repositoryCredentials", `${path}.repositoryCredentials`)),
    platform: fc.constantFrom(null, "EC2", "FARGATE", "MANAGED_INSTANCES"),
    platform_version: maybe(
      fc.constantFrom("LATEST", "1.2.0", "1.3.0", "1.4.0", "x", "⟨*wide⟩").map((one) => text(one)),
    ),
    operating_system: maybe(fc.constantFrom("LINUX", "WINDOWS_SERVER_2022_CORE").map((one) => text(one))),
    log_router: fc.boolean(),
    unseen: unseen("environment", "secrets", "executionRoleArn", "logConfiguration"),
    at: fc.constant(4),
  });
};

const resource = (address: string) => ({ id: `unit#${address}`, address, unit: UNIT, at: 7 });

const job: fc.Arbitrary<Job> = fc
  .record({
    containers: fc.nat(2).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => container(index)))),
    shape: few(
      fc.constantFrom<Job["shape"][number]>(
        { kind: "array-for-object", key: "logConfiguration", expected: null, means: null, at: 8 },
        { kind: "key-case", key: "valueFrom", expected: "ValueFrom", means: "valueFrom", at: 8 },
        { kind: "dropped-key", key: "value_from", expected: "valueFrom", means: "valueFrom", at: 8 },
        { kind: "dropped-key", key: "secret", expected: "secrets", means: "secrets", at: 8 },
      ),
    ),
    unseen: unseen("containerProperties", "parameters", "existence"),
  })
  .map((given) => ({ ...resource("Job"), name: null, type: null, parameters: [], ...given }));

const statement: fc.Arbitrary<Statement> = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Deny", "⟨*wide⟩"),
    action: fc.constantFrom("*", "secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt", "sts:AssumeRole"),
    resource: fc.constantFrom("*", SECRET, "arn:aws:secretsmanager:*:*:secret:db-??????", "⟨*wide⟩"),
    principal: maybe(fc.constantFrom("ecs-tasks.amazonaws.com", "batch.amazonaws.com")),
    maybe: fc.constantFrom(null, null, cause),
  })
  .map((given) => ({
    sid: null,
    effect: text(given.effect),
    actions: [text(given.action)],
    not_actions: null,
    resources: [text(given.resource)],
    not_resources: null,
    principals: given.principal === null ? null : [{ type: "Service", values: [text(given.principal)] }],
    not_principals: null,
    conditions: [],
    maybe: given.maybe,
    policy: "unit#Policy",
    at: 9,
  }));

const oneRole: fc.Arbitrary<Role> = fc
  .record({
    trust: maybe(few(statement)),
    statements: few(statement),
    complete: fc.boolean(),
    unseen: unseen("policies", "existence"),
  })
  .map((given) => ({
    ...resource("Role"),
    name: null,
    arn: text("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Role⟩"),
    tags: { given: [], complete: false },
    permissions_boundary: null,
    boundary: null,
    ...given,
  }));

const secret: fc.Arbitrary<Secret> = fc
  .record({
    key: fc.constantFrom(null, "unit#Key"),
    contents: few(
      fc
        .record({
          kind: fc.constantFrom("text", "json", "json", "string", "binary", "empty", "unknown"),
          open: fc.constantFrom(null, null, cause),
          stage: fc.constantFrom("AWSCURRENT", "AWSCURRENT", "AWSPENDING", null),
          conditional: fc.boolean(),
        })
        .map(({ conditional, stage, ...one }) => ({
          ...one,
          stages: stage === null ? null : [stage],
          keys: one.kind === "json" ? ["a"] : null,
          ...(conditional && { maybe: cause }),
          at: 10,
        })),
    ),
    filled_by: fc.constantFrom(null, null, cause),
    rotates: fc.constantFrom(null, false, true),
    additions: few(
      maybe(fc.constant("b")).map((one) => ({
        address: "Rotation",
        keys: ["c"],
        others: one === null ? null : [one],
        at: 13,
      })),
    ),
    versions: maybe(
      few(fc.constantFrom("AWSCURRENT", "AWSPREVIOUS").map((one) => ({ id: one, stages: [one], at: 14 }))),
    ),
    declared: fc.boolean(),
    gone: fc.constantFrom(null, null, { how: "deleted" as const, at: 15 }),
    statements: few(statement, 1),
    complete: fc.boolean(),
  })
  .map(({ key, ...given }) => ({
    ...resource("Db"),
    unseen: [],
    name: text("db"),
    arn: text(SECRET),
    key,
    tags: { given: [], complete: false },
    key_reference: key === null ? null : text("⟨Key⟩"),
    ...given,
  }));

const hole = (width: "narrow" | "suffix" | "wide", words: string, given: Partial<Case["holes"][string]> = {}) => ({
  width,
  words,
  term: words,
  unit: UNIT,
  origin: { kind: "variable" as const, of: [], function: null, resource_kind: null, attribute: null },
  identifies: null,
  arn: null,
  holds: null,
  json_key: null,
  digest: false,
  sensitive: false,
  cause,
  ...given,
});

const attribute = (resource_kind: string, name: string) => ({
  origin: { kind: "attribute" as const, of: [], function: null, resource_kind, attribute: name },
});
const pseudo = (words: string) =>
  hole("narrow", words, {
    unit: null,
    origin: { kind: "pseudo", of: [], function: null, resource_kind: null, attribute: null },
    cause: { kind: "deployment", name: words, unit: null },
  });

const HOLES: Case["holes"] = {
  wide: hole("wide", "var.wide"),
  narrow: hole("narrow", "var.narrow"),
  name: hole("wide", "secret.name", { ...attribute("secret", "name"), arn: SECRET }),
  version: hole("narrow", "version", attribute("secret_version", "version_id")),
  Db: hole("suffix", "Db", { ...attribute("secret", "id"), identifies: "unit#Db" }),
  Role: hole("narrow", "Role", { ...attribute("role", "name"), identifies: "unit#Role" }),
  Key: hole("narrow", "Key", { ...attribute("key", "id"), identifies: "unit#Key" }),
  "AWS.Region": pseudo("AWS::Region"),
  "AWS.AccountId": pseudo("AWS::AccountId"),
  "AWS.Partition": pseudo("AWS::Partition"),
};

const EMPTY = {
  deployment: ANYWHERE,
  readers: [],
  holes: HOLES,
  job_definitions: {},
  roles: {},
  policies: {},
  secrets: {},
  parameters: {},
  keys: {},
  runs: {},
  networks: {},
  subnets: {},
  security_groups: {},
  endpoints: {},
  compute_environments: {},
};

const state = fc.constantFrom("Enabled", "Enabled", "Disabled", "⟨narrow⟩");

const jobCase: fc.Arbitrary<Case> = fc
  .record({ job, role: oneRole, secret, complete: fc.boolean(), statements: few(statement, 1), state })
  .map((given) => {
    const key = {
      ...resource("Key"),
      unseen: [],
      arn: text(`arn:⟨AWS.Partition⟩:kms:${OWN}:key/⟨Key⟩`),
      tags: { given: [], complete: false },
      aliases: [],
      spec: null,
      usage: null,
      state: text(given.state),
      statements: given.statements,
      complete: given.complete,
      grants: [],
    };
    const parameter = {
      ...resource("P"),
      unseen: [],
      name: text("/prod/db"),
      arn: text(`arn:⟨AWS.Partition⟩:ssm:${OWN}:parameter/prod/db`),
      type: text("SecureString"),
      tags: { given: [], complete: false },
      key_reference: null,
      key: null,
      declared: true,
      gone: null,
    };
    return {
      ...EMPTY,
      subject: { kind: "job_definition", id: given.job.id, unit: UNIT, at: given.job.at },
      job_definitions: { [given.job.id]: given.job },
      roles: { [given.role.id]: given.role },
      secrets: { [given.secret.id]: given.secret },
      keys: { [key.id]: key },
      parameters: { [parameter.id]: parameter },
    };
  });

const route = fc
  .record({
    kind: fc.constantFrom("nat_gateway", "internet_gateway", "transit_gateway"),
    destination: maybe(fc.constantFrom("0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "⟨*wide⟩").map((one) => text(one))),
    onward: fc.constantFrom(null, true, false),
    maybe: fc.constantFrom(undefined, undefined, cause),
  })
  .map(({ maybe, ...given }) => ({ ...given, ...(maybe && { maybe }), at: 13 }));

const rule = fc
  .record({
    protocol: maybe(fc.constantFrom("-1", "tcp", "udp", "⟨*wide⟩").map((one) => text(one))),
    from_port: fc.constantFrom(null, 0, 443, 80),
    to_port: fc.constantFrom(null, 80, 443, 65535),
    peers: few(
      fc
        .constantFrom<["ipv4" | "ipv6" | "group" | "prefix_list", string]>(
          ["ipv4", "0.0.0.0/0"],
          ["ipv4", "10.0.0.0/16"],
          ["ipv4", "192.168.0.0/16"],
          ["ipv4", "no address"],
          ["ipv4", "⟨narrow⟩"],
          ["ipv6", "::/0"],
          ["group", "sg-1"],
          ["prefix_list", "⟨*wide⟩"],
        )
        .map(([kind, value]) => ({ kind, value: text(value) })),
    ),
    maybe: fc.constantFrom(undefined, undefined, cause),
  })
  .map(({ maybe, ...given }) => ({ ...given, ...(maybe && { maybe }), at: 14 }));

const groups = maybe(
  few(fc.constantFrom({ group: text("sg-1"), id: "unit#Group" }, { group: text("sg-2"), id: null })),
);

/** A network with an endpoint for each of a few services, and where its readers run. */
const surroundings = fc
  .record({
    services: few(fc.constantFrom("logs", "ecr.api", "secretsmanager", "ssm", "s3", "⟨*wide⟩"), 3),
    type: fc.constantFrom("Interface", "Interface", "Gateway", null),
    private_dns: fc.constantFrom(true, true, false, null),
    dns: fc.constantFrom(true, true, false, null),
    readers: few(fc.constantFrom<Case["readers"][number]["service"]>("secretsmanager", "ssm", "unknown"), 3),
    unseen: unseen("endpoints", "routes"),
    exits: few(fc.constant({ kind: "nat_gateway" as const, at: 11 }), 1),
    flags: fc.record({ declared: fc.boolean(), complete: fc.boolean(), readers_certain: fc.boolean() }),
    missing: unseen("existence"),
    groups: fc.tuple(groups, groups),
    statements: fc.option(few(statement, 1), { nil: null, freq: 2 }),
    rules: fc.tuple(few(rule), few(rule)),
    subnet: fc.record({
      network: fc.constantFrom("unit#Vpc", "unit#Vpc", null),
      declared: fc.boolean(),
      cidr: maybe(fc.constantFrom("10.0.1.0/24", "⟨narrow⟩").map((one) => text(one))),
      public_ip: fc.constantFrom(null, true, false),
      routes: few(route),
      complete: fc.boolean(),
      unseen: unseen("routes"),
    }),
    subnets: few(fc.constantFrom("unit#Subnet", null)),
    public_ip: fc.constantFrom("yes", "no", "subnet", "unknown"),
    run: fc.record({
      platform: fc.constantFrom("FARGATE", "EC2", null),
      public_ip: fc.constantFrom(null, true, false),
      environments: few(fc.constant("unit#Environment"), 1),
      elsewhere: few(fc.constant("unit#Environment"), 1),
      certain: fc.boolean(),
      networks: few(fc.constant("unit#Vpc"), 1),
      unseen: fc.constantFrom(null, cause),
    }),
    runs: fc.boolean(),
  })
  .map((given): Omit<Case, "subject"> => {
    const endpoints = given.services.map((service, index) => ({
      ...resource(`Endpoint${index}`),
      unseen: given.missing,
      network: "unit#Vpc",
      service: text(`com.amazonaws.⟨AWS.Region⟩.${service}`),
      type: given.type,
      private_dns: given.private_dns,
      security_groups: given.groups[0],
      statements: given.statements,
    }));
    const network = {
      ...resource("Vpc"),
      unseen: given.unseen,
      vpc: text("⟨narrow⟩"),
      cidr: text("10.0.0.0/16"),
      endpoints: endpoints.map(({ id }) => id),
      exits: given.exits,
      dns_support: given.dns,
      dns_hostnames: given.dns,
      reader_count: given.readers.length,
      ...given.flags,
    };
    const environment = {
      ...resource("Environment"),
      unseen: given.unseen,
      type: text("FARGATE"),
      platform: "FARGATE" as const,
      network: null,
      subnets: given.subnets.map(() => text("⟨narrow⟩")),
      subnet_ids: given.subnets,
      security_groups: given.groups[1],
      public_ip: given.public_ip,
      launches: [],
      instance_role: null,
      user_data: null,
    };
    const [ingress, egress] = given.rules;
    const group = {
      ...resource("Group"),
      unseen: [],
      group: text("sg-1"),
      ingress,
      egress,
      complete: given.flags.complete,
    };
    const readers = given.readers.map((service, index) => ({
      reference: `job:${index}`,
      job_definition: "job",
      job: "Job",
      label: `R${index}`,
      service,
      ...(given.runs && { run: "run" }),
      at: 12,
    }));
    return {
      ...EMPTY,
      readers,
      // A reader has a run only where something of it is in the files.
      runs: given.runs
        ? { run: { ...given.run, ...(given.run.networks.length === 0 && { environments: ["unit#Environment"] }) } }
        : {},
      networks: { [network.id]: network },
      subnets: { "unit#Subnet": { ...resource("Subnet"), subnet: text("⟨narrow⟩"), ...given.subnet } },
      security_groups: { [group.id]: group },
      endpoints: Object.fromEntries(endpoints.map((one) => [one.id, one])),
      compute_environments: { [environment.id]: environment },
    };
  });

const networkCase: fc.Arbitrary<Case> = surroundings.map((given) => ({
  ...given,
  subject: { kind: "network", id: "unit#Vpc", unit: UNIT, at: 7 },
}));

/** A job whose references are those of the readers: rules about where it runs ask about nothing else. */
const runningCase: fc.Arbitrary<Case> = surroundings.map((given) => ({
  ...given,
  subject: { kind: "job_definition", id: "unit#Job", unit: UNIT, at: 7 },
  job_definitions: {
    "unit#Job": { ...resource("Job"), name: null, type: null, containers: [], parameters: [], shape: [], unseen: [] },
  },
}));

type Environment = Case["compute_environments"][string];
type Launch = Environment["launches"][number];

const image: fc.Arbitrary<Launch["images"][number]> = fc.constantFrom(
  { value: null, agent_from: [1, 51, 0], agent_to: null, cause: null, at: 13 },
  { value: text("old"), agent_from: [1, 27, 0], agent_to: [1, 27, 0], cause: null, at: 13 },
  { value: text("first"), agent_from: null, agent_to: [1, 15, 2], cause: null, at: 13 },
  { value: text("ami-1"), agent_from: null, agent_to: null, cause, at: 13 },
);

const setting = fc
  .record({
    name: fc.constantFrom("ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE", "ECS_AVAILABLE_LOGGING_DRIVERS"),
    value: fc.constantFrom("true", "false", "x", '["awslogs"]', "⟨*wide⟩").map((one) => text(one)),
    exact: fc.boolean(),
  })
  .map((given) => ({ ...given, at: 14 }));

const launch: fc.Arbitrary<Launch> = fc
  .record({
    images: fc.array(image, { minLength: 1, maxLength: 2 }),
    user_data: maybe(
      fc.record({
        form: fc.constantFrom("mime", "script", "toml", "other", "unknown"),
        settings: few(setting),
        unseen: unseen("settings"),
      }),
    ),
    unseen: unseen("launch template"),
  })
  .map(({ user_data, ...given }) => ({
    ...given,
    user_data: user_data && { ...user_data, writes_config: true, at: 14 },
    at: 15,
  }));

const environment = (address: string): fc.Arbitrary<Environment> =>
  fc.record({ launches: few(launch), platform: fc.constantFrom(null, "EC2", "FARGATE") }).map((given) => ({
    ...resource(address),
    unseen: [],
    type: null,
    network: null,
    subnets: [],
    subnet_ids: [],
    security_groups: [],
    public_ip: "subnet" as const,
    instance_role: null,
    user_data: null,
    ...given,
  }));

/** The case of a job that runs somewhere. */
const placedCase: fc.Arbitrary<Case> = fc
  .record({
    given: jobCase,
    environments: fc.tuple(environment("A"), environment("B")),
    shown: fc.nat(2),
    certain: fc.boolean(),
    more: fc.constantFrom(null, null, cause),
  })
  .map(({ given, environments, shown, certain, more }) => {
    const those = environments.slice(0, shown);
    const runs_in = { environments: those.map(({ id }) => id), certain, more };
    const jobs = Object.entries(given.job_definitions).map(([id, one]) => [id, { ...one, runs_in }]);
    return {
      ...given,
      job_definitions: Object.fromEntries(jobs),
      compute_environments: Object.fromEntries(those.map((one) => [one.id, one])),
    };
  });

const environmentCase: fc.Arbitrary<Case> = environment("A").map((one) => ({
  ...EMPTY,
  subject: { kind: "compute_environment", id: one.id, unit: UNIT, at: one.at },
  readers: [{ reference: "job:0", job_definition: "job", job: "Job", label: "R", service: "secretsmanager", at: 12 }],
  compute_environments: { [one.id]: one },
}));

export const anyCase: fc.Arbitrary<Case> = fc.oneof(
  { arbitrary: jobCase, weight: 3 },
  { arbitrary: placedCase, weight: 3 },
  { arbitrary: networkCase, weight: 1 },
  { arbitrary: runningCase, weight: 2 },
  { arbitrary: environmentCase, weight: 1 },
);
