/** The files of the checked folder that are worth parsing. */

import { isAbsolute, posix, relative } from "node:path";
import { jobOfCode } from "../formats/job-calls.ts";
import { definesJob } from "../formats/job-words.ts";
import { mayBeDocument, mayHoldResources } from "../formats/markers.ts";
import { saveMemory, saveMemoryOfLong } from "../memory.ts";
import type { Purse } from "../purse.ts";
import type { Problem, SourceFile } from "../source.ts";
import { encryptedBy } from "./encrypted.ts";
import { anyGlob, countingGlobs, isGlob, normalPath, type PathTest } from "./globs.ts";
import { fileKind, hasNoEnding, hasTellingName, isJobProgram, isProgramName, mayHoldJobs } from "./names.ts";
import { BEYOND_ROOM, MAX_RUN_CHARACTERS, POINTER, roomOfRun } from "./read-file.ts";
import { type Kind, leadsOut, type Tree } from "./tree.ts";
import { type Listed, walk } from "./walk.ts";

export interface Candidates {
  /** JSON and YAML files, or templates of them, that may hold resources; sorted by path. */
  readonly files: readonly SourceFile[];
  /** The paths of all files of Terraform, not read; sorted. */
  readonly terraform: readonly string[];
  /** The paths of the files among them that the user named, which count in any case. */
  readonly named: ReadonlySet<string>;
  /** Files of evidence, which are nothing else. */
  readonly evidence?: readonly SourceFile[];
  readonly scanned: number;
  readonly problems: readonly Problem[];
  /** Files that hold jobs in a form that is not read, unless something names them. */
  readonly unread?: readonly Problem[];
  /** What is made by programs and is not there, or may be of an older version. */
  readonly notes: readonly Problem[];
  /** The globs of what to leave out that no file or folder fits; none unless the whole root was looked at. */
  readonly unused: readonly string[];
  /** Whether the whole root was looked at. */
  readonly isAll?: boolean;
}

export interface CandidateOptions {
  /**
   * Files, folders or globs relative to the checked folder; all of it when empty. A file named here is read whatever its name and
   * content.
   */
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  /** What is looked at as evidence, and as nothing else. */
  readonly evidence?: PathTest | undefined;
  /** Whether a file is of the checked commit, where a change is judged. */
  readonly isCommitted?: ((path: string) => Promise<boolean>) | undefined;
  /** How many characters the run may still hold. */
  readonly room?: Purse;
}

/** A file to read: `named` by the user, so that it counts in any case. */
interface Wanted extends Listed {
  readonly named: boolean;
}

const SPECIAL = "The path leads to no regular file but a pipe, a socket or a device, so it was not checked.";
const TOO_MUCH = `${BEYOND_ROOM}, so the file was not checked. Check fewer files at once, or exclude it with \`paths-ignore\`.`;

/**
 * Reads the files of the checked folder that may hold resources, in the order of their paths. Nothing outside of it is
 * read: a link that leads out is a problem when its name matters. A path that does not exist, and a file that may
 * matter and can't be read, are problems.
 */
export async function readCandidates(tree: Tree, options: CandidateOptions): Promise<Candidates> {
  const { paths, ignore, evidence, isCommitted, room = roomOfRun() } = options;
  const problems: Problem[] = [];
  if (tree.find("").at !== "path") {
    return {
      files: [],
      terraform: [],
      named: new Set(),
      scanned: 0,
      problems: [{ path: ".", message: `There is no folder ${tree.folder}.` }],
      notes: [],
      unused: [],
    };
  }
  const ignored = await countingGlobs(ignore);
  const passed: PathTest | undefined = evidence
    ? (path) => evidence(path) || (ignored?.test(path) ?? false)
    : ignored?.test;
  const wanted = await listWanted(tree, paths.length > 0 ? paths : ["."], passed, problems);
  const found = [...wanted.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const files: SourceFile[] = [];
  const terraform: string[] = [];
  const unread: Problem[] = [];
  // Reading many files would give young objects their room before anything limits it, and V8 does not take it back.
  await saveMemory(found.length);
  for (const file of found) {
    const path = file.link ? linkTarget(tree, file, wanted, problems) : file.path;
    if (path === undefined) continue;
    if (file.path.includes("\ufffd") && tree.kind(path) === undefined) {
      problems.push({ path: file.path, message: "The name of the file is not UTF-8, so it was not checked." });
      continue;
    }
    if (file.kind === "terraform") {
      terraform.push(file.path);
      continue;
    }
    if (file.kind === "other") {
      tree.text(path, (bytes) => {
        const other = definesJob(bytes) ? { path: file.path, message: OTHER } : undefined;
        const note = isJobProgram(file.path) ? jobOfCode(file.path, bytes, true) : other;
        if (note) unread.push(note);
        return false;
      });
      continue;
    }
    const isRelevant = hasNoEnding(file.path) ? mayBeDocument : mayHoldResources;
    const read = tree.text(path, file.named ? () => true : isRelevant);
    if (read.kind === "text" && read.text.length > room.left) problems.push({ path: file.path, message: TOO_MUCH });
    else if (read.kind === "text") {
      room.left -= read.text.length;
      files.push({ path: file.path, text: read.text });
    } else if (read.kind === "problem") problems.push({ path: file.path, message: read.message });
    else if (file.named) {
      const { encrypted = "git-crypt" } = read.kind === "pointer" ? {} : read;
      problems.push({ path: file.path, message: read.kind === "pointer" ? POINTER : encryptedBy(encrypted) });
    } else if (read.kind === "irrelevant" && read.encrypted !== undefined && mayHoldJobs(file.path)) {
      unread.push({ path: file.path, message: encryptedBy(read.encrypted) });
    } else if (read.kind === "pointer" && hasTellingName(file.path) && !hasNoEnding(file.path)) {
      problems.push({ path: file.path, message: POINTER });
    }
  }
  await saveMemoryOfLong(found.length, MAX_RUN_CHARACTERS - room.left);
  const scanned = found.filter(({ kind }) => kind !== "other").length;
  const named = new Set(found.flatMap((file) => (file.named ? [file.path] : [])));
  const isAll = paths.every((path) => normalPath(path) === "");
  const unused = isAll ? (ignored?.unused() ?? []) : [];
  const notes = found.some(({ path }) => isProgramName(path))
    ? await (await import("./programs.ts")).notesOfPrograms(tree, found, passed, isCommitted)
    : [];
  return { files, terraform, named, scanned, problems, unread, notes, unused, isAll };
}

const OTHER =
  "The file holds a Batch job, and files with this ending are not read, so it was not checked. Name it in the paths to check if it is JSON or YAML.";

async function listWanted(
  tree: Tree,
  paths: readonly string[],
  ignored: PathTest | undefined,
  problems: Problem[],
): Promise<Map<string, Wanted>> {
  const wanted = new Map<string, Wanted>();
  const add = (listed: readonly Listed[], named: boolean) => {
    for (const file of listed) if (named || !wanted.has(file.path)) wanted.set(file.path, { ...file, named });
  };
  const addFolder = (folder: string, meant?: PathTest) => {
    const listed = walk(tree, folder, ignored);
    problems.push(...listed.problems);
    const files = meant ? listed.files.filter(({ path }) => meant(path)) : listed.files;
    add(files, false);
    return files.length;
  };
  for (const given of paths) {
    const path = normalPath(isAbsolute(given) && tree.folder !== undefined ? relative(tree.folder, given) : given);
    const found = look(tree, path);
    if (found === "outside") problems.push({ path: given, message: "The path is outside the checked folder." });
    else if (found === "missing" && isGlob(path)) {
      const meant = await anyGlob([path]);
      if (addFolder("", meant) === 0) problems.push({ path: given, message: "No file matches this path." });
    } else if (found === "missing") problems.push({ path: given, message: "There is no such file or folder." });
    else if (found === "folder") addFolder(path);
    else if (found !== "file") problems.push({ path: given, message: SPECIAL });
    else add([{ path, kind: fileKind(path) ?? "document", link: true }], true);
  }
  return wanted;
}

function look(tree: Tree, path: string): Kind | "missing" | "outside" {
  if (isAbsolute(path) || leadsOut(posix.normalize(path))) return "outside";
  const found = tree.find(path);
  if (found.at === "outside" || (found.at === "path" && leadsOut(found.path))) return "outside";
  return found.at === "path" ? (tree.kind(found.path) ?? "missing") : "missing";
}

/**
 * The file that a link leads to, undefined when it is not to be read: it leads nowhere, or out of the checked folder, or
 * to a document that is read at its own place. Files of Terraform are part of each folder in which they are linked.
 */
function linkTarget(
  tree: Tree,
  link: Wanted,
  wanted: ReadonlyMap<string, Wanted>,
  problems: Problem[],
): string | undefined {
  const found = tree.find(link.path);
  if (found.at === "outside" || (found.at === "path" && leadsOut(found.path))) {
    const message = "The file is a link that leads out of the checked folder, so it was not followed.";
    if (hasTellingName(link.path)) problems.push({ path: link.path, message });
    return undefined;
  }
  if (found.at !== "path" || tree.kind(found.path) !== "file") return undefined;
  const own = found.path;
  const readThere = link.kind === "document" && own !== link.path && wanted.get(own)?.link === false;
  return readThere && !link.named ? undefined : own;
}
