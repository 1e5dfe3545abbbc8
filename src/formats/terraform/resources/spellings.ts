/** How a remedy writes what a unit of Terraform computes. */
import { isLiteral } from "../../../facts/text.ts";
import type { Instance } from "../instance.ts";
import { computedAttributes } from "./computed.ts";

/** How a reference to a resource is written, for each ARN that is symbolic. */
export function spellingsOf(instances: readonly Instance[]): Map<string, string> {
  const spellings = new Map<string, string>();
  for (const instance of instances) {
    for (const { key, value } of computedAttributes(instance)) {
      if (value.kind !== "text" || !value.value.startsWith("arn:") || isLiteral(value.value)) continue;
      const first = !spellings.has(value.value) || (key === "arn" && isOwn(value.value, instance));
      if (first) spellings.set(value.value, `\${${instance.address}.${key}}`);
    }
  }
  return spellings;
}

/** Whether an ARN is that of the instance itself, not that of what it belongs to, as a secret's version has it, nor looked up. */
export function isOwn(arn: string, instance: Instance): boolean {
  return arn.includes("@") ? arn.includes(`${instance.address}@${instance.unit}⟩`) : instance.mode === "managed";
}
