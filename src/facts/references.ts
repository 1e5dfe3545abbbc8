/** The places where a job names a secret, and which service each asks. */
import { joinArn, splitArn } from "./arn.ts";
import type { Container, JobDefinition, SecretReference } from "./resources.ts";
import type { Case } from "./schema.ts";
import { ACCOUNT, hasWideHole, isLiteral, PARTITION, REGION } from "./text.ts";

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

export type Site = NonNullable<SecretReference["site"]>;
export type Named = NonNullable<SecretReference["named"]>;

const NOTHING = { service: null, fields: null, arn: null, parts: null };

/**
 * What a `valueFrom` names. A name is that of an SSM parameter (https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html), but in
 * `repositoryCredentials` that of a secret (https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html). The leading slash of a
 * parameter's name is the separator in its ARN, and a version or label is not part of it
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html).
 */
export function named(
  value: string | undefined,
  site: Site,
  { partition, region, account }: Case["deployment"],
): Named {
  if (value === undefined) return { form: "absent", ...NOTHING };
  const fields = splitArn(value);
  if (fields) {
    const { service, resource } = fields;
    const known = isLiteral(service) ? service : null;
    if (hasWideHole(resource)) return { form: "arn", service: known, fields, arn: null, parts: null };
    const parts = resource.split(":");
    if (service === "secretsmanager") {
      return {
        form: "arn",
        service,
        fields,
        arn: joinArn({ ...fields, resource: parts.slice(0, 2).join(":") }),
        parts,
      };
    }
    return { form: "arn", service: known, fields, arn: service === "ssm" ? value : null, parts: null };
  }
  const own = (service: string, resource: string) => joinArn({ partition, service, region, account, resource });
  if (mayBeAnything(value)) return { form: "unknown", ...NOTHING };
  if (site === "repositoryCredentials") {
    return {
      ...NOTHING,
      form: "name",
      service: "secretsmanager",
      arn: own("secretsmanager", `secret:${value}`),
      parts: ["secret", value],
    };
  }
  const name = value.split(":", 1)[0]?.replace(/^\//, "") ?? "";
  return { ...NOTHING, form: "name", service: "ssm", arn: own("ssm", `parameter/${name}`) };
}

/**
 * Whether a value may be an ARN with selectors: a hole goes on behind a colon, a wide one may be anything, and CloudFormation resolves a
 * dynamic reference to a text (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html).
 */
function mayBeAnything(value: string): boolean {
  return hasWideHole(value) || /^⟨[^⟨⟩]*⟩:/.test(value) || value.startsWith("{{resolve:ssm:");
}

/** A deployment of which the files tell neither account nor Region. */
export const ANYWHERE: Case["deployment"] = { partition: PARTITION, region: REGION, account: ACCOUNT };
