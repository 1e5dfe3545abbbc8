/** The JSON schema of the configuration, for editors. */
import { homepage } from "../product.ts";
import { settings } from "./settings.ts";
import type { JsonSchema } from "./shape.ts";

/** Where editors get the schema: the file of docs/ in the branch of the major version. */
export const schemaUrl = `${homepage.replace("github.com", "raw.githubusercontent.com")}/v1/docs/configuration.schema.json`;

/** The schema as it is published. Draft 7, which editors read. */
export function configurationSchema(): JsonSchema {
  const rows = Object.values(settings).map(({ key, what, shape }) => [key, { description: what, ...shape.schema() }]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: schemaUrl,
    title: "The configuration of batch-secrets-check",
    type: ["object", "null"],
    properties: {
      $schema: { description: "Where editors find this schema.", type: "string" },
      ...Object.fromEntries(rows),
    },
    additionalProperties: false,
  };
}
