/** `check --fix`: makes the edits of certain findings in the files. */
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { groupBy } from "../maps.ts";
import { applyEdits, editsOf, fixedTogether, isFixable } from "../verdict/apply.ts";
import type { Finding } from "../verdict/finding.ts";

export interface Fixed {
  /** Findings whose edits were made. */
  readonly findings: number;
  /** The paths of files that were changed. */
  readonly files: readonly string[];
}

/**
 * Makes the edits that a program can make, each finding's all or none, in regular files of UTF-8 below the root. A file
 * is written whole. Throws what the file system throws.
 */
export function fixFiles(root: string, findings: readonly Finding[]): Fixed {
  const texts = new Map<string, string | undefined>();
  const textOf = (path: string) => {
    if (!texts.has(path)) texts.set(path, writable(root, path));
    return texts.get(path);
  };
  const fixable = findings.filter((finding) => {
    return isFixable(finding) && editsOf(finding).every(({ location }) => textOf(location.path) !== undefined);
  });
  const made = fixedTogether(fixable);
  const byFile = groupBy(made.flatMap(editsOf), ({ location }) => location.path);
  for (const [path, edits] of byFile) writeFileSync(join(root, path), applyEdits(textOf(path) ?? "", edits));
  return { findings: made.length, files: [...byFile.keys()].sort() };
}

/** The text of a file that may be changed, as places count in it; undefined for any other. */
function writable(root: string, path: string): string | undefined {
  if (path.split("/").includes("..") || !lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile()) {
    return undefined;
  }
  const bytes = readFileSync(join(root, path));
  const text = bytes.toString("utf8");
  return text.startsWith("\ufeff") || !Buffer.from(text).equals(bytes) ? undefined : text;
}
