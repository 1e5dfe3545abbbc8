/** Which answers rest on what the configuration tells under `assume`. */
import { TOLD_UNIT } from "../facts/assumptions.ts";
import type { BuiltCase } from "../facts/cases.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";
import type { Link } from "../policy/rules.ts";

type Part = "role" | "secret" | "key" | "network";

/** What the links are about besides the reference itself. */
const PARTS: Readonly<Partial<Record<Link, readonly Part[]>>> = {
  role: ["role"],
  trust: ["role"],
  read: ["role", "secret"],
  decrypt: ["role", "secret", "key"],
  content: ["secret", "key"],
  network: ["network"],
};

/** The answers about a case, each with that assumption where what it is about, or what shows it, is told. */
export function restingOnTold(
  judgement: Judgement,
  { input, places }: Pick<BuiltCase, "input" | "places">,
  linkOf: (rule: string) => Link | null | undefined,
): Judgement {
  const statements = Object.values(input.roles).flatMap((role) => [...role.statements, ...(role.trust ?? [])]);
  const told = [...Object.values(input).flatMap(toldIn), ...statements.filter(({ policy }) => isOfTold(policy))];
  if (told.length === 0) return judgement;
  const files = new Set(told.map(({ at }) => places[at]?.file));
  const partsOf = toldParts(input);
  const isOfSubject = input.subject.unit === TOLD_UNIT;
  const assuming = <A extends Assuming>(one: A): A => {
    const link = linkOf(one.rule);
    const parts = (link && PARTS[link]) ?? [];
    const isShown = files.has(places[one.at]?.file);
    const isAbout = one.references.some((id) => parts.some((part) => partsOf(id).has(part)));
    return isShown || isAbout || isOfSubject
      ? { ...one, assumes: [...new Set([...one.assumes, "told" as const])] }
      : one;
  };
  return { ...judgement, findings: judgement.findings.map(assuming), proofs: judgement.proofs.map(assuming) };
}

type Assuming = Pick<Judgement["proofs"][number], "rule" | "at" | "references" | "assumes">;

interface Resource {
  readonly unit: string;
  readonly at: number;
}

/** The told resources of a map of the case. */
function toldIn(map: unknown): readonly Resource[] {
  if (typeof map !== "object" || map === null) return [];
  return Object.values(map).filter((one): one is Resource => one?.unit === TOLD_UNIT && typeof one.at === "number");
}

/** Whether an id is that of a told resource. */
function isOfTold(id: string): boolean {
  return id.startsWith(`${TOLD_UNIT}#`);
}

/** What is told of the things that a reference depends on. */
function toldParts({ job_definitions, roles, secrets, parameters, ...rest }: Case): (reference: string) => Set<Part> {
  const { networks, subnets, security_groups, endpoints } = rest;
  const isNetwork = [networks, subnets, security_groups, endpoints].some((map) => toldIn(map).length > 0);
  const byReference = new Map<string, Set<Part>>();
  for (const { containers } of Object.values(job_definitions)) {
    for (const { execution_role: role, secrets: own, log, registry_credentials } of containers) {
      const statements = (role?.role && roles[role.role]?.statements) || [];
      const isRole = isOfTold(role?.role ?? "") || statements.some(({ policy }) => isOfTold(policy));
      for (const one of [...own, ...(log?.secret_options ?? []), registry_credentials]) {
        if (!one) continue;
        const id = one.secret ?? one.parameter ?? "";
        const key = (secrets[id] ?? parameters[id])?.key ?? "";
        const parts = new Set<Part>();
        if (isRole) parts.add("role");
        if (isOfTold(id)) parts.add("secret");
        if (isOfTold(key)) parts.add("key");
        if (isNetwork) parts.add("network");
        byReference.set(one.id, parts);
      }
    }
  }
  const others: Set<Part> = new Set(isNetwork ? ["network"] : []);
  return (reference) => byReference.get(reference) ?? others;
}
