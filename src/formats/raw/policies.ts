/**
 * IAM policy documents in raw files: bare, or inside what the CLI takes and answers.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html and its neighbours
 */

import type { Text, Unseen } from "../../facts/located.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { isPolicyDocument, type ReadStatements, readStatements } from "../iam/policy-document.ts";
import { toBoolean, toText } from "../read.ts";
import type { Found, FoundPolicy, Recogniser } from "./found.ts";
import { decoded, loosely, nameOf, textOf } from "./keys.ts";
import { isWhole } from "./whole.ts";

/** How deep inside a document of no known shape a policy document is looked for. */
const DEEPEST = 5;

/** A document that is itself a policy, judged by its content: nothing says what it is attached to. */
export const recogniseBarePolicy: Recogniser = (value) => {
  return isPolicyDocument(value) ? [policy({ document: value, at: value.at })] : [];
};

/** `get-policy` output, which tells what a managed policy is called and which of its versions counts. */
export const recogniseManagedPolicy: Recogniser = (value) => {
  const head = get(value, "Policy");
  const arn = textOf(head, "Arn");
  const version = textOf(head, "DefaultVersionId")?.value;
  if (head?.kind !== "object" || arn === null || version === undefined) return [];
  const policyName = textOf(head, "PolicyName");
  return [{ about: "managed", name: null, arn, policyName, path: pathOf(head), version, at: head.at }];
};

/**
 * `get-policy-version` output. It does not name the policy, unless what it is an answer to is with it. A version that is
 * not the default one counts for nothing.
 */
function policyVersion(value: ObjectValue, version: ObjectValue): readonly Found[] {
  const document = documentIn(version, "Document");
  if (document === undefined || toBoolean(loosely(version, "IsDefaultVersion"), true) === false) return [];
  const arn = toText(loosely(value, "PolicyArn"));
  const id = textOf(version, "VersionId")?.value;
  const found = policy({ document, at: version.at, managed: { arn, path: "/" } });
  return [id === undefined ? found : { ...found, version: id }];
}

/** `put-role-policy`, `get-role-policy`, `create-policy`, … inputs and outputs, and `{PolicyDocument}` alone. */
export const recogniseNamedPolicy: Recogniser = (value) => {
  if (value.kind !== "object") return [];
  const version = loosely(value, "PolicyVersion");
  if (version?.kind === "object") return policyVersion(value, version);
  const document = documentIn(value, "PolicyDocument") ?? unreadDocument(value);
  return document === undefined ? [] : [namedPolicy(value, document)];
};

/** The unreadable document of a named policy of a role: it must be reported. */
function unreadDocument(value: ObjectValue): Value | undefined {
  const named = loosely(value, "PolicyName") !== undefined && loosely(value, "RoleName") !== undefined;
  return named ? loosely(value, "PolicyDocument") : undefined;
}

function namedPolicy(value: ObjectValue, document: Value): FoundPolicy {
  const role = toText(loosely(value, "RoleName"));
  const elsewhere = loosely(value, "UserName") !== undefined || loosely(value, "GroupName") !== undefined;
  const name = toText(loosely(value, "PolicyName"));
  const arn = toText(loosely(value, "PolicyArn"));
  const trusting = kindOf(inside(document)) === "trust";
  if (role !== null && trusting) return trust(document, role, value.at);
  const inline = role !== null || elsewhere;
  return policy({
    document,
    at: value.at,
    policyName: name,
    managed: inline || (name ?? arn) === null ? null : { arn, path: pathOf(value) },
    roles: role === null ? [] : [role],
    elsewhere,
  });
}

/** The path of a role or policy: `/` when it has none. */
export function pathOf(value: ObjectValue): string {
  const path = loosely(value, "Path");
  return path?.kind === "text" && isLiteral(path.value) ? path.value : "/";
}

/** The trust policy of a role, by its name or ARN. */
export function trust(document: Value, role: Text, at: Place): FoundPolicy {
  return { ...policy({ document, at, on: role }), kind: "trust", name: `trust policy of ${nameOf(role.value)}` };
}

/** The document under a key, as an object or in text; also one that is not known. */
export function documentIn(value: Value, key: string): Value | undefined {
  const found = loosely(value, key);
  if (found === undefined) return undefined;
  const document = decoded(found);
  if (document.kind === "unknown") return document;
  return isPolicyDocument(inside(document)) ? document : undefined;
}

function inside(document: Value): Value | undefined {
  return document.kind === "text" ? parseEmbeddedJson(document) : document;
}

type Given = Partial<FoundPolicy> & Pick<FoundPolicy, "at"> & { readonly document: Value };

/** A policy with what is known of it; its kind is identified by its content unless it is given. */
export function policy({ document, ...known }: Given): FoundPolicy {
  const called = known.policyName?.value ?? known.managed?.arn?.value;
  return {
    about: "policy",
    name: called !== undefined && isLiteral(called) ? nameOf(called) : null,
    kind: kindOf(inside(document)),
    statements: statementsOf(decoded(document)),
    policyName: null,
    managed: null,
    roles: [],
    elsewhere: false,
    on: null,
    ...known,
  };
}

/** Complete statements are read at once: they take a third of the document's memory. */
function statementsOf(document: Value): FoundPolicy["statements"] {
  if (!isWhole(document)) return (policy) => readStatements(document, { policy });
  return withId(readStatements(document, { policy: "" }));
}

function withId({ statements, unseen }: ReadStatements): FoundPolicy["statements"] {
  return (policy) => ({ statements: statements.map((statement) => ({ ...statement, policy })), unseen });
}

/**
 * A document with principals belongs to the resource that the service of its actions; one without principals is an
 * identity's. A document of a service this project does not follow (a bucket's, a queue's), or of several, is something
 * else's.
 */
function kindOf(document: Value | undefined): FoundPolicy["kind"] {
  const statements = itemsOf(loosely(document, "Statement"));
  if (!statements.some((one) => loosely(one, "Principal") ?? loosely(one, "NotPrincipal"))) return "identity";
  const services = new Set(
    statements
      .flatMap((one) => itemsOf(loosely(one, "Action") ?? loosely(one, "NotAction")))
      .map((action) => (action.kind === "text" ? (action.value.split(":", 1)[0] ?? "").toLowerCase() : "")),
  );
  const [service] = services;
  if (services.size !== 1) return "other";
  return SERVICES.get(service ?? "") ?? "other";
}

const SERVICES: ReadonlyMap<string, FoundPolicy["kind"]> = new Map([
  ["sts", "trust"],
  ["secretsmanager", "secret"],
  ["kms", "key"],
]);

function itemsOf(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : value.kind === "list" ? value.items : [value];
}

/** Policy documents anywhere in a document of no other known shape, each named by the keys that lead to it. */
export const recogniseNestedPolicies: Recogniser = (value) => nested(value, [], 0);

function nested(value: Value, path: readonly string[], depth: number): readonly Found[] {
  if (depth > DEEPEST) return [];
  if (value.kind === "list")
    return value.items.flatMap((item, index) => nested(item, [...path, String(index)], depth + 1));
  if (value.kind !== "object") return [];
  if (isPolicyDocument(value)) return [{ ...policy({ document: value, at: value.at }), name: path.join(".") || null }];
  return value.entries.flatMap((entry) => nested(entry.value, [...path, entry.key], depth + 1));
}

/** `put-resource-policy` and `get-resource-policy` of Secrets Manager. */
export const recogniseSecretPolicy: Recogniser = (value) => {
  const document = documentIn(value, "ResourcePolicy");
  const on = toText(get(value, "SecretId") ?? get(value, "ARN") ?? get(value, "Name"));
  if (value.kind !== "object" || document === undefined || on === null) return [];
  return [{ ...policy({ document, at: value.at, on }), kind: "secret" }];
};

/** `put-key-policy` and `get-key-policy` of KMS; the answer does not name the key. */
export const recogniseKeyPolicy: Recogniser = (value) => {
  const document = documentIn(value, "Policy");
  const on = toText(get(value, "KeyId"));
  if (value.kind !== "object" || document === undefined) return [];
  const told = on !== null || get(value, "PolicyName") !== undefined;
  return told ? [{ ...policy({ document, at: value.at, on }), kind: "key", name: null }] : [];
};

/** A managed policy whose document can't be seen. */
export function unseenPolicy(arn: Text, unseen: Unseen): FoundPolicy {
  const document: Value = { kind: "null", at: arn.at };
  const known = policy({ document, at: arn.at, managed: { arn, path: "/" } });
  return { ...known, statements: () => ({ statements: [], unseen: [unseen] }) };
}
