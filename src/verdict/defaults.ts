/** Which answers need the default of a variable or parameter: they hold where nobody overrides it. */

import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";
import { insides } from "../facts/text.ts";
import type { Link } from "../policy/rules.ts";

/** Shorter defaults, such as numbers, are in too many texts. */
const SHORTEST = 3;

/** Links that are about the role, and those that are about it alone, whatever is read with it. */
const OF_ROLE: ReadonlySet<Link | null | undefined> = new Set(["role", "trust", "read", "decrypt"]);
const OF_ROLE_ALONE: ReadonlySet<Link | null | undefined> = new Set(["role", "trust"]);

/**
 * The answers about a job, each with the assumption that defaults hold where one of them is in the reference, the role
 * or the statement that it is about. What the files declare is itself, whatever it is called.
 */
export function restingOnDefaults(
  judgement: Judgement,
  input: Case,
  defaults: ReadonlySet<string> | undefined,
  linkOf: (rule: string) => Link | null | undefined,
): Judgement {
  const used = [...(defaults ?? [])].filter((text) => text.length >= SHORTEST);
  const job = input.job_definitions[input.subject.id];
  if (used.length === 0 || !job) return judgement;
  const isOfDeclared = (value: string) => insides(value).some((inside) => input.holes[inside]?.identifies);
  const hasDefault = ({ value }: { readonly value: string }): boolean =>
    !isOfDeclared(value) && used.some((one) => value.includes(one) && isWhole(value, one));
  const [ofRole, ofValue] = [new Set<string>(), new Set<string>()];
  for (const { execution_role: role, secrets, log, registry_credentials } of job.containers) {
    const isNamed = role !== null && role.role === null && hasDefault(role.arn);
    for (const one of [...secrets, ...(log?.secret_options ?? []), registry_credentials]) {
      if (one && isNamed) ofRole.add(one.id);
      const isDeclared = one?.secret || one?.parameter;
      if (one?.value_from && !isDeclared && hasDefault(one.value_from)) ofValue.add(one.id);
    }
  }
  const statements = new Set(
    Object.values(input.roles)
      .flatMap((role) => [...role.statements, ...(role.trust ?? [])])
      .filter(
        ({ actions, resources }) => actions?.some(hasDefault) || (resources?.length && resources.every(hasDefault)),
      )
      .map(({ at }) => at),
  );
  const assuming = <A extends Assuming>(one: A): A => {
    const link = linkOf(one.rule);
    const isResting = (id: string) =>
      (OF_ROLE.has(link) && ofRole.has(id)) || (!OF_ROLE_ALONE.has(link) && ofValue.has(id));
    const rests = statements.has(one.at) || (one.references.length > 0 && one.references.every(isResting));
    return rests ? { ...one, assumes: [...new Set([...one.assumes, "default-value" as const])] } : one;
  };
  return { ...judgement, findings: judgement.findings.map(assuming), proofs: judgement.proofs.map(assuming) };
}

type Assuming = Pick<Judgement["proofs"][number], "rule" | "at" | "references" | "assumes">;

/** Whether a text has another one where neither of its ends is inside of a word. */
function isWhole(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + part.length])) return true;
  }
  return false;
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[A-Za-z0-9]/.test(sign);
}
