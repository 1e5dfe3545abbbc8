/** The requests that AWS gets when a job of a vector starts, with everything that their context may hold. */
import { ALIAS, KEY_ID, TAGS, type Vector, type World, worldOf } from "./vector.ts";

/** Condition keys as AWS writes them, with their values; a key with two is multivalued. */
export type Context = Readonly<Record<string, readonly string[]>>;

export interface Request {
  readonly action: "secretsmanager:GetSecretValue" | "ssm:GetParameters" | "kms:Decrypt";
  readonly resource: string;
  /** The account of the resource. */
  readonly owner: string;
  /** The role, and its account. */
  readonly role: string;
  readonly account: string;
  readonly context: Context;
}

const tags = (prefix: string, given: Readonly<Record<string, string>>): Context =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [`${prefix}/${key}`, [value]]));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function common({ region, account, owner, role }: World): Context {
  return {
    "aws:RequestedRegion": [region],
    "aws:PrincipalArn": [role],
    "aws:PrincipalAccount": [account],
    "aws:ResourceAccount": [owner],
    "aws:PrincipalType": ["AssumedRole"],
    "aws:PrincipalIsAWSService": ["false"],
    "aws:SecureTransport": ["true"],
    ...tags("aws:PrincipalTag", TAGS.role),
  };
}

/** What the agent asks of Secrets Manager or of Systems Manager. */
export function readRequest(vector: Vector): Request {
  const world = worldOf(vector);
  const { role, account, owner } = world;
  const asks = { role, account, owner };
  if (vector.reads === "parameter") {
    const own = tags("aws:ResourceTag", TAGS.secret);
    const ssm = tags("ssm:resourceTag", TAGS.secret);
    const context = { ...common(world), ...own, ...ssm, "aws:ViaAWSService": ["false"] };
    return { ...asks, action: "ssm:GetParameters", resource: world.parameter, context };
  }
  return {
    ...asks,
    action: "secretsmanager:GetSecretValue",
    resource: world.secret,
    context: {
      ...common(world),
      ...tags("aws:ResourceTag", TAGS.secret),
      ...tags("secretsmanager:ResourceTag", TAGS.secret),
      "aws:ViaAWSService": ["false"],
      "secretsmanager:SecretId": [world.secret],
      ...(vector.stage === "" ? {} : { "secretsmanager:VersionStage": [vector.stage] }),
      ...(vector.version === "" ? {} : { "secretsmanager:VersionId": [vector.version] }),
    },
  };
}

/**
 * What the service asks of KMS for the role.
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-secrets-manager.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function decryptRequest(vector: Vector): Request {
  const world = worldOf(vector);
  const { role, account, owner, region } = world;
  const isSecret = vector.reads === "secret";
  return {
    action: "kms:Decrypt",
    resource: world.key,
    role,
    account,
    owner,
    context: {
      ...common(world),
      ...tags("aws:ResourceTag", TAGS.key),
      "kms:CallerAccount": [account],
      "kms:ViaService": [`${isSecret ? "secretsmanager" : "ssm"}.${region}.amazonaws.com`],
      "kms:ResourceAliases": [ALIAS],
      ...(isSecret
        ? { "kms:EncryptionContext:SecretARN": [world.secret] }
        : { "kms:EncryptionContext:PARAMETER_ARN": [world.parameter] }),
    },
  };
}

/** The encryption context of a decryption, which constraints of a grant are compared with. */
export function encryptionContext(vector: Vector): Readonly<Record<string, string>> {
  const world = worldOf(vector);
  // Whose version a secret has, and so the value of SecretVersionId, is not known.
  return vector.reads === "secret"
    ? { SecretARN: world.secret, SecretVersionId: KEY_ID }
    : { PARAMETER_ARN: world.parameter };
}

/** Keys whose value, and whether the request has it at all, no file says. */
const UNKNOWN = ["aws:SourceVpce", "aws:SourceVpc", "aws:PrincipalOrgID", "aws:UserAgent"];

/**
 * The contexts that the request may have: with a key that no file tells absent, as the policies mention it, and other.
 * A stage that is not selected may be sent as AWSCURRENT or not at all, which is not documented.
 */
export function contextsOf(request: Request, policies: unknown): readonly Context[] {
  const mentioned = mentionedValues(policies);
  const unknown = UNKNOWN.filter((key) => mentioned.has(key));
  const stage = "secretsmanager:VersionStage";
  const isRead = request.action === "secretsmanager:GetSecretValue";
  const open = isRead && mentioned.has(stage) && request.context[stage] === undefined;
  return unknown.reduce<readonly Context[]>(
    (contexts, key) =>
      contexts.flatMap((context) => [
        context,
        ...[...(mentioned.get(key) ?? []), "other"].map((value) => ({ ...context, [key]: [value] })),
      ]),
    open ? [request.context, { ...request.context, [stage]: ["AWSCURRENT"] }] : [request.context],
  );
}

/** The values that the conditions of policies have for each key. */
function mentionedValues(policies: unknown): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  JSON.stringify(policies, (name, value) => {
    if (name === "Condition" && typeof value === "object" && value !== null) {
      for (const keys of Object.values<Record<string, string | string[]>>(value)) {
        for (const [key, values] of Object.entries(keys)) {
          found.set(key, [...(found.get(key) ?? []), ...[values].flat()]);
        }
      }
    }
    return value;
  });
  return found;
}
