/**
 * What a rule about anything but a job looks at, by a quick look: it is not asked about one that has nothing of it,
 * since most have not, and a case costs more than all such looks. A rule's metadata names its need.
 */
import type { Network } from "./networks.ts";
import type { Other, World } from "./world.ts";

const NEEDS = {
  /** An action of Secrets Manager, by its prefix. */
  "secret-action": (subject) => hasAction(subject, "secretsmanager:"),
  /** An action of KMS, by its prefix. */
  "key-action": (subject) => hasAction(subject, "kms:"),
  /** A key of the files that encrypts the secret. */
  key: (subject) => "key" in subject && subject.key !== null,
  /** A name that ends as the ARNs of secrets do. */
  "name-with-suffix": (subject) => "name" in subject && /-[A-Za-z0-9]{6}$/.test(subject.name?.value ?? ""),
  /** User data that its instances start with. */
  "user-data": (subject) => "launches" in subject && subject.launches.some(({ user_data }) => user_data !== null),
  /** A service that secrets are read from in the network, and that no endpoint of it is for. */
  "missing-endpoint": (subject, world) => "endpoints" in subject && lacksEndpoint(subject, world),
} satisfies Record<string, (subject: Other, world: World) => boolean>;

export type Need = keyof typeof NEEDS;

export const needNames = Object.keys(NEEDS) as readonly Need[];

/** Whether a subject has what a rule needs. */
export function has(subject: Other, need: Need, world: World): boolean {
  return NEEDS[need](subject, world);
}

function hasAction(subject: Other, prefix: string): boolean {
  return (
    "statements" in subject &&
    subject.statements.some(({ actions }) => actions?.some(({ value }) => startsWith(value, prefix)))
  );
}

function startsWith(action: string, prefix: string): boolean {
  return action.slice(0, prefix.length).toLowerCase() === prefix;
}

function lacksEndpoint({ id, endpoints }: Network, { networks, readers }: World): boolean {
  const names = endpoints.map((one) => networks.endpoints.get(one)?.service.value ?? "");
  const isMissing = (service: string) => !names.some((name) => /\.([a-z]+?)(?:-fips)?$/.exec(name)?.[1] === service);
  const read = new Set(
    (readers.get(id) ?? []).map(({ service }) => (service === "unknown" ? "secretsmanager" : service)),
  );
  return [...read].some(isMissing);
}
