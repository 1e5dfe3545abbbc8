/** Documents that the provider certainly refuses, invalid JSON, and those that say a thing twice. */

import { isLiteral } from "../../../facts/text.ts";
import { into } from "../../../maps.ts";
import { locate as locationOf, type Place, type Problem } from "../../../source.ts";
import { isConfiguration } from "../../../sources/names.ts";
import { jsonSource } from "../../../syntax/embedded.ts";
import { readJson } from "../../../syntax/json/reader.ts";
import { hasPlaceholder } from "../../../syntax/placeholders.ts";
import type { Value } from "../../../syntax/value.ts";
import { keysTwice } from "../../twice.ts";
import { argument, type Instance } from "../instance.ts";

const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_batch_job_definition: ["container_properties", "ecs_properties", "node_properties"],
  aws_iam_role: ["assume_role_policy"],
  aws_iam_role_policy: ["policy"],
  aws_iam_policy: ["policy"],
  aws_kms_key: ["policy"],
  aws_secretsmanager_secret_policy: ["policy"],
};

/** What is wrong with documents: their service refuses them, or does not see all of them. */
interface Faults {
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/**
 * A problem for each document that stops being JSON, with the line, and a note for each key that one has twice. What a
 * pipeline may fill in first is not reported: a word that looks like a placeholder, and a file or template that is read
 * and has any.
 */
export function faultsOf(instances: readonly Instance[]): Faults {
  // Many instances of one block share one string. All of a plan may be on one line.
  const problems = new Map<string, Problem>();
  const notes = new Map<string, Problem>();
  for (const instance of instances) {
    const names = Object.hasOwn(DOCUMENTS, instance.type) ? DOCUMENTS[instance.type] : undefined;
    for (const name of names ?? []) {
      const given = argument(instance, name);
      // The rule job-definition-shape reports it of a job definition.
      if (given?.kind === "object" && instance.type !== "aws_batch_job_definition") {
        const message = `The ${name} of ${instance.address} is an object, but Terraform expects a string: write jsonencode(…).`;
        const { path, start } = locationOf(given.at);
        into(problems, `${path}:${given.at.start}`, () => ({ path, line: start.line, message }));
      }
      const read = readDocument(given);
      if (read?.kind === "broken") {
        const message = `The ${name} of ${instance.address} is not valid JSON: ${read.why}.`;
        const { path, start } = locationOf(read.at);
        into(problems, `${path}:${read.at.start}`, () => ({ path, line: start.line, message }));
      } else if (read) {
        for (const note of keysTwice(read.value)) notes.set(`${note.path}:${note.line}:${note.message}`, note);
      }
    }
  }
  return { problems: [...problems.values()], notes: [...notes.values()] };
}

/** Whether a string begins with what a pipeline fills in: signs around a name, or a word in capitals. */
function isFilledIn(text: string): boolean {
  return text !== "" && !/^[\d}\],"':;/#=a-z]/.test(text) && !/^[A-Z][a-z]/.test(text);
}

type Read =
  | { readonly kind: "broken"; readonly at: Place; readonly why: string }
  | { readonly kind: "document"; readonly value: Value };

/** A document, or where it stops being JSON and why; undefined where neither is known. */
function readDocument(value: Value | undefined): Read | undefined {
  if (value?.kind !== "text") return undefined;
  const known = value.json?.();
  if (known) return { kind: "document", value: known };
  if (!isLiteral(value.value)) return undefined;
  const source = jsonSource(value, { strict: true });
  const result = readJson(source);
  if (result.kind === "value") return { kind: "document", value: result.value };
  // A blank string is a common default of variables without a value.
  if (result.kind !== "failure") return undefined;
  const at = source.place(result.offset, result.offset + 1);
  const isTemplate = !isConfiguration(at.file.path) && hasPlaceholder(value.value);
  if (isFilledIn(value.value.slice(result.offset)) || isTemplate) return undefined;
  return { kind: "broken", at, why: result.message };
}
