/**
 * Roles, policies and attachments. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
 */
import type { PolicyResource, Resources, RoleResource, Text } from "../../../facts/resources.ts";
import { entry, type Value } from "../../../syntax/value.ts";
import { readStatements } from "../../iam/policy-document.ts";
import { NO_TAGS, objects, toText, toTexts } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { computed, declared, nameText, type Reader } from "./declared.ts";
import { tagsOf } from "./tags.ts";

/** A policy with the statements of `value`. `suffix` distinguishes what one block declares. */
export function policyOf(
  instance: Instance,
  value: Value | undefined,
  given: Partial<PolicyResource> & Pick<PolicyResource, "kind">,
  suffix = "",
): PolicyResource {
  const own = declared(instance, suffix);
  const { statements, unseen } = readStatements(value, { policy: own.id, maybe: instance.maybe });
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
      { kind: "identity", attached_to: [arn] },
      ` inline_policy ${index}`,
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
    policies_told: true,
  };
  const trust = policyOf(instance, argument(instance, "assume_role_policy"), { kind: "trust", on: arn }, " trust");
  return { roles: [resource], policies: [trust, ...inline] };
};

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
      policies_told: false,
    },
  ],
});

const rolePolicy: Reader = (instance) => ({
  policies: [
    policyOf(instance, argument(instance, "policy"), {
      kind: "identity",
      name: toText(argument(instance, "name")),
      attached_to: [toText(argument(instance, "role"))].filter((text) => text !== null),
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
  const roles = [toText(argument(instance, "role"))].filter((text) => text !== null);
  return attach(instance, roles.length > 0 ? roles : toTexts(argument(instance, "roles"), "roles").values, [
    argument(instance, "policy_arn"),
  ]);
};

/** `aws_iam_role_policy_attachments_exclusive`: the list of all that may be attached. */
const exclusive: Reader = (instance) => {
  const arns = argument(instance, "policy_arns");
  return attach(
    instance,
    [toText(argument(instance, "role_name"))].filter((text) => text !== null),
    arns?.kind === "list" ? arns.items : [arns],
  );
};

function attach(
  instance: Instance,
  roles: readonly Text[],
  arns: readonly (Value | undefined)[],
): Pick<Resources, "attachments"> {
  const policies = arns.map(toText).filter((text) => text !== null);
  return {
    attachments: roles.flatMap((role) =>
      policies.map((policy) => ({ ...declared(instance), role, policy, maybe: instance.maybe })),
    ),
  };
}

/** `aws_iam_role_policies_exclusive` and the like only remove undeclared policies, so they are not read. */
export const iam: Readonly<Record<string, Reader>> = {
  aws_iam_role: role,
  "data.aws_iam_role": lookedUpRole,
  aws_iam_role_policy: rolePolicy,
  aws_iam_policy: managedPolicy,
  aws_iam_user_policy: principalPolicy,
  aws_iam_group_policy: principalPolicy,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_policy_attachment: attachment,
  aws_iam_role_policy_attachments_exclusive: exclusive,
};
