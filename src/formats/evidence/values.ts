/** Secret values in evidence, where none belong. */
import { get, type Value } from "../../syntax/value.ts";

/** Whether an answer shows the value of a secret or of a parameter. */
export function showsValue(output: Value): boolean {
  const parameter = get(output, "Parameter");
  return (
    [output, ...listed(output, "SecretValues")].some((one) => has(one, "SecretString") || has(one, "SecretBinary")) ||
    [...(parameter ? [parameter] : []), ...listed(output, "Parameters")].some((one) => has(one, "Value"))
  );
}

function listed(value: Value, key: string): readonly Value[] {
  const list = get(value, key);
  return list?.kind === "list" ? list.items : [];
}

function has(value: Value, key: string): boolean {
  const found = get(value, key);
  return found !== undefined && found.kind !== "null";
}
