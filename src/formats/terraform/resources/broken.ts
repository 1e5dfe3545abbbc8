/** Documents that the provider certainly refuses: invalid JSON. */

import { isLiteral } from "../../../facts/text.ts";
import { into } from "../../../maps.ts";
import { locate as locationOf, type Place, type Problem } from "../../../source.ts";
import { isConfiguration } from "../../../sources/names.ts";
import { jsonSource } from "../../../syntax/embedded.ts";
import { readJson } from "../../../syntax/json/reader.ts";
import { hasPlaceholder } from "../../../syntax/placeholders.ts";
import type { Value } from "../../../syntax/value.ts";
import { argument, type Instance } from "../instance.ts";

const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_batch_job_definition: ["container_properties", "ecs_properties", "node_properties"],
  aws_iam_role: ["assume_role_policy"],
  aws_iam_role_policy: ["policy"],
  aws_iam_policy: ["policy"],
  aws_kms_key: ["policy"],
  aws_secretsmanager_secret_policy: ["policy"],
};

/**
 * A problem for each such document, with the line where it stops being JSON. What a pipeline may fill in first is not
 * reported: a word that looks like a placeholder, and a file or template that is read and has any.
 */
export function brokenDocuments(instances: readonly Instance[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const instance of instances) {
    const names = Object.hasOwn(DOCUMENTS, instance.type) ? DOCUMENTS[instance.type] : undefined;
    for (const name of names ?? []) {
      const broken = brokenDocument(argument(instance, name));
      if (!broken) continue;
      const message = `The ${name} of ${instance.address} is not valid JSON: ${broken.why}.`;
      const { path, start } = locationOf(broken.at);
      // Many instances of one block share one string. All of a plan may be on one line.
      into(problems, `${path}:${broken.at.start}`, () => ({ path, line: start.line, message }));
    }
  }
  return [...problems.values()];
}

/** Whether a string begins with what a pipeline fills in: signs around a name, or a word in capitals. */
function isFilledIn(text: string): boolean {
  return text !== "" && !/^[\d}\],"':;/#=a-z]/.test(text) && !/^[A-Z][a-z]/.test(text);
}

/** Where a document stops being JSON, and why. */
function brokenDocument(value: Value | undefined): { readonly at: Place; readonly why: string } | undefined {
  if (value?.kind !== "text" || !isLiteral(value.value) || value.json) return undefined;
  const source = jsonSource(value, { strict: true });
  const result = readJson(source);
  // A blank string is a common default of variables without a value.
  if (result.kind !== "failure") return undefined;
  const at = source.place(result.offset, result.offset + 1);
  const isTemplate = !isConfiguration(at.file.path) && hasPlaceholder(value.value);
  if (isFilledIn(value.value.slice(result.offset)) || isTemplate) return undefined;
  return { at, why: result.message };
}
