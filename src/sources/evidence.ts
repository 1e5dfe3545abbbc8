/** The files of evidence: in a folder of their own, which holds nothing that is deployed. */
import { isAbsolute, posix, relative, resolve, sep } from "node:path";
import type { Purse } from "../purse.ts";
import type { Problem, SourceFile } from "../source.ts";
import { quantity } from "../words.ts";
import { normalPath, type PathTest } from "./globs.ts";
import { fileKind, isScriptName } from "./names.ts";
import { BEYOND_ROOM } from "./read-file.ts";
import { leadsOut, openFolder, type Tree } from "./tree.ts";
import { list } from "./walk.ts";

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

/** One note about all of the files, at the first. */
export function noteAbout(paths: readonly string[], message: string): readonly Problem[] {
  const [path, ...others] = paths;
  if (path === undefined) return [];
  const more = others.length === 0 ? "" : ` So it is with ${quantity(others.length, "other file")} of evidence.`;
  return [{ path, message: `${message}${more}` }];
}

export interface ReadEvidence {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/** Reads all evidence for which the run has room. A folder that somebody names may be outside of the checked one. */
export function readEvidence(tree: Tree, root: string, folders: readonly EvidenceFolder[], room: Purse): ReadEvidence {
  const problems: Problem[] = [];
  const others: string[] = [];
  const files = folders.flatMap(({ path, named }) => {
    const outside = named && leadsOut(path);
    const from = outside ? openFolder(resolve(tree.folder ?? root, path)) : tree;
    const shown = (file: string) => (outside ? posix.join(path, file) : file);
    const listed = listedIn(from, outside ? "" : path, problems);
    if (!listed) problems.push({ path, message: "There is no such folder of evidence." });
    others.push(...(listed?.others ?? []).map(shown));
    return (listed?.files ?? []).flatMap((file): SourceFile[] => {
      const read = from.text(file, () => true);
      const fits = read.kind === "text" && read.text.length <= room.left;
      if (fits) {
        room.left -= read.text.length;
        return [{ path: shown(file), text: read.text }];
      }
      const message = read.kind === "text" ? TOO_MUCH : read.kind === "problem" ? read.message : POINTER;
      problems.push({ path: shown(file), message });
      return [];
    });
  });
  return { files, problems, notes: noteAbout(others.sort(), OTHER) };
}

const POINTER = "The content of the file is not in this checkout, so the evidence in it was not used.";
const TOO_MUCH = `${BEYOND_ROOM}, so the evidence in it was not used. Check fewer files at once, or remove it.`;
const OTHER = "Evidence is read from files of JSON and YAML only, so this one was not used.";

/** What nobody takes for evidence. */
const BESIDE = /^\.|\.md$/i;

interface ListedEvidence {
  readonly files: readonly string[];
  readonly others: readonly string[];
}

/** The files of JSON and YAML in a folder, or the file itself, and what else is there; links are not followed. */
function listedIn(tree: Tree, path: string, problems: Problem[]): ListedEvidence | undefined {
  const found = tree.find(path);
  if (found.at !== "path" || leadsOut(found.path)) return undefined;
  if (tree.kind(found.path) === "file") return { files: [path], others: [] };
  const files: string[] = [];
  const others: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of list(tree, folder, problems)) {
      const own = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(own);
      else if (entry.isFile() && isDocument(own)) files.push(own);
      else if (!BESIDE.test(entry.name)) others.push(own);
    }
  };
  visit(path === "." ? "" : path);
  return { files: files.sort(), others };
}
