/** The places where a job names a secret, and which service each asks. */
import { ANYWHERE, type Arn, joinArn, splitArn } from "./arn.ts";
import type { Container, JobDefinition, Located, SecretReference } from "./located.ts";
import type { Case } from "./schema.ts";
import { behindFirstHole, hasWideHole, isLiteral } from "./text.ts";

export type SecretService = "secretsmanager" | "ssm" | "unknown";

/** Where a container has references, as they are linked or as a case has them. */
interface Referring<R> {
  readonly secrets: readonly R[];
  readonly log: { readonly secret_options: readonly R[] } | null;
  readonly registry_credentials: R | null;
}

/** All references of a container: environment secrets, log options, registry credentials. */
export function referencesOf<R>(container: Referring<R>): R[] {
  return bySite(container).flatMap(([, references]) => references);
}

/** The references of a container, by the key of the API where it has them. */
function bySite<R>({ secrets, log, registry_credentials }: Referring<R>): [Site, readonly R[]][] {
  return [
    ["secrets", secrets],
    ["secretOptions", log?.secret_options ?? []],
    ["repositoryCredentials", registry_credentials ? [registry_credentials] : []],
  ];
}

/** A container with other references in place of those that it has, at the same sites. */
export function withReferences(
  container: Container,
  change: (reference: SecretReference, site: Site) => SecretReference,
): Container {
  const { secrets, log, registry_credentials } = container;
  return {
    ...container,
    secrets: secrets.map((one) => change(one, "secrets")),
    log: log && { ...log, secret_options: log.secret_options.map((one) => change(one, "secretOptions")) },
    registry_credentials: registry_credentials && change(registry_credentials, "repositoryCredentials"),
  };
}

export function idOf(job: Pick<JobDefinition, "id">, { id }: SecretReference): string {
  const start = `${job.id}:`;
  return id.startsWith(start) ? id : `${start}${id}`;
}

export type Dependent = Located<Case["readers"][number]>;

export function dependentsIn(
  job: JobDefinition,
  container: Container,
  run?: string,
): { readonly reference: SecretReference; readonly dependent: Dependent }[] {
  return bySite(container).flatMap(([site, references]) =>
    references.map((reference) => ({
      reference,
      dependent: {
        reference: idOf(job, reference),
        job_definition: job.id,
        job: job.address,
        label: reference.name?.value ?? "repositoryCredentials",
        service: serviceOf(reference.named ?? named(reference.value_from?.value, site, ANYWHERE)),
        ...(run === undefined ? {} : { run }),
        at: reference.at,
      },
    })),
  );
}

/** Parts of a container that name secrets. */
const NAMING = new Set(["secrets", "logConfiguration", "secretOptions", "repositoryCredentials"]);

/** Whether a container names a secret, or has a part that may and can't be seen. */
export function mayNameSecrets(container: Container): boolean {
  return referencesOf(container).length > 0 || container.unseen.some(({ part }) => NAMING.has(part));
}

export function references(job: JobDefinition): SecretReference[] {
  return job.containers.flatMap(referencesOf);
}

export type Site = NonNullable<SecretReference["site"]>;
export type Named = NonNullable<SecretReference["named"]>;

const NOTHING = { service: null, fields: null, arn: null, parts: null };

/**
 * What a `valueFrom` names. Text that is no ARN is the name of an SSM parameter
 * (https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html), but in `repositoryCredentials` that of a
 * secret (https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html).
 */
export function named(value: string | undefined, site: Site, deployment: Case["deployment"]): Named {
  if (value === undefined) return { form: "absent", ...NOTHING };
  const fields = splitArn(value);
  if (fields) return namedByArn(fields);
  if (value.startsWith("arn:")) return { ...NOTHING, form: "unknown", service: literalOf(value.split(":")[2]) };
  if (mayBeAnything(value)) return { ...NOTHING, form: "unknown", parts: partsOfName(value) };
  const service = site === "repositoryCredentials" ? "secretsmanager" : "ssm";
  const parts = partsOfName(value);
  const resource =
    service === "ssm" ? `parameter/${parameterName(value.split(":", 1)[0] ?? "")}` : parts.slice(0, 2).join(":");
  return { form: "name", service, fields: null, arn: joinArn({ ...deployment, service, resource }), parts };
}

function namedByArn(fields: Arn): Named {
  const { resource } = fields;
  const service = literalOf(fields.service);
  const unsplit: Named = { form: "arn", service, fields, arn: null, parts: null };
  if (service === "ssm") {
    const [, mark = "", name = ""] = /^parameter([:/])([^:]*)/.exec(resource) ?? [];
    const resourceName = mark === "/" ? name : parameterName(name);
    const isKnown = mark !== "" && !hasWideHole(name);
    return isKnown ? { ...unsplit, arn: joinArn({ ...fields, resource: `parameter/${resourceName}` }) } : unsplit;
  }
  if (hasWideHole(resource)) return { ...unsplit, arn: service === "secretsmanager" ? beforeSelectors(fields) : null };
  if (service !== "secretsmanager") return unsplit;
  const parts = resource.split(":");
  // The id of a secret's version in Terraform is ARN|VERSION.
  const named = parts.slice(0, 2).join(":").split("|", 1)[0] ?? "";
  return { ...unsplit, arn: joinArn({ ...fields, resource: named }), parts };
}

/** The ARN of a secret whose selectors may be anything: whatever they are, a colon ends the name. */
function beforeSelectors(fields: Arn): string | null {
  const [type = "", name = "", ...selectors] = fields.resource.split(":");
  const resource = `${type}:${name}`;
  return selectors.length === 0 || hasWideHole(resource) || resource.includes("|")
    ? null
    : joinArn({ ...fields, resource });
}

/**
 * A parameter's name as its ARN has it: the leading slash of the name is the separator there
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html).
 */
function parameterName(name: string): string {
  return name.replace(/^\//, "");
}

/** What people write for an ARN: `db:password::`, `secret:db`, `secretsmanager:secret:db`. */
function partsOfName(value: string): string[] {
  return ["secret", ...value.replace(/^(?:secretsmanager:)?(?:secret:)?/, "").split(":")];
}

function literalOf(field: string | undefined): string | null {
  return field !== undefined && isLiteral(field) ? field : null;
}

/**
 * Whether a value may be an ARN with selectors: a hole goes on behind a colon, a wide one may be anything, and
 * CloudFormation resolves a dynamic reference to a string
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html).
 */
function mayBeAnything(value: string): boolean {
  return hasWideHole(value) || behindFirstHole(value)?.startsWith(":") === true || value.startsWith("{{resolve:");
}

export function serviceOf({ service }: Named): SecretService {
  return service === "secretsmanager" || service === "ssm" ? service : "unknown";
}
