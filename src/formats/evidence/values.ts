/** Secret values in evidence, where none belong. */
import { get, type Value } from "../../syntax/value.ts";
import { listOf } from "../raw/keys.ts";

/** Whether an answer shows the value of a secret or of a parameter. */
export function showsValue(output: Value): boolean {
  const parameter = get(output, "Parameter");
  const secrets = [output, ...(listOf(output, "SecretValues") ?? [])];
  const parameters = [...(parameter ? [parameter] : []), ...(listOf(output, "Parameters") ?? [])];
  return (
    secrets.some((one) => has(one, "SecretString") || has(one, "SecretBinary")) ||
    parameters.some((one) => has(one, "Value"))
  );
}

function has(value: Value, key: string): boolean {
  const found = get(value, key);
  return found !== undefined && found.kind !== "null";
}
