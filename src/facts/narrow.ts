/**
 * What is known of unknown pieces by where they are: a name of a secret, a parameter, a role or a policy has no
 * colon, or AWS refuses it. So a variable that is part of one has none anywhere, and ARNs that hold it can be taken
 * apart.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import type { Unit } from "./resources.ts";
import { insides, narrow } from "./text.ts";

const NAMED = ["secrets", "parameters", "roles", "policies"] as const;

/** Makes every hole that is part of such a name narrow, wherever it stands. */
export function narrowNames({ resources }: Pick<Unit, "resources">): void {
  for (const kind of NAMED) {
    for (const { name } of resources[kind]) if (name) for (const inside of insides(name.value)) narrow(inside);
  }
}
