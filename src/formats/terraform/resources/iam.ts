/**
 * Roles, policies and attachments. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
 */
import { carrierOf } from "../../../facts/arn.ts";
import type { Text, Unseen } from "../../../facts/located.ts";
import { limitsRoles } from "../../../facts/organization.ts";
import type { PolicyListResource, PolicyResource, Resources, RoleResource } from "../../../facts/resources.ts";
import { entry, type Value } from "../../../syntax/value.ts";
import { type ReadStatements, readStatements } from "../../iam/policy-document.ts";
import { NO_TAGS, objects, toText, toTexts } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { computed, declared, nameText, optional, type Reader } from "./declared.ts";
import { ignored, tagsOf } from "./tags.ts";

/** What is deployed may be another policy than that of the files. */
function madeElsewhere({ address, unit, at }: ReturnType<typeof declared>): Unseen {
  return { part: "policy made elsewhere", cause: { kind: "ignored-changes", name: address, unit }, at };
}

/** Of a policy whose changes are not deployed: what it denies may be denied, and what it allows proves nothing. */
function deployedElsewhere(instance: Instance, value: Value | undefined, policy: string): ReadStatements {
  const unseen = madeElsewhere(declared(instance));
  const { statements } = readStatements(value, { policy, maybe: unseen.cause });
  return { statements: statements.filter(({ effect }) => effect.value !== "Allow"), unseen: [unseen] };
}

/**
 * A policy with the statements of `value`, which the argument `from` holds. `suffix` distinguishes what one block
 * declares.
 */
export function policyOf(
  instance: Instance,
  value: Value | undefined,
  given: Partial<PolicyResource> & Pick<PolicyResource, "kind">,
  suffix = "",
  from = "policy",
): PolicyResource {
  const own = declared(instance, suffix);
  const { statements, unseen } = ignored(instance, from)
    ? deployedElsewhere(instance, value, own.id)
    : readStatements(value, { policy: own.id, maybe: instance.maybe });
  return {
    ...own,
    unseen,
    name: null,
    arn: null,
    attached_to: [],
    attached_elsewhere: false,
    on: null,
    ...given,
    statements,
  };
}

/** A role with its trust policy, its inline policies and the managed policies it lists. */
const role: Reader = (instance) => {
  const arn = computed(instance, "arn");
  const managed = toTexts(argument(instance, "managed_policy_arns"), "managed_policy_arns");
  const inline = blocks(instance, "inline_policy").map((block, index) =>
    policyOf(
      instance,
      entry(block, "policy")?.value,
      { kind: "identity", name: toText(entry(block, "name")?.value), attached_to: [arn] },
      ` inline_policy ${index}`,
      "inline_policy",
    ),
  );
  const resource: RoleResource = {
    ...declared(instance),
    unseen: [...managed.unseen, ...objects(argument(instance, "inline_policy"), "inline_policy").unseen],
    name: nameText(instance),
    arn,
    tags: tagsOf(instance),
    managed_policies: managed.values,
    permissions_boundary: toText(argument(instance, "permissions_boundary")),
    ...existence(instance),
    policies_told: true,
  };
  const trust = policyOf(
    instance,
    argument(instance, "assume_role_policy"),
    { kind: "trust", on: arn },
    " trust",
    "assume_role_policy",
  );
  return { roles: [resource], policies: [trust, ...inline], policy_lists: listsOf(instance, resource, inline) };
};

function existence({ maybe }: Instance): Pick<RoleResource, "existence"> {
  return maybe ? { existence: maybe } : {};
}

/** A role that lists policies of a kind has no others of that kind. */
function listsOf(
  instance: Instance,
  { arn, managed_policies }: RoleResource,
  inline: readonly PolicyResource[],
): readonly PolicyListResource[] {
  const isGiven = (name: string) =>
    argument(instance, name) !== undefined && instance.isGiven?.(name) !== false && !ignored(instance, name);
  const names = inline.flatMap(({ name }) => name ?? []);
  return [
    ...(isGiven("inline_policy") ? [policyList(instance, arn, "inline", names)] : []),
    ...(isGiven("managed_policy_arns") ? [policyList(instance, arn, "managed", managed_policies)] : []),
  ];
}

function policyList(
  instance: Instance,
  role: Text,
  kind: PolicyListResource["kind"],
  policies: readonly Text[],
): PolicyListResource {
  return { ...declared(instance), role, kind, policies };
}

/** A role that is looked up by name: its policies are declared elsewhere; policies attached here count as well. */
const lookedUpRole: Reader = (instance) => ({
  roles: [
    {
      ...declared(instance),
      name: nameText(instance),
      arn: computed(instance, "arn"),
      tags: NO_TAGS,
      managed_policies: [],
      permissions_boundary: null,
      ...existence(instance),
      policies_told: false,
    },
  ],
});

const rolePolicy: Reader = (instance) => ({
  policies: [
    policyOf(instance, argument(instance, "policy"), {
      kind: "identity",
      name: toText(argument(instance, "name")),
      attached_to: carriers(instance, optional(instance, "role")),
    }),
  ],
});

const managedPolicy: Reader = (instance) => ({
  policies: [
    policyOf(instance, argument(instance, "policy"), {
      kind: "identity",
      name: nameText(instance),
      arn: computed(instance, "arn"),
    }),
  ],
});

/** A policy of users or groups only; it does not concern roles. */
const principalPolicy: Reader = (instance) => ({
  policies: [policyOf(instance, argument(instance, "policy"), { kind: "identity", attached_elsewhere: true })],
});

/** An attachment adds the policy to the role; a role that is not in the files gets nothing. */
const attachment: Reader = (instance) => {
  const own = optional(instance, "role");
  const roles = own.length > 0 ? own : toTexts(argument(instance, "roles"), "roles").values;
  return attach(instance, carriers(instance, roles), [argument(instance, "policy_arn")]);
};

/** `aws_iam_role_policy_attachments_exclusive`: the list of all that may be attached, which it attaches. */
const attachmentsExclusive: Reader = (instance) => {
  const arns = argument(instance, "policy_arns");
  const roles = carriers(instance, optional(instance, "role_name"));
  const { values } = toTexts(arns, "policy_arns");
  return {
    ...attach(instance, roles, arns?.kind === "list" ? arns.items : [arns]),
    policy_lists: roles.map((role) => policyList(instance, role, "managed", values)),
  };
};

/** `aws_iam_role_policies_exclusive` only takes off what it does not list. */
const policiesExclusive: Reader = (instance) => {
  const { values } = toTexts(argument(instance, "policy_names"), "policy_names");
  const roles = carriers(instance, optional(instance, "role_name"));
  return { policy_lists: roles.map((role) => policyList(instance, role, "inline", values)) };
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/organizations_policy */
const organizationPolicy: Reader = (instance) => {
  if (!limitsRoles(toText(argument(instance, "type"))?.value)) return {};
  const own = declared(instance);
  const { statements } = readStatements(argument(instance, "content"), { policy: own.id, maybe: instance.maybe });
  return { organization_policies: [{ ...own, statements }] };
};

function carriers({ deployment }: Instance, named: readonly Text[]): readonly Text[] {
  return named.map((role) => carrierOf(role, deployment?.()));
}

function attach(
  instance: Instance,
  roles: readonly Text[],
  arns: readonly (Value | undefined)[],
): Pick<Resources, "attachments"> {
  const policies = arns.map(toText).filter((text) => text !== null);
  return {
    attachments: roles.flatMap((role) =>
      policies.map((policy) => ({
        ...declared(instance),
        role,
        policy,
        maybe: instance.maybe,
        ...(instance.type === "aws_iam_policy_attachment" && !instance.maybe && { exclusive: true }),
      })),
    ),
  };
}

export const iam: Readonly<Record<string, Reader>> = {
  aws_iam_role: role,
  "data.aws_iam_role": lookedUpRole,
  aws_iam_role_policy: rolePolicy,
  aws_iam_policy: managedPolicy,
  aws_iam_user_policy: principalPolicy,
  aws_iam_group_policy: principalPolicy,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_policy_attachment: attachment,
  aws_iam_role_policies_exclusive: policiesExclusive,
  aws_iam_role_policy_attachments_exclusive: attachmentsExclusive,
  aws_organizations_policy: organizationPolicy,
};
