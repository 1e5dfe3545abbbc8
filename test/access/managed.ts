/** AWS managed policies as the table of the product has them. */
import table from "../../src/facts/aws-managed-policies.json" with { type: "json" };
import type { Statement } from "./vector.ts";

/** The statements of a policy, by its name with its path, that are about secrets, parameters or decryption. */
export function managedDocument(name: string): readonly Statement[] {
  const grants: Readonly<Record<string, unknown>> = table.grants;
  return (grants[name] ?? []) as readonly Statement[];
}
