/** Makes the vectors: themes with a number each, from a fixed seed, so that any run makes the same. */
import { numbersOf } from "../support/numbers.ts";
import { PARTS, type Parts } from "./parts.ts";
import { type Grant, mapTexts, type Statement, type Vector } from "./vector.ts";

export interface Chance {
  readonly one: <T>(list: readonly T[]) => T;
  readonly some: <T>(list: readonly T[], most: number) => readonly T[];
  /** True so many times in a hundred. */
  readonly percent: (of: number) => boolean;
}

/** Choices that are the same for the same seed. */
export function chanceOf(seed: number): Chance {
  const number = numbersOf(seed);
  const next = () => number() / 2 ** 32;
  const one = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  return {
    one,
    some: (list, most) => [...new Set(Array.from({ length: 1 + Math.floor(next() * most) }, () => one(list)))],
    percent: (of) => next() * 100 < of,
  };
}

/** Parts of the statements about what is read: a secret or a parameter. */
const partsOf = ({ reads }: Pick<Vector, "reads">): Parts => PARTS[reads];

export const plain = (chance: Chance, parts: Parts, Effect: Statement["Effect"] = "Allow"): Statement => ({
  Effect,
  ...(chance.percent(12) ? { NotAction: chance.one(parts.notActions) } : { Action: chance.one(parts.actions) }),
  ...(chance.percent(12)
    ? { NotResource: chance.one(parts.notResources) }
    : { Resource: chance.one([...parts.granting, ...parts.granting, ...parts.missing]) }),
});

const granting = (chance: Chance, parts: Parts): Statement => ({
  Effect: "Allow",
  Action: chance.one(parts.granted),
  Resource: chance.one(parts.granting),
});

/** A statement that is about the request if its conditions hold. */
export function conditional(chance: Chance, parts: Parts, Effect: Statement["Effect"]): Statement {
  const conditions = chance.some([...parts.conditions, ...PARTS.conditions], chance.percent(70) ? 1 : 2);
  const Condition: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [operator, key, values] of conditions) Condition[operator] = { ...Condition[operator], [key]: values };
  const resources = chance.percent(60) ? ["*"] : parts.granting;
  return { Effect, Action: chance.one(parts.granted), Resource: chance.one(resources), Condition };
}

function byPrincipal(chance: Chance, statement: Statement, two: boolean): Statement {
  if (statement.Effect === "Deny" && chance.percent(25)) {
    return { ...statement, NotPrincipal: { AWS: chance.one(PARTS.spared) } };
  }
  const principals = two ? PARTS.principals.filter((one) => one !== "*") : PARTS.principals;
  return { ...statement, Principal: chance.one(principals) };
}

const NOTHING: Omit<Vector, "theme" | "reads"> = {
  stage: "",
  version: "",
  partition: "aws",
  accounts: 1,
  role: [],
  managed: [],
  boundary: null,
  policy: [],
  key: null,
};

type Make = (chance: Chance) => Omit<Vector, "theme">;

const secret = (given: Partial<Vector>): Omit<Vector, "theme"> => ({ ...NOTHING, reads: "secret", ...given });
const parameter = (given: Partial<Vector>): Omit<Vector, "theme"> => ({ ...NOTHING, reads: "parameter", ...given });

/** The selectors of a reference: with a stage, with a version, or without. */
function selected(chance: Chance): Pick<Vector, "stage" | "version"> {
  if (chance.percent(30)) return { stage: chance.one(["AWSCURRENT", "AWSPREVIOUS"]), version: "" };
  return { stage: "", version: chance.percent(15) ? "a1b2c3d4-5678-90ab-cdef-1234567890ab" : "" };
}

const of = (chance: Chance, most: number, make: () => Statement): readonly Statement[] =>
  chance.some([0, 1, 2], most).map(make);

function identity(chance: Chance): Omit<Vector, "theme"> {
  const { secret: parts } = PARTS;
  return secret({ role: of(chance, 3, () => plain(chance, parts, chance.percent(18) ? "Deny" : "Allow")) });
}

function conditions(chance: Chance): Omit<Vector, "theme"> {
  const role = [conditional(chance, PARTS.secret, "Allow")];
  return secret({ ...selected(chance), role });
}

function denials(chance: Chance): Omit<Vector, "theme"> {
  const { secret: parts } = PARTS;
  const denial = chance.percent(80) ? conditional(chance, parts, "Deny") : plain(chance, parts, "Deny");
  return secret({ ...selected(chance), role: [granting(chance, parts), denial] });
}

function resourcePolicy(chance: Chance, two = false): readonly Statement[] {
  const parts = PARTS.secret;
  return of(chance, 2, () => {
    const effect = chance.percent(35) ? "Deny" : "Allow";
    const statement = chance.percent(50)
      ? conditional(chance, parts, effect)
      : { ...granting(chance, parts), Effect: effect as Statement["Effect"] };
    return byPrincipal(chance, { ...statement, Resource: chance.one(["*", "{secret}"]) }, two);
  });
}

function resourcePolicies(chance: Chance): Omit<Vector, "theme"> {
  const role = chance.percent(50) ? [granting(chance, PARTS.secret)] : [];
  return secret({ ...selected(chance), role, policy: resourcePolicy(chance) });
}

function boundaries(chance: Chance): Omit<Vector, "theme"> {
  const { secret: parts } = PARTS;
  const limit = chance.percent(55)
    ? of(chance, 2, () => plain(chance, parts, chance.percent(20) ? "Deny" : "Allow"))
    : [conditional(chance, parts, "Allow")];
  return secret({ role: [granting(chance, parts)], boundary: limit });
}

function variables(chance: Chance): Omit<Vector, "theme"> {
  const Resource = chance.one(PARTS.variables);
  const role: Statement[] = [{ Effect: "Allow", Action: chance.one(PARTS.secret.granted), Resource }];
  if (chance.percent(30))
    role.push({ ...granting(chance, PARTS.secret), Effect: "Deny", Resource: chance.one(PARTS.variables) });
  return secret({ role });
}

function parameters(chance: Chance): Omit<Vector, "theme"> {
  const { parameter: parts } = PARTS;
  const first = chance.percent(50) ? plain(chance, parts) : conditional(chance, parts, "Allow");
  const deny = chance.percent(30) ? [conditional(chance, parts, "Deny")] : [];
  const boundary = chance.percent(15) ? [plain(chance, parts)] : null;
  return parameter({ role: [first, ...deny], boundary });
}

function grantOf(chance: Chance, reads: Vector["reads"]): Grant {
  const constraint = chance.one(PARTS.constraints[reads]);
  return {
    grantee: chance.one(["{role}", "{role}", "arn:{p}:iam::{a}:role/other"]),
    operations: chance.one([["Decrypt"], ["Encrypt", "Decrypt"], ["Encrypt", "GenerateDataKey"]]),
    ...(chance.percent(50) ? constraint : {}),
  };
}

function keyPolicy(chance: Chance, parts: Parts, two: boolean): readonly Statement[] {
  const enables: Statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:{p}:iam::{a}:root" },
    Action: "kms:*",
    Resource: "*",
  };
  const own: Statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:{p}:iam::{b}:root" },
    Action: "kms:*",
    Resource: "*",
  };
  const more = of(chance, 2, () => {
    const effect = chance.percent(25) ? "Deny" : "Allow";
    const made = chance.percent(60)
      ? conditional(chance, parts, effect)
      : { ...granting(chance, parts), Effect: effect as Statement["Effect"] };
    return byPrincipal(chance, { ...made, Resource: "*" }, two);
  });
  const all = [...(two ? [own] : []), ...(chance.percent(60) ? [enables] : []), ...(chance.percent(75) ? more : [])];
  // KMS accepts no policy without statements.
  return all.length === 0 ? [ADMINISTRATION] : all.map(unreferring);
}

const ADMINISTRATION: Statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:{p}:iam::{b}:role/admin" },
  Action: "kms:*",
  Resource: "*",
};

/** A statement that refers to nothing which may refer to it: the key of a secret, the boundary of a role. */
export function unreferring(statement: Statement): Statement {
  const named = (text: string) => text.replace(/(?<!\$)\{(?:secret|parameter|key)\}/g, (is) => NAMED[is] ?? is);
  return mapTexts(statement, named) as Statement;
}

const NAMED: Readonly<Record<string, string>> = {
  "{secret}": "arn:{p}:secretsmanager:{r}:{b}:secret:app/prod/db-??????",
  "{parameter}": "arn:{p}:ssm:{r}:{b}:parameter/app/prod/db",
  "{key}": "arn:{p}:kms:{r}:{b}:key/*",
};

/** The role may read; the key decides. */
function keys(chance: Chance): Omit<Vector, "theme"> {
  const reads = chance.percent(70) ? "secret" : "parameter";
  const parts = reads === "secret" ? PARTS.secretKey : PARTS.parameterKey;
  const read: Statement = { Effect: "Allow", Action: PARTS[reads].granted[0] as string, Resource: `{${reads}}` };
  const decrypt = chance.percent(30)
    ? []
    : [chance.percent(50) ? plain(chance, parts) : conditional(chance, parts, chance.percent(80) ? "Allow" : "Deny")];
  const boundary = chance.percent(8)
    ? [{ ...read, Action: chance.one(["*", PARTS[reads].granted[0] as string]), Resource: "*" }]
    : null;
  const grants = chance.percent(18) ? [grantOf(chance, reads)] : [];
  const policy = chance.percent(25) ? null : keyPolicy(chance, parts, false);
  return { ...NOTHING, reads, role: [read, ...decrypt], boundary, key: { policy, grants } };
}

/** Role and secret of different accounts: both sides decide, and the key's policy too. */
function accounts(chance: Chance): Omit<Vector, "theme"> {
  const { secret: parts, secretKey } = PARTS;
  const role = chance.percent(80) ? [granting(chance, parts), granting(chance, secretKey)] : [plain(chance, parts)];
  const key = { policy: keyPolicy(chance, secretKey, true), grants: [] };
  return secret({ accounts: 2, role, policy: resourcePolicy(chance, true), key });
}

function partitions(chance: Chance): Omit<Vector, "theme"> {
  const make = chance.one<Make>([identity, conditions, parameters, keys]);
  return { ...make(chance), partition: chance.one(["aws-cn", "aws-us-gov"] as const) };
}

function managed(chance: Chance): Omit<Vector, "theme"> {
  const reads = chance.percent(70) ? "secret" : "parameter";
  const role = chance.percent(30) ? [conditional(chance, partsOf({ reads }), "Deny")] : [];
  return { ...NOTHING, reads, managed: chance.some(PARTS.managed, 2), role };
}

const THEMES: readonly (readonly [name: string, count: number, make: Make])[] = [
  ["identity", 330, identity],
  ["conditions", 480, conditions],
  ["denials", 330, denials],
  ["resource policies", 330, resourcePolicies],
  ["boundaries", 210, boundaries],
  ["variables", 90, variables],
  ["parameters", 280, parameters],
  ["keys", 600, keys],
  ["two accounts", 160, accounts],
  ["partitions", 110, partitions],
  ["managed policies", 110, managed],
];

/** All vectors, each once. */
export function vectors(seed: number): readonly Vector[] {
  const seen = new Set<string>();
  return THEMES.flatMap(([theme, count, make], index) => {
    const chance = chanceOf(seed + index);
    const made: Vector[] = [];
    for (let tries = 0; made.length < count && tries < count * 20; tries++) {
      const vector = { theme, ...make(chance) };
      const key = JSON.stringify({ ...vector, theme: "" });
      if (seen.has(key)) continue;
      seen.add(key);
      made.push(vector);
    }
    return made;
  });
}
