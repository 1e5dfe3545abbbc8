/** What reports say of open questions. */
import type { Settles } from "../facts/causes.ts";
import type { Question } from "../verdict/questions.ts";
import { quantity } from "../words.ts";

const ADD: Readonly<Record<Settles, (name: string) => string>> = {
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

/** What would settle a question, as a sentence; undefined when only the deployment does. */
export function settledBy({ settles }: Pick<Question, "settles">): string | undefined {
  return settles === null ? undefined : `To settle it, add ${ADD[settles.kind](settles.name)} to the checked files.`;
}

/** How many references wait for an answer: `3 references`; nothing when the question is about none. */
export function waiting({ references }: Pick<Question, "references">): string {
  return references === 0 ? "" : quantity(references, "reference");
}
