/** Policies of an organization: what they take away from every role of the accounts that they apply to. */

import type { Statement } from "./located.ts";
import { eitherAbsence } from "./presence.ts";
import type { OrganizationPolicyResource } from "./resources.ts";
import { isLiteral } from "./text.ts";

/**
 * What the service and resource control policies of a run deny. Which accounts these apply to, and which account a role
 * is in, is seldom told, so each is perhaps. What they allow grants nothing.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function deniedByOrganization(policies: readonly OrganizationPolicyResource[]): readonly Statement[] {
  return policies.flatMap(({ address, unit, statements }) => {
    const cause = { kind: "organization-policy", name: address, unit } as const;
    return statements
      .filter(({ effect }) => effect.value !== "Allow")
      .map((one) => ({ ...one, maybe: eitherAbsence(one.maybe, cause) }));
  });
}

/** Whether a policy of an organization is of a type that limits what roles may do. */
export function limitsRoles(type: string | undefined): boolean {
  return type === undefined || !isLiteral(type) || /^(?:SERVICE|RESOURCE)_CONTROL_POLICY$/.test(type);
}
