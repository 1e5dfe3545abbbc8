/** The files of evidence: in a folder of their own, which holds nothing that is deployed. */
import { isAbsolute, posix, relative, resolve, sep } from "node:path";
import type { Problem, SourceFile } from "../source.ts";
import { normalPath, type PathTest } from "./globs.ts";
import { fileKind, isScriptName } from "./names.ts";
import { leadsOut, openFolder, type Tree } from "./tree.ts";
import { walk } from "./walk.ts";

/** Where evidence is looked for when nobody names a folder. */
export const EVIDENCE_FOLDER = ".batch-secrets-check/evidence";

/** A folder of evidence: its path from the checked folder, and whether somebody named it. */
export interface EvidenceFolder {
  readonly path: string;
  readonly named: boolean;
}

/** The folders that are named, absolute or from the checked folder `root`; else those that are `usual`. */
export function evidenceFolders(
  tree: Tree,
  root: string,
  { named, usual }: { readonly named: readonly string[] | undefined; readonly usual: readonly string[] },
): readonly EvidenceFolder[] {
  if (named === undefined) {
    const paths = [...new Set([EVIDENCE_FOLDER, ...usual.map(normalPath)])];
    const isInside = (path: string) => paths.some((other) => path.startsWith(`${other}/`));
    return paths.filter((path) => !isInside(path)).map((path) => ({ path, named: false }));
  }
  return named.map((given) => {
    const path = isAbsolute(given) ? relative(tree.folder ?? root, given) : given;
    return { path: posix.normalize(normalPath(path.split(sep).join("/")) || "."), named: true };
  });
}

/** Those of the folders that somebody named, or that are there. */
export function thereOf(tree: Tree, folders: readonly EvidenceFolder[]): readonly EvidenceFolder[] {
  return folders.filter(({ path, named }) => named || tree.find(path).at === "path");
}

/** Whether a path is one of evidence, or below one. */
export function isEvidence(folders: readonly EvidenceFolder[]): PathTest {
  return (path) => folders.some((one) => path === one.path || path.startsWith(`${one.path}/`));
}

/** Whether a path is that of a file which is read as evidence. */
export function isEvidenceFile(folders: readonly EvidenceFolder[], path: string): boolean {
  return folders.some((one) => path === one.path) || (isEvidence(folders)(path) && isDocument(path));
}

function isDocument(path: string): boolean {
  return fileKind(path) === "document" && !isScriptName(path);
}

/** Reads all evidence. A folder that somebody names may be outside of the checked one. */
export function readEvidence(
  tree: Tree,
  root: string,
  folders: readonly EvidenceFolder[],
): { readonly files: readonly SourceFile[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const files = folders.flatMap(({ path, named }) => {
    const outside = named && leadsOut(path);
    const from = outside ? openFolder(resolve(tree.folder ?? root, path)) : tree;
    const listed = listedIn(from, outside ? "" : path);
    if (!listed) problems.push({ path, message: "There is no such folder of evidence." });
    problems.push(...(listed?.problems ?? []));
    return (listed?.files ?? []).flatMap((file): SourceFile[] => {
      const read = from.text(file, () => true);
      const shown = outside ? posix.join(path, file) : file;
      if (read.kind === "text") return [{ path: shown, text: read.text }];
      problems.push({ path: shown, message: read.kind === "problem" ? read.message : POINTER });
      return [];
    });
  });
  return { files, problems };
}

const POINTER = "The content of the file is not in this checkout, so the evidence in it was not used.";

/** The files of JSON and YAML in a folder, or the file itself; links are not followed. */
function listedIn(tree: Tree, path: string): { files: readonly string[]; problems: readonly Problem[] } | undefined {
  const found = tree.find(path);
  if (found.at !== "path" || leadsOut(found.path)) return undefined;
  if (tree.kind(found.path) === "file") return { files: [path], problems: [] };
  const { files, problems } = walk(tree, path === "." ? "" : path, undefined);
  const documents = files.filter((one) => !one.link && isDocument(one.path));
  return { files: documents.map((one) => one.path).sort(), problems };
}
