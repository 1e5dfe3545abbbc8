/** How a remedy writes what a unit of Terraform computes. */
import { ACCOUNT, isLiteral, PARTITION, REGION } from "../../../facts/text.ts";
import type { Instance } from "../instance.ts";
import { computedAttributes } from "./computed.ts";

/** How a reference to a resource is written, for each ARN that is symbolic. */
export function spellingsOf(instances: readonly Instance[]): Map<string, string> {
  const spellings = new Map([
    [REGION, "${data.aws_region.current.name}"],
    [ACCOUNT, "${data.aws_caller_identity.current.account_id}"],
    [PARTITION, "${data.aws_partition.current.partition}"],
  ]);
  for (const instance of instances) {
    const arn = computedAttributes(instance).find(({ key }) => key === "arn")?.value;
    if (arn?.kind !== "text" || isLiteral(arn.value)) continue;
    // What the module makes is told rather than what it looks up.
    const first = instance.mode === "managed" || !spellings.has(arn.value);
    if (first) spellings.set(arn.value, `\${${instance.address}.arn}`);
  }
  return spellings;
}
