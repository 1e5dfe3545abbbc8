/**
 * Writes docs/case.schema.json, the JSON schema of the case, from src/facts/schema.ts: `node tools/schema.ts`.
 * Rego is checked against it, and whoever writes rules of their own finds there what `input` holds.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { caseSchema } from "../src/facts/schema.ts";
import { root } from "./opa.ts";

/** Relative to the project's folder. */
export const SCHEMA = "docs/case.schema.json";

/**
 * The text of the schema file. Draft 7, which OPA's type checker reads (https://www.openpolicyagent.org/docs/schemas).
 */
export function schemaText(): string {
  const schema = z.toJSONSchema(caseSchema, { target: "draft-7", metadata: named() });
  return `${JSON.stringify({ title: "The case: what a rule sees", ...schema }, undefined, 2)}\n`;
}

/** The parts that are in several places, with the names under which the schema defines them once. */
function named(): z.core.$ZodRegistry<{ id: string }> {
  const { job_definitions, roles } = caseSchema.shape;
  const role = roles.valueType.shape;
  const container = job_definitions.valueType.shape.containers.element.shape;
  const statement = role.statements.element;
  const names = {
    text: role.arn,
    unseen: role.unseen.element,
    statement,
    condition: statement.shape.conditions.element,
    principal: statement.shape.principals.unwrap().element,
    role_reference: container.execution_role.unwrap(),
    secret_reference: container.secrets.element,
    named_value: container.environment.element,
  };
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(names)) registry.add(schema, { id });
  return registry;
}

if (import.meta.main) writeFileSync(join(root, SCHEMA), schemaText());
