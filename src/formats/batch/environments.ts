/** What the fields of a compute environment mean, in all formats. */
import type { Text } from "../../facts/located.ts";
import { isLiteral } from "../../facts/text.ts";

/**
 * Whether AWS Batch starts the instances of an environment of that `type`; null when it is unknown.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateComputeEnvironment.html
 */
export function isManaged(type: Text | null): boolean | null {
  if (type === null) return true;
  return isLiteral(type.value) ? type.value.toUpperCase() !== "UNMANAGED" : null;
}
