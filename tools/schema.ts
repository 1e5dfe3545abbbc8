/**
 * Writes the JSON schemas of docs/ from their sources: `node tools/schema.ts`.
 *
 * - docs/case.schema.json, the case, from src/facts/schema.ts: Rego is checked against it, and whoever writes rules of
 *   their own finds there what `input` holds.
 * - docs/configuration.schema.json, the configuration, from src/config/settings.ts: for editors.
 * - docs/evidence.schema.json, an answer of AWS in a file, from src/evidence/schema.ts.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { configurationSchema } from "../src/config/schema.ts";
import { evidenceSchema } from "../src/evidence/schema.ts";
import { caseSchema } from "../src/facts/schema.ts";
import { root } from "./opa.ts";

/** Relative to the project's folder. */
export const SCHEMA = "docs/case.schema.json";

/** The texts of the schemas by their paths. That of the configuration names the rules, so these have to be built. */
export function schemas(): ReadonlyMap<string, string> {
  return new Map([
    [SCHEMA, schemaText()],
    ["docs/configuration.schema.json", write(configurationSchema())],
    ["docs/evidence.schema.json", evidenceText()],
  ]);
}

/**
 * The text of the schema file. Draft 7, which OPA's type checker reads (https://www.openpolicyagent.org/docs/schemas).
 */
export function schemaText(): string {
  const schema = z.toJSONSchema(caseSchema, { target: "draft-7", metadata: named() });
  return write({ title: "The case: what a rule sees", ...schema });
}

function evidenceText(): string {
  return write({ title: "Evidence: one answer of AWS", ...z.toJSONSchema(evidenceSchema, { target: "draft-7" }) });
}

function write(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
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

if (import.meta.main) for (const [path, text] of schemas()) writeFileSync(join(root, path), text);
