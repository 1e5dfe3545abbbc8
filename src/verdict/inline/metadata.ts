/**
 * Suppressions in the metadata of a CloudFormation resource, also in JSON, which has no comments:
 *
 *     Metadata:
 *       batch-secrets-check:
 *         ignore: [{ rule: no-plaintext-secrets, reason: the account is closed in spring, until: 2027-03-31 }]
 *
 * They cover the resource.
 */
import { type Problem, position, type SourceFile } from "../../source.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { type Entry, get, plainText, type Value } from "../../syntax/value.ts";
import type { Suppressor } from "../suppress.ts";
import { covering, type Inline, WORD, whyNot } from "./inline.ts";

/** The suppressions in the metadata of a file's resources. */
export async function inMetadata(file: SourceFile, rules: readonly string[]): Promise<Inline> {
  if (!file.text.includes("Metadata")) return { suppressors: [], notes: [] };
  const { documents } = await parseDocuments(file);
  const suppressors: Suppressor[] = [];
  const notes: Problem[] = [];
  for (const { value } of documents) {
    for (const [resource, ignored] of ignoredIn(value)) {
      const lines = linesOf(file, resource);
      const rule = plainText(get(ignored, "rule")) ?? "";
      const reason = plainText(get(ignored, "reason")) ?? "";
      const until = plainText(get(ignored, "until"));
      const place = { path: file.path, line: position(file, ignored.at.start).line };
      const message = whyNot([rule], until, reason, rules);
      if (message !== undefined) notes.push({ ...place, message });
      else suppressors.push(covering(rule, lines, { reason, until, where: `in ${resource.key}`, place }));
    }
  }
  return { suppressors, notes };
}

/** The resources of a template, each with what its metadata suppresses. */
function ignoredIn(template: Value): readonly (readonly [Entry, Value])[] {
  const resources = get(template, "Resources");
  if (resources?.kind !== "object") return [];
  return resources.entries.flatMap((resource) => {
    const ignore = get(get(get(resource.value, "Metadata"), WORD), "ignore");
    const items = ignore === undefined ? [] : ignore.kind === "list" ? ignore.items : [ignore];
    return items.map((item) => [resource, item] as const);
  });
}

function linesOf(file: SourceFile, { keyAt, value }: Entry) {
  return {
    path: file.path,
    first: position(file, keyAt.start).line,
    last: position(file, value.at.end).line,
  };
}
