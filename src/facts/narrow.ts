/**
 * What is known of unknown pieces by where they are: a name of a secret, a parameter, a role or a policy has no
 * colon, or AWS refuses it. So a variable that is part of one has none anywhere, and ARNs that hold it can be taken
 * apart. Nor has the name of an environment variable: no shell could read it.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import type { Text } from "./located.ts";
import { insides, narrow } from "./text.ts";
import type { Unit } from "./unit.ts";

const NAMED = ["secrets", "parameters", "roles", "policies"] as const;

/** Makes every hole that is part of such a name narrow, wherever it stands. */
export function narrowNames({ resources }: Pick<Unit, "resources">): void {
  for (const kind of NAMED) {
    for (const { name } of resources[kind]) narrowAll(name);
  }
  for (const { containers } of resources.job_definitions) {
    for (const { secrets } of containers) for (const { name } of secrets) narrowAll(name);
  }
}

function narrowAll(name: Text | null): void {
  for (const inside of name ? insides(name.value) : []) narrow(inside);
}
