/**
 * What a vector is: policies as IAM writes them, what a job reads, and what AWS answers. Texts have placeholders, which
 * each format writes in its own words: `{p}`, `{r}`, `{a}` and `{b}` are the partition, the Region, the account of the
 * role and that of what it reads; `{secret}`, `{parameter}`, `{key}` and `{role}` are ARNs. `{P}`, `{R}` and `{A}` are
 * another partition, Region and account, so that only files that tell their own can decide.
 */

export type Texts = string | readonly string[];

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, Texts>>;
  readonly NotPrincipal?: Readonly<Record<string, Texts>>;
  readonly Action?: Texts;
  readonly NotAction?: Texts;
  readonly Resource?: Texts;
  readonly NotResource?: Texts;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
}

/** What a grant of a key allows, and to whom. */
export interface Grant {
  readonly grantee: string;
  readonly operations: readonly string[];
  readonly equals?: Readonly<Record<string, string>>;
  readonly subset?: Readonly<Record<string, string>>;
}

/** What AWS answers. `open`: it depends on what no file says. */
export type Verdict = "yes" | "no" | "open";

/** A key. Without a policy of its own it has the one that KMS makes. */
export interface Key {
  readonly policy: readonly Statement[] | null;
  readonly grants: readonly Grant[];
}

export interface Vector {
  readonly theme: string;
  readonly reads: "secret" | "parameter";
  /** The selectors of the reference, "" for none. */
  readonly stage: string;
  readonly version: string;
  readonly partition: "aws" | "aws-cn" | "aws-us-gov";
  readonly accounts: 1 | 2;
  readonly role: readonly Statement[];
  /** The names of AWS managed policies, with their paths. */
  readonly managed: readonly string[];
  readonly boundary: readonly Statement[] | null;
  /** The secret's own policy. */
  readonly policy: readonly Statement[];
  readonly key: Key | null;
}

/** A vector with the answers: may the role read, may it decrypt (null: there is no key). */
export interface Recorded extends Vector {
  readonly read: Verdict;
  readonly decrypt: Verdict | null;
}

/** What the placeholders are. */
export interface World {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly owner: string;
  readonly secret: string;
  readonly parameter: string;
  readonly key: string;
  readonly role: string;
  readonly suffix: string;
}

const REGIONS = { aws: "eu-west-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" } as const;
export const OTHER = { partition: "aws-iso", region: "ap-south-1", account: "999988887777" } as const;
export const NAME = "app/prod/db";
export const PARAMETER = "/app/prod/db";
export const ROLE = "jobs";
export const ALIAS = "alias/app-prod";
export const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
export const TAGS = {
  role: { team: "app", Stage: "prod" },
  secret: { env: "prod", team: "app" },
  key: { use: "secrets" },
};

/** The real values of a vector. */
export function worldOf({ partition, accounts }: Pick<Vector, "partition" | "accounts">): World {
  const region = REGIONS[partition];
  const account = "111122223333";
  const owner = accounts === 2 ? "444455556666" : account;
  const arn = (service: string, of: string, where: string, resource: string) =>
    `arn:${partition}:${service}:${where}:${of}:${resource}`;
  return {
    partition,
    region,
    account,
    owner,
    secret: arn("secretsmanager", owner, region, `secret:${NAME}-a1B2c3`),
    parameter: arn("ssm", owner, region, `parameter${PARAMETER}`),
    key: arn("kms", owner, region, `key/${KEY_ID}`),
    role: arn("iam", account, "", `role/${ROLE}`),
    suffix: region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com",
  };
}

const PLACEHOLDER = /(?<!\$)\{(p|r|a|b|P|R|A|secret|parameter|key|role)\}/g;
export type Placeholder = "p" | "r" | "a" | "b" | "P" | "R" | "A" | "secret" | "parameter" | "key" | "role";

/** The pieces of a text: what is between placeholders, and their names. */
export function pieces(text: string): readonly (string | { readonly is: Placeholder })[] {
  return text
    .split(PLACEHOLDER)
    .map((piece, index) => (index % 2 === 0 ? piece : { is: piece as Placeholder }))
    .filter((piece) => piece !== "");
}

/** The real value of a placeholder. */
export function realValue(world: World, is: Placeholder): string {
  const values: Readonly<Record<Placeholder, string>> = {
    p: world.partition,
    r: world.region,
    a: world.account,
    b: world.owner,
    P: OTHER.partition,
    R: OTHER.region,
    A: OTHER.account,
    secret: world.secret,
    parameter: world.parameter,
    key: world.key,
    role: world.role,
  };
  return values[is];
}

/** Anything made of texts, with real values in place of the placeholders. */
export function filled<T>(value: T, world: World): T {
  return mapTexts(value, (text) =>
    pieces(text)
      .map((piece) => (typeof piece === "string" ? piece : realValue(world, piece.is)))
      .join(""),
  ) as T;
}

/** Anything made of texts, each replaced. Keys of objects are left. */
export function mapTexts(value: unknown, to: (text: string) => unknown): unknown {
  if (typeof value === "string") return to(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, to)]));
}

/** Whether only files that tell their partition, Region and account can decide the vector. */
export function needsDeployment(vector: Vector): boolean {
  const { role, boundary, policy, key } = vector;
  const texts = JSON.stringify([role, boundary, policy, key]);
  return vector.partition !== "aws" || vector.accounts === 2 || /(?<!\$)\{[PRA]\}/.test(texts);
}
