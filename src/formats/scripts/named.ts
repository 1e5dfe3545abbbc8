/** The files that scripts name. */

import { behindFirstHole } from "../../facts/text.ts";
import { type Purse, pay, type ReadingPurses } from "../../purse.ts";
import type { SourceFile } from "../../source.ts";
import { fileKind, hasNoEnding, TEMPLATE_ENDINGS } from "../../sources/names.ts";
import { resolvedParts } from "../../sources/within.ts";
import type { Workspace } from "../../sources/workspace.ts";
import { type Document, parseDocuments } from "../../syntax/document.ts";
import type { Value } from "../../syntax/value.ts";
import { mayHoldResources } from "../markers.ts";
import { mayCall } from "./operations.ts";
import { isScript } from "./sources.ts";

/** Files by what scripts call them, and what is in them. */
export interface Named {
  /** The path in the run of a file that a script in that folder names. */
  readonly find: (path: string, folder: string) => string | undefined;
  readonly content: (path: string) => Value | undefined;
}

/** The name of a file that may hold a document. No name is longer; a longer search would need a stack of its length. */
const FILE_NAME = new RegExp(`(?<![\\w.-])[\\w.-]{1,255}\\.(?:jsonc?|ya?ml|${TEMPLATE_ENDINGS})\\b`, "g");

function namesIn(text: string): readonly string[] {
  const taken = [...text.matchAll(TAKEN)].map(([, path = ""]) => nameOf(path));
  return [...(text.match(FILE_NAME) ?? []), ...taken];
}

/** The documents of the files that scripts name, those `calling`: only these are parsed. */
export async function namedFiles(
  files: readonly SourceFile[],
  calling: readonly SourceFile[],
  purses: ReadingPurses,
  isPart: (document: Document) => boolean,
): Promise<Named> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const mentioned = new Set(calling.flatMap(({ text }) => namesIn(text)));
  const values = new Map<string, Value>();
  for (const file of files) {
    if (isScript(file) || !mentioned.has(nameOf(file.path))) continue;
    const { documents } = await parseDocuments(file, undefined, purses);
    const [only] = documents.filter(isPart);
    if (only) values.set(file.path, only.value);
  }
  const find = (path: string, folder: string): string | undefined =>
    foundFrom(behindFirstHole(path)?.slice(1) ?? path, folder, (one) => byPath.has(one));
  return { find, content: (path) => values.get(path) };
}

/** What it costs to look for a file, in microseconds: in each folder the way to it is put together. */
export function costOfFinding(path: string, folder: string): number {
  return (folder.split("/").length * (folder.length + path.length)) / 16;
}

/** What a script in a folder calls by a path: in that folder, or in one above it in which the script may be started. */
function foundFrom(path: string, folder: string, isThere: (path: string) => boolean): string | undefined {
  // The folder of the script, written as a variable or a command, is left out.
  const relative = path.replace(/^(?:\$(?:\{[^{}]*\}|\([^()]*\)|\w+)\/|\.\/)+/, "");
  if (relative.startsWith("/")) return undefined;
  const folders = folder.split("/");
  for (let depth = folders.length; depth >= 0; depth--) {
    const found = resolvedParts([...folders.slice(0, depth), ...relative.split("/")]);
    if (found !== undefined && isThere(found)) return found;
  }
  return undefined;
}

/** A file whose content a script takes, with its folder as a variable or a command or without. */
const TAKEN = /(?:\bfile:\/\/|\bcat\s+["']?)((?:\$\([^()\n]{0,200}\)|[^\s"'`;|&()<>]){1,4096})/g;

/** The properties of a container that reads secrets: nothing else in them says that they are for AWS Batch. */
const OF_CONTAINER = /^\s*\{.*"(?:valueFrom|credentialsParameter)"/s;

/**
 * Files that scripts name and that nobody would take for documents by their endings, `file://job`, `file://job.txt`, or
 * for those of jobs by their words, as the properties of a container alone. Those that are no documents are left out.
 */
export function filesBeside(
  files: readonly SourceFile[],
  { isFile, read }: Workspace,
  purse: Purse,
): readonly SourceFile[] {
  const found = new Map<string, SourceFile>();
  const listed = new Set(files.map(({ path }) => path));
  for (const { path, text } of files) {
    if (!mayCall(text)) continue;
    const named = new Set([...text.matchAll(TAKEN)].map(([, name = ""]) => name));
    for (const name of named) {
      const tells = fileKind(name) !== undefined && !hasNoEnding(name);
      // Where there is no more, nothing is left for the scripts, which are named then.
      if (!pay({ own: 0, purse }, ON_DISK * costOfFinding(name, folderOf(path)))) purse.left = 0;
      if (purse.left === 0) return [];
      const there = foundFrom(name, folderOf(path), (one) => isFile(one) === true);
      const opened = there === undefined || listed.has(there) ? undefined : read(there);
      if (!opened || !("file" in opened)) continue;
      const counts = tells ? OF_CONTAINER.test(opened.file.text) : isDocument(opened.file.text);
      if (counts) found.set(opened.file.path, opened.file);
    }
  }
  return [...found.values()];
}

/** A file on disk is looked for so many times as long as one of the run: the system goes through each folder. */
const ON_DISK = 8;

function isDocument(text: string): boolean {
  return /^\ufeff?\s*[{[]/.test(text) || mayHoldResources(text);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a path, empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
