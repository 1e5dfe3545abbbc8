/** How a remedy writes computed values of a unit of Terraform. */
import { isLiteral } from "../../../facts/text.ts";
import type { Instance } from "../instance.ts";
import { computedAttributes } from "./computed.ts";

/** How a reference to a resource is written, for each ARN that is symbolic. */
export function spellingsOf(instances: readonly Instance[]): Map<string, string> {
  const isNamed = (text: string) => text.startsWith("arn:") && !isLiteral(text);
  const named = computedNames(instances, isNamed, ({ address }) => address);
  return new Map([...named].map(([text, name]) => [text, `\${${name}}`]));
}

/** The computed strings that need a name, each with the attribute that describes it best. */
export function computedNames(
  instances: Iterable<Instance>,
  isNamed: (text: string) => boolean,
  addressOf: (instance: Instance) => string | undefined,
): Map<string, string> {
  const found = new Map<string, { readonly name: string; readonly rank: number }>();
  for (const instance of instances) {
    const address = addressOf(instance);
    if (address === undefined) continue;
    for (const { key, value } of computedAttributes(instance)) {
      if (value.kind !== "text" || !isNamed(value.value)) continue;
      const rank = key === "arn" ? rankOf(instance) : 0;
      if (rank > (found.get(value.value)?.rank ?? -1)) found.set(value.value, { name: `${address}.${key}`, rank });
    }
  }
  return new Map([...found].map(([text, { name }]) => [text, name]));
}

/** An ARN is named by its resource, rather than by a data source or a secret's version. */
function rankOf({ type, mode }: Instance): number {
  if (type === "aws_secretsmanager_secret_version") return 1;
  return mode === "managed" ? 3 : 2;
}
