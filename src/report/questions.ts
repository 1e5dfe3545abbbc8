/** The words of reports about open questions. */
import type { CauseKind, Settles } from "../facts/causes.ts";
import type { Question } from "../verdict/questions.ts";
import { quantity } from "../words.ts";

const ADD: Readonly<Record<Exclude<Settles, "permission">, (name: string) => string>> = {
  variable: (name) => `a value for ${name}`,
  parameter: (name) => `a value for ${name}`,
  role: (name) => `the role ${name} with all its policies`,
  secret: (name) => `the declaration of ${name}`,
  key: (name) => `the key ${name} with its policy and grants`,
  policy: (name) => `the policy ${name}`,
  module: (name) => `the source of ${name}`,
  network: (name) => `the rest of the network ${name}: subnets, routes, endpoints`,
  file: (name) => `the file that defines ${name}`,
};

/** Parts of a resource that are missing, where the resource itself is there. */
const ADD_PART: Readonly<Partial<Record<CauseKind, (name: string) => string>>> = {
  trust: (name) => `the trust policy of ${name}`,
  attachment: (name) => `the file that attaches ${name}`,
  "hosted-zones": (name) => `the answer of \`aws route53 list-hosted-zones-by-vpc\` about ${name}`,
  "secret-policy": (name) => `the resource policy of ${name}`,
};

/** What would settle a question, as a sentence; undefined when only the deployment does. */
export function settledBy({ cause, settles }: Pick<Question, "cause" | "settles">): string | undefined {
  if (settles === null) return undefined;
  if (settles.kind === "permission") {
    return `To settle it, give whoever collects the evidence \`${settles.name}\`, and collect it again.`;
  }
  if (cause.kind === "file") return `To settle it, check with a \`${settles.name}\` that can be read.`;
  const add = ADD_PART[cause.kind] ?? ADD[settles.kind];
  return `To settle it, add ${add(`\`${settles.name}\``)} to the checked files.`;
}

/** How many references depend on the answer: `3 references`; empty when none does. */
export function waiting({ references }: Pick<Question, "references">): string {
  return references === 0 ? "" : quantity(references, "reference");
}
