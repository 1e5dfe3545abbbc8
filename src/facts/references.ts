/** The places where a job names a secret, and which service each asks. */
import { splitArn } from "./arn.ts";
import type { Container, JobDefinition, SecretReference } from "./resources.ts";
import { isLiteral } from "./text.ts";

export type SecretService = "secretsmanager" | "ssm" | "unknown";

/** All references of a container: environment secrets, log options, registry credentials. */
export function referencesOf({ secrets, log, registry_credentials }: Container): SecretReference[] {
  return [...secrets, ...(log?.secret_options ?? []), ...(registry_credentials ? [registry_credentials] : [])];
}

/** Parts of a container that name secrets. */
const NAMING = new Set(["secrets", "logConfiguration", "secretOptions", "repositoryCredentials"]);

/** Whether a container names a secret, or has a part that may and can't be seen. */
export function mayNameSecrets(container: Container): boolean {
  return referencesOf(container).length > 0 || container.unseen.some(({ part }) => NAMING.has(part));
}

/** All references of a job definition. */
export function references(job: JobDefinition): SecretReference[] {
  return job.containers.flatMap(referencesOf);
}

/**
 * The name that a value which is no ARN begins with, where people write a secret's name in place of its ARN: `db` of `db:password::`,
 * `secret:db` and `secretsmanager:db`.
 */
export function leadingName(value: string): string {
  return value.replace(/^(?:secretsmanager:)?(?:secret:)?/, "").split(":", 1)[0] ?? "";
}

/**
 * The service a reference asks. A value that is no ARN is the name of an SSM parameter
 * (https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html), but registry credentials are of Secrets Manager alone
 * (https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html).
 */
export function serviceOf(reference: SecretReference, registry = false): SecretService {
  const value = reference.value_from?.value;
  if (value === undefined) return "unknown";
  const service = splitArn(value)?.service;
  if (service === "secretsmanager" || service === "ssm") return service;
  if (service !== undefined || value.startsWith("arn:") || !isLiteral(value)) return "unknown";
  return registry ? "secretsmanager" : "ssm";
}
