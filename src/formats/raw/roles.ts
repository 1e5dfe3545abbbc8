/**
 * Roles in raw files: `create-role`, `get-role`, `list-roles`, `attach-role-policy`,
 * `get-account-authorization-details`, and the wrapper that people write by hand: `{RoleName: {policies: [{policyName,
 * policyDocument}]}}`.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html and its neighbours
 */

import type { Tags, Text, Unseen } from "../../facts/located.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { folded, NO_TAGS, toTags, toText } from "../read.ts";
import type { Found, FoundList, FoundPolicy, FoundRole, Recogniser } from "./found.ts";
import { isPart, listOf, loosely, nameOf, textOf, textsOf } from "./keys.ts";
import { documentIn, pathOf, policy, trust } from "./policies.ts";

type Given = Partial<FoundRole> & Pick<FoundRole, "role" | "at" | "tells">;

function role(known: Given): FoundRole {
  const name = nameOf(known.role.value);
  return {
    about: "role",
    name: isLiteral(name) ? name : null,
    arn: null,
    path: "/",
    managed: [],
    boundary: null,
    tags: NO_TAGS,
    ...known,
  };
}

/** `create-role` input, `get-role` and `create-role` output, `list-roles` output. */
export const recogniseRole: Recogniser = (value) => {
  if (value.kind !== "object") return [];
  const output = loosely(value, "Role");
  if (output?.kind === "object") return declaredRole(output);
  const listed = listOf(value, "Roles");
  return listed === undefined ? declaredRole(value) : listed.flatMap(declaredRole);
};

function declaredRole(value: ObjectValue): readonly Found[] {
  const name = toText(loosely(value, "RoleName"));
  const document = loosely(value, "AssumeRolePolicyDocument");
  if (name === null || document === undefined) return [];
  const arn = toText(loosely(value, "Arn"));
  const found = role({
    role: name,
    arn,
    path: pathOf(value),
    boundary: boundaryOf(value),
    tags: tagsOf(value, arn),
    tells: "declared",
    at: value.at,
  });
  return [found, trust(documentIn(value, "AssumeRolePolicyDocument") ?? document, arn ?? name, value.at)];
}

/** A description, which has an ARN, shows all tags if it has a list of them, and a list of roles has none. */
function tagsOf(value: ObjectValue, arn: Text | null): Tags {
  const listed = loosely(value, "Tags");
  const tags = toTags(listed);
  return { ...tags, complete: tags.complete && listed !== undefined && arn !== null };
}

/** An ARN in the input, an object in the output. */
function boundaryOf(value: ObjectValue): Text | null {
  const boundary = loosely(value, "PermissionsBoundary");
  return boundary?.kind === "object" ? textOf(boundary, "PermissionsBoundaryArn") : toText(boundary);
}

/** `attach-role-policy` input, and `attach-user-policy` for users and groups, which is of no interest to a job. */
export const recogniseAttachment: Recogniser = (value) => {
  const name = toText(loosely(value, "RoleName"));
  const arn = toText(loosely(value, "PolicyArn"));
  if (value.kind !== "object" || name === null || arn === null) return [];
  return [role({ role: name, managed: [arn], tells: "named", at: value.at })];
};

/** Keys of an answer that say how far it goes, and nothing of what it is about. */
const PAGING = ["IsTruncated", "Marker", "NextToken", "ResponseMetadata"] as const;

/** `list-attached-role-policies` and `list-role-policies` output, which does not name the role. */
export const recogniseRoleLists: Recogniser = (value) => {
  if (value.kind !== "object") return [];
  const others = value.entries.filter(({ key }) => !(PAGING as readonly string[]).includes(key));
  return others.length === 1 ? roleList(value) : [];
};

/** The answer with what a role has attached, or the names of its inline policies. */
export function roleList(value: ObjectValue): readonly FoundList[] {
  const attached = listOf(value, "AttachedPolicies");
  if (attached === undefined && get(value, "PolicyNames")?.kind !== "list") return [];
  const managed = attached?.flatMap((one) => textOf(one, "PolicyArn") ?? []) ?? null;
  const inline = attached === undefined ? textsOf(value, "PolicyNames") : null;
  return [{ about: "list", name: null, role: null, managed, inline, isPart: isPart(value), at: value.at }];
}

/** What a list says of a role: a part of one says what it shows, and not that this is all. */
export function listed({ managed, inline, isPart, at }: FoundList, name: Text): FoundRole {
  const lists = isPart ? { inline: null, managed: false } : { inline, managed: managed !== null };
  return { ...role({ role: name, managed: managed ?? [], tells: "named", at }), lists };
}

/** A role that is only known by its ARN, with what can't be seen of it. */
export function unseenRole(arn: Text, unseen: readonly Unseen[]): FoundRole {
  return { ...role({ role: arn, arn, tells: "named", at: arn.at }), unseen };
}

/** `put-role-permissions-boundary` input. */
export const recogniseBoundary: Recogniser = (value) => {
  const name = toText(loosely(value, "RoleName"));
  const boundary = toText(loosely(value, "PermissionsBoundary"));
  if (value.kind !== "object" || name === null || boundary === null) return [];
  return [role({ role: name, boundary, tells: "named", at: value.at })];
};

/** `get-account-authorization-details` output: every role with every policy. */
export const recogniseAccount: Recogniser = (value) => {
  const roles = listOf(value, "RoleDetailList");
  if (roles === undefined) return [];
  return [...roles.flatMap(detailedRole), ...(listOf(value, "Policies") ?? []).flatMap(managedPolicy)];
};

function detailedRole(value: ObjectValue): readonly Found[] {
  return declaredRole(value).flatMap((found): readonly Found[] => {
    if (found.about !== "role") return [found];
    const managed = (listOf(value, "AttachedManagedPolicies") ?? []).flatMap((one) => textOf(one, "PolicyArn") ?? []);
    const inline = (listOf(value, "RolePolicyList") ?? []).flatMap((one) => inlinePolicy(one, found.arn ?? found.role));
    return [{ ...found, managed, tells: "whole" }, ...inline];
  });
}

function managedPolicy(value: ObjectValue): readonly FoundPolicy[] {
  const versions = listOf(value, "PolicyVersionList") ?? [];
  const current = versions.find(
    (one) => get(one, "IsDefaultVersion")?.kind === "boolean" && isTrue(get(one, "IsDefaultVersion")),
  );
  const document = current && (documentIn(current, "Document") ?? get(current, "Document"));
  if (document === undefined) return [];
  const managed = { arn: textOf(value, "Arn"), path: pathOf(value) };
  return [policy({ document, at: value.at, policyName: textOf(value, "PolicyName"), managed })];
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === "boolean" && value.value;
}

function inlinePolicy(value: ObjectValue, roleName: Text): readonly FoundPolicy[] {
  const document =
    documentIn(value, "PolicyDocument") ?? documentIn(value, "Document") ?? loosely(value, "PolicyDocument");
  if (document === undefined) return [];
  return [policy({ document, at: value.at, policyName: toText(loosely(value, "PolicyName")), roles: [roleName] })];
}

/**
 * Roles by hand: an object whose members (or which itself) hold the lists of a role's policies. The wrapper lists what
 * the role has, so a role in it is described completely, unless something in it could be a policy that can't be read.
 */
export const recogniseWrappedRoles: Recogniser = (value) => {
  if (value.kind !== "object") return [];
  const name = loosely(value, "RoleName");
  const itself = name === undefined ? [] : wrappedRole(value, name.at, "");
  if (itself.length > 0) return itself;
  const listed = loosely(value, "Roles");
  if (listed?.kind === "list") return listed.items.flatMap((item) => wrappedRole(item, item.at, ""));
  const members = listed?.kind === "object" ? listed : value;
  return members.entries.flatMap((entry) => wrappedRole(entry.value, entry.keyAt, entry.key));
};

const POLICY_LISTS = ["Policies", "InlinePolicies", "RolePolicyList"] as const;
const TRUSTS = ["AssumeRolePolicyDocument", "AssumeRolePolicy", "TrustPolicy", "TrustRelationship"] as const;
const MANAGED_LISTS = ["ManagedPolicyArns", "ManagedPolicies", "AttachedManagedPolicies", "AttachedPolicies"] as const;

/** Keys of a wrapper that are known not to hide more policies. */
const KNOWN = new Set([...POLICY_LISTS, ...TRUSTS, ...MANAGED_LISTS, "PermissionsBoundary"].map(folded));

/** Keys that may hold policies in a way that is not known here. */
const MAY_GRANT = /polic|permission|grant|statement|attach/i;

const POLICY_ARN = /^arn:[^:]*:iam::[^:]*:policy\//;

function wrappedRole(value: Value, at: Place, key: string): readonly Found[] {
  if (value.kind !== "object") return [];
  const name: Text | null = toText(loosely(value, "RoleName")) ?? (key === "" ? null : { value: key, at });
  if (name === null) return [];
  const arn = toText(loosely(value, "Arn")) ?? toText(loosely(value, "RoleArn"));
  const listed = POLICY_LISTS.flatMap((list) => itemsOf(loosely(value, list)));
  const policies = listed.flatMap((item) => wrappedPolicy(item, arn ?? name));
  const arns = listed.flatMap((item) => (item.kind === "text" && POLICY_ARN.test(item.value) ? managedArn(item) : []));
  const managed = [...arns, ...MANAGED_LISTS.flatMap((list) => itemsOf(loosely(value, list)).flatMap(managedArn))];
  if (policies.length + managed.length === 0) return [];
  const trusts = TRUSTS.flatMap((list) => documentIn(value, list) ?? []);
  const hidden = value.entries.some((entry) => MAY_GRANT.test(entry.key) && !KNOWN.has(folded(entry.key)));
  const whole = !hidden && listed.length === policies.length + arns.length && value.open === undefined;
  const found = role({
    role: name,
    arn,
    path: pathOf(value),
    managed,
    boundary: boundaryOf(value),
    tells: whole ? "whole" : "named",
    at: value.at,
  });
  return [found, ...trusts.map((document) => trust(document, arn ?? name, value.at)), ...policies];
}

/** An inline policy under the keys of IAM, or the document itself. */
function wrappedPolicy(value: Value, roleName: Text): readonly FoundPolicy[] {
  if (value.kind !== "object") return [];
  const named = inlinePolicy(value, roleName);
  if (named.length > 0) return named;
  const found = policy({ document: value, at: value.at, roles: [roleName] });
  return loosely(value, "Statement") === undefined ? [] : [found];
}

/** An ARN, or an object that holds one. */
function managedArn(value: Value): readonly Text[] {
  const arn = value.kind === "object" ? toText(loosely(value, "PolicyArn") ?? loosely(value, "Arn")) : toText(value);
  return arn === null ? [] : [arn];
}

function itemsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return value.kind === "list" ? value.items : [value];
}
