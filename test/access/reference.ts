/**
 * AWS's evaluation of policies, read from its documentation and written once more, plainly and for real values only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
import { globMatches } from "../rego/holes.ts";
import { type Context, contextsOf, decryptRequest, encryptionContext, type Request, readRequest } from "./requests.ts";
import { filled, type Grant, type Statement, type Texts, type Vector, type Verdict, worldOf } from "./vector.ts";

const list = (texts: Texts | undefined): readonly string[] => (texts === undefined ? [] : ([texts].flat() as string[]));

/** The policies that decide a request. */
export interface Policies {
  readonly identity: readonly Statement[];
  readonly boundary: readonly Statement[] | null;
  /** The policy of the resource, with the grants of a key as statements. */
  readonly resourcePolicy: readonly Statement[];
}

/** Answers a request with one context. */
export type Decide = (request: Request, policies: Policies) => boolean;

/** The policies of a vector for its two requests, with real values. */
export function policiesOf(vector: Vector, managed: (name: string) => readonly Statement[]) {
  const world = worldOf(vector);
  const identity = [...filled(vector.role, world), ...vector.managed.flatMap(managed)];
  const boundary = filled(vector.boundary, world);
  const usual: Statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:${world.partition}:iam::${world.owner}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const key = vector.key && [
    ...(filled(vector.key.policy, world) ?? [usual]),
    ...vector.key.grants.flatMap((grant) => grantStatement(filled(grant, world), vector)),
  ];
  return {
    read: { identity, boundary, resourcePolicy: filled(vector.policy, world) },
    decrypt: key && { identity, boundary, resourcePolicy: key },
  };
}

/** A grant as a statement of the key policy, none if its constraints don't hold. */
function grantStatement({ grantee, operations, equals, subset }: Grant, vector: Vector): readonly Statement[] {
  const actual = encryptionContext(vector);
  const within = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([key, value]) => actual[key] === value);
  const holds =
    (equals === undefined || (within(equals) && Object.keys(equals).length === Object.keys(actual).length)) &&
    (subset === undefined || within(subset));
  if (!holds) return [];
  const Action = operations.map((one) => `kms:${one}`);
  return [{ Effect: "Allow", Principal: { AWS: grantee }, Action, Resource: "*" }];
}

/** What is answered in all contexts that a vector's requests may have. */
export function answers(
  vector: Vector,
  managed: (name: string) => readonly Statement[],
  decide: Decide,
): { readonly read: Verdict; readonly decrypt: Verdict | null } {
  const policies = policiesOf(vector, managed);
  const verdict = (request: Request, given: Policies): Verdict => {
    const all = new Set(contextsOf(request, given).map((context) => decide({ ...request, context }, given)));
    if (all.size > 1) return "open";
    return all.has(true) ? "yes" : "no";
  };
  return {
    read: verdict(readRequest(vector), policies.read),
    decrypt: policies.decrypt && verdict(decryptRequest(vector), policies.decrypt),
  };
}

export const decide: Decide = (request, { identity, boundary, resourcePolicy }) => {
  const about = (statement: Statement) => isAbout(statement, request);
  const denies = (statement: Statement) => statement.Effect === "Deny" && about(statement);
  const allows = (statement: Statement) => statement.Effect === "Allow" && about(statement);
  if ([...identity, ...(boundary ?? [])].some(denies)) return false;
  if (resourcePolicy.some((one) => denies(one) && names(one, request, boundary !== null) !== "nobody")) return false;
  if (boundary !== null && !boundary.some(allows)) return false;
  const own = identity.some(allows);
  const named = resourcePolicy.filter(allows).map((one) => names(one, request, false));
  const [role, account] = [named.includes("role"), named.includes("account")];
  if (request.owner !== request.account) return own && (role || account);
  return request.action === "kms:Decrypt" ? role || (own && account) : own || role;
};

/** Whom a statement of a resource's policy names: the role, its account, or neither. */
function names(
  { Principal, NotPrincipal }: Statement,
  { role, account }: Request,
  limited: boolean,
): "role" | "account" | "nobody" {
  const root = role.replace(/:iam::(\d+):.*/, ":iam::$1:root");
  const isAccount = (one: string) => one === account || one === root;
  if (NotPrincipal !== undefined) {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html: it denies whoever has one.
    const spared = list(NotPrincipal["AWS"]).includes(role) && list(NotPrincipal["AWS"]).some(isAccount);
    return spared && !limited ? "nobody" : "role";
  }
  if (Principal === undefined) return "nobody";
  const principals = Principal === "*" ? ["*"] : list(Principal["AWS"]);
  if (principals.some((one) => one === "*" || one === role)) return "role";
  return principals.some(isAccount) ? "account" : "nobody";
}

function isAbout({ Action, NotAction, Resource, NotResource, Condition }: Statement, request: Request): boolean {
  const action = (pattern: string) => globMatches(pattern.toLowerCase(), request.action.toLowerCase());
  const resource = (pattern: string) => {
    const text = substituted(pattern, request.context);
    return text !== undefined && globMatches(text, request.resource);
  };
  return (
    (Action === undefined ? !list(NotAction).some(action) : list(Action).some(action)) &&
    (Resource === undefined ? !list(NotResource).some(resource) : list(Resource).some(resource)) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key, list(values), request.context)),
    )
  );
}

/** A text with its policy variables; undefined when the context lacks one without a default. */
function substituted(text: string, context: Context): string | undefined {
  let missing = false;
  const value = text.replace(/\$\{([^}]*)\}/g, (_, inside: string) => {
    if (["*", "?", "$"].includes(inside)) return inside === "$" ? "$" : (ESCAPED[inside] ?? inside);
    const [, name = inside, otherwise] = /^([^,]*),\s*'(.*)'$/.exec(inside) ?? [];
    const found = valuesOf(name.trim(), context)?.[0] ?? otherwise;
    if (found === undefined) missing = true;
    return found ?? "";
  });
  return missing ? undefined : value;
}

/** `${*}` is a star, which no name has: a character that none has either. */
const ESCAPED: Readonly<Record<string, string>> = { "*": "\u0001", "?": "\u0002" };

function valuesOf(key: string, context: Context): readonly string[] | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(written: string, key: string, wanted: readonly string[], context: Context): boolean {
  const [, set, plain = "", optional] = /^(?:(For(?:All|Any)Values?):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const actual = valuesOf(key, context);
  if (plain === "Null") return (wanted[0] === "true") === (actual === undefined);
  const negated = plain.includes("Not");
  if (actual === undefined) return optional !== undefined || set === "ForAllValues" || (negated && set === undefined);
  const met = (value: string) =>
    wanted.some((one) => {
      const pattern = substituted(one, context);
      return pattern !== undefined && compare(plain.replace("Not", ""), pattern, value);
    }) !== negated;
  return set === "ForAllValues" ? actual.every(met) : actual.some(met);
}

function compare(operator: string, pattern: string, value: string): boolean {
  if (operator === "StringEquals") return pattern === value;
  if (operator === "StringEqualsIgnoreCase" || operator === "Bool")
    return pattern.toLowerCase() === value.toLowerCase();
  if (operator === "StringLike") return globMatches(pattern, value);
  const [patterns, values] = [pattern.split(":"), value.split(":")];
  // Each of the six fields of an ARN is compared on its own.
  const field = (of: readonly string[], index: number) => (index < 5 ? (of[index] ?? "") : of.slice(5).join(":"));
  return (
    patterns.length > 5 &&
    values.length > 5 &&
    [0, 1, 2, 3, 4, 5].every((at) => globMatches(field(patterns, at), field(values, at)))
  );
}
