/**
 * What a rule about a policy or a secret looks at, by a quick look: it is not asked about one that has nothing of it,
 * since most have not, and a case costs more than all such looks. A rule's metadata names its need.
 */
import type { Policy, Secret } from "./world.ts";

const NEEDS = {
  /** An action of Secrets Manager, by its prefix. */
  "secret-action": (subject) => hasAction(subject, "secretsmanager:"),
  /** An action of KMS, by its prefix. */
  "key-action": (subject) => hasAction(subject, "kms:"),
  /** A key of the files that encrypts the secret. */
  key: (subject) => "key" in subject && subject.key !== null,
  /** A name that ends as the ARNs of secrets do. */
  "name-with-suffix": ({ name }) => name !== null && /-[A-Za-z0-9]{6}$/.test(name.value),
} satisfies Record<string, (subject: Policy | Secret) => boolean>;

export type Need = keyof typeof NEEDS;

export const needNames = Object.keys(NEEDS) as readonly Need[];

/** Whether a subject has what a rule needs. */
export function has(subject: Policy | Secret, need: Need): boolean {
  return NEEDS[need](subject);
}

function hasAction(subject: Policy | Secret, prefix: string): boolean {
  return subject.statements.some(({ actions }) => actions?.some(({ value }) => startsWith(value, prefix)));
}

function startsWith(action: string, prefix: string): boolean {
  return action.slice(0, prefix.length).toLowerCase() === prefix;
}
