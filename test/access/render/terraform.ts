/** Vectors as Terraform, with policies written in each of its ways. */
import { ALIAS, type Placeholder, pieces, ROLE, realValue, type Statement, type Vector, worldOf } from "../vector.ts";
import { document, IMAGE, NAME, PARAMETER, type Render, selectors, TAGS, TRUST } from "./common.ts";
import { type Body, block, expression, type Hcl, hclFile, jsonFile, quoted } from "./hcl.ts";

const REFERENCES: Readonly<Partial<Record<Placeholder, string>>> = {
  p: "data.aws_partition.current.partition",
  r: "data.aws_region.current.name",
  a: "data.aws_caller_identity.current.account_id",
  b: "data.aws_caller_identity.current.account_id",
  secret: "aws_secretsmanager_secret.db.arn",
  parameter: "aws_ssm_parameter.db.arn",
  key: "aws_kms_key.secrets.arn",
  role: "aws_iam_role.jobs.arn",
};

/** What a rendering has for its texts. */
interface Words {
  /** The inside of a template: `${…}` around references, and `open` for the `${` of a policy variable. */
  readonly template: (text: string, open: string) => string;
}

function wordsOf(vector: Vector, told: boolean): Words {
  const world = worldOf(vector);
  const written = (is: Placeholder) => {
    const reference = REFERENCES[is];
    const literal = reference === undefined || (told && is.length === 1);
    return literal ? realValue(world, is) : `\${${reference}}`;
  };
  return {
    template: (text, open) =>
      pieces(text)
        .map((part) => (typeof part === "string" ? part.replaceAll("${", () => open) : written(part.is)))
        .join(""),
  };
}

const ESCAPED = "$${";

type Policy = (
  name: string,
  statements: readonly Statement[],
) => { readonly value: Hcl; readonly blocks: readonly Body[] };

/** `jsonencode({…})`, a heredoc, or a data source. */
const POLICIES: Readonly<Record<string, (words: Words) => Policy>> = {
  jsonencode: (words) => (_, statements) => ({
    value: expression(`jsonencode(${quoted(document(statements), (text) => words.template(text, ESCAPED))})`),
    blocks: [],
  }),
  heredoc: (words) => (_, statements) => ({
    value: expression(`<<-EOT\n${words.template(JSON.stringify(document(statements), null, 2), ESCAPED)}\nEOT`),
    blocks: [],
  }),
  document: (words) => (name, statements) => ({
    value: expression(`data.aws_iam_policy_document.${name}.json`),
    blocks: [
      block("data", "aws_iam_policy_document", name, {
        statement: statements.map((one) => statementBlock(one, (text) => words.template(text, "&{"))),
      }),
    ],
  }),
  json: (words) => (_, statements) => ({
    value: words.template(JSON.stringify(document(statements)), ESCAPED),
    blocks: [],
  }),
};

const texts = (value: unknown, write: (text: string) => string) => [value].flat().map((one) => write(String(one)));

function statementBlock(statement: Statement, write: (text: string) => string): Readonly<Record<string, Hcl>> {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  const list = (name: string, value: unknown) => (value === undefined ? {} : { [name]: texts(value, write) });
  const principals = (name: string, value: Statement["Principal"]) => {
    if (value === undefined) return {};
    const all = value === "*" ? [["*", "*"] as const] : Object.entries(value);
    return { [name]: all.map(([type, identifiers]) => ({ type, identifiers: texts(identifiers, write) })) };
  };
  const conditions = Object.entries(Condition ?? {}).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({ test, variable, values: texts(values, write) })),
  );
  return {
    ...(Effect === "Allow" ? {} : { effect: Effect }),
    ...list("actions", Action),
    ...list("not_actions", NotAction),
    ...list("resources", Resource),
    ...list("not_resources", NotResource),
    ...principals("principals", Principal),
    ...principals("not_principals", NotPrincipal),
    ...(conditions.length > 0 ? { condition: conditions } : {}),
  };
}

/** A rendering whose policies are written in one way, with what the providers tell or without. */
export function terraform(way: "jsonencode" | "heredoc" | "document" | "json", told: boolean): Render {
  return (vector, variant) => {
    const words = wordsOf(vector, told);
    const policy = POLICIES[way]?.(words) as Policy;
    const all = bodies(vector, variant, words, policy, told);
    return way === "json" ? { "main.tf.json": jsonFile(all) } : { "main.tf": hclFile(all) };
  };
}

function bodies(vector: Vector, variant: number, words: Words, policy: Policy, told: boolean): readonly Body[] {
  const ref = (path: string) => expression(path);
  const limit = vector.boundary && policy("limit", vector.boundary);
  const elsewhere = vector.accounts === 2 ? { provider: expression("aws.owner") } : {};
  const job = {
    image: IMAGE,
    executionRoleArn: "{role}",
    secrets: [{ name: "PASSWORD", valueFrom: `{${vector.reads}}${selectors(vector)}` }],
  };
  return [
    ...providers(vector, told),
    block("data", "aws_caller_identity", "current", {}),
    block("data", "aws_partition", "current", {}),
    block("data", "aws_region", "current", {}),
    block("resource", "aws_batch_job_definition", "nightly", {
      name: "nightly",
      type: "container",
      container_properties: expression(`jsonencode(${quoted(job, (text) => words.template(text, ESCAPED))})`),
    }),
    block("resource", "aws_iam_role", "jobs", {
      name: ROLE,
      assume_role_policy: JSON.stringify(TRUST),
      tags: TAGS.role,
      ...(limit ? { permissions_boundary: ref("aws_iam_policy.limit.arn") } : {}),
    }),
    ...(limit ? [...limit.blocks, block("resource", "aws_iam_policy", "limit", { policy: limit.value })] : []),
    ...ownPolicy(vector, variant, policy),
    ...vector.managed.map((name, index) =>
      block("resource", "aws_iam_role_policy_attachment", `managed_${index}`, {
        role: ref("aws_iam_role.jobs.name"),
        policy_arn: words.template(`arn:{p}:iam::aws:policy/${name}`, ESCAPED),
      }),
    ),
    ...(vector.reads === "secret" ? secret(vector, policy, elsewhere) : parameter(vector)),
    ...keyOf(vector, policy, words, elsewhere),
  ];
}

/** In accounts and a Region that are told, or in whatever runs it. */
function providers(vector: Vector, told: boolean): readonly Body[] {
  if (!told) return [];
  const { region, account, owner, partition } = worldOf(vector);
  const other = { alias: "owner", region, assume_role: [{ role_arn: `arn:${partition}:iam::${owner}:role/deploy` }] };
  return [
    block("provider", "aws", undefined, { region, allowed_account_ids: [account] }),
    ...(vector.accounts === 2 ? [block("provider", "aws", undefined, other)] : []),
  ];
}

/** The role's own policy: inline, or managed and attached. */
function ownPolicy({ role }: Vector, variant: number, policy: Policy): readonly Body[] {
  if (role.length === 0) return [];
  const { value, blocks } = policy("own", role);
  const of = { role: expression("aws_iam_role.jobs.name") };
  if (variant % 2 === 0) return [...blocks, block("resource", "aws_iam_role_policy", "own", { ...of, policy: value })];
  return [
    ...blocks,
    block("resource", "aws_iam_policy", "own", { name: "own", policy: value }),
    block("resource", "aws_iam_role_policy_attachment", "own", {
      ...of,
      policy_arn: expression("aws_iam_policy.own.arn"),
    }),
  ];
}

function secret(vector: Vector, policy: Policy, elsewhere: Readonly<Record<string, Hcl>>): readonly Body[] {
  const made = vector.policy.length > 0 ? policy("secret", vector.policy) : undefined;
  return [
    block("resource", "aws_secretsmanager_secret", "db", {
      ...elsewhere,
      name: NAME,
      tags: TAGS.secret,
      ...(vector.key ? { kms_key_id: expression("aws_kms_key.secrets.arn") } : {}),
    }),
    ...(made
      ? [
          ...made.blocks,
          block("resource", "aws_secretsmanager_secret_policy", "db", {
            ...elsewhere,
            secret_arn: expression("aws_secretsmanager_secret.db.arn"),
            policy: made.value,
          }),
        ]
      : []),
  ];
}

function parameter(vector: Vector): readonly Body[] {
  return [
    block("resource", "aws_ssm_parameter", "db", {
      name: PARAMETER,
      type: vector.key ? "SecureString" : "String",
      value: "given by hand",
      tags: TAGS.secret,
      ...(vector.key ? { key_id: expression("aws_kms_key.secrets.arn") } : {}),
    }),
  ];
}

function keyOf(
  vector: Vector,
  policy: Policy,
  words: Words,
  elsewhere: Readonly<Record<string, Hcl>>,
): readonly Body[] {
  const { key } = vector;
  if (!key) return [];
  const own = key.policy && policy("key", key.policy);
  const template = (text: string) => words.template(text, ESCAPED);
  const of = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, template(value)]));
  return [
    ...(own?.blocks ?? []),
    block("resource", "aws_kms_key", "secrets", {
      ...elsewhere,
      tags: TAGS.key,
      ...(own ? { policy: own.value } : {}),
    }),
    block("resource", "aws_kms_alias", "secrets", {
      ...elsewhere,
      name: ALIAS,
      target_key_id: expression("aws_kms_key.secrets.key_id"),
    }),
    ...key.grants.map(({ grantee, operations, equals, subset }, index) =>
      block("resource", "aws_kms_grant", `grant_${index}`, {
        key_id: expression("aws_kms_key.secrets.key_id"),
        grantee_principal: template(grantee),
        operations,
        ...(equals || subset
          ? {
              constraints: [
                {
                  ...(equals ? { encryption_context_equals: of(equals) } : {}),
                  ...(subset ? { encryption_context_subset: of(subset) } : {}),
                },
              ],
            }
          : {}),
      }),
    ),
  ];
}
