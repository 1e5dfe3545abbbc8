/** The files of a folder that are worth parsing. */

import { existsSync, realpathSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { mayHoldResources } from "../formats/markers.ts";
import type { Problem, SourceFile } from "../source.ts";
import { anyGlob, countingGlobs, isGlob, normalPath, type PathTest } from "./globs.ts";
import { fileKind, hasTellingName } from "./names.ts";
import { readText } from "./read-file.ts";
import { type Listed, walk } from "./walk.ts";
import { isWithin } from "./within.ts";

export interface Candidates {
  /** JSON and YAML files, or templates of them, that may hold resources; sorted by path. */
  readonly files: readonly SourceFile[];
  /** The paths of all files of Terraform, not read; sorted. */
  readonly terraform: readonly string[];
  /** The paths of the files among them that the user named, which count in any case. */
  readonly named: ReadonlySet<string>;
  readonly scanned: number;
  readonly problems: readonly Problem[];
  /** The globs of what to leave out that no file or folder fits; none unless the whole root was looked at. */
  readonly unused: readonly string[];
}

export interface CandidateOptions {
  /**
   * Files, folders or globs relative to the root; all of it when empty. A file named here is read whatever its name and
   * content.
   */
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
}

/** A file to read: `named` by the user, so that it counts in any case. */
interface Wanted extends Listed {
  readonly named: boolean;
}

const POINTER =
  "The file is a pointer of Git LFS, whose content is not in this checkout, so it was not checked. Fetch it, with `lfs: true` of actions/checkout or `git lfs pull`.";
const SPECIAL = "The path leads to no regular file but a pipe, a socket or a device, so it was not checked.";
const ENCRYPTED = "The file is encrypted by git-crypt, so it was not checked.";

/**
 * Reads the files below `root` that may hold resources, in the order of their paths. Nothing outside of the root is
 * read: a link that leads out is a problem when its name matters. A path that does not exist, and a file that may
 * matter and can't be read, are problems.
 */
export async function readCandidates(root: string, { paths, ignore }: CandidateOptions): Promise<Candidates> {
  const problems: Problem[] = [];
  const base = realPath(root);
  if (base === undefined) {
    return {
      files: [],
      terraform: [],
      named: new Set(),
      scanned: 0,
      problems: [{ path: ".", message: `There is no folder ${root}.` }],
      unused: [],
    };
  }
  const ignored = await countingGlobs(ignore);
  const wanted = await listWanted(base, paths.length > 0 ? paths : ["."], ignored?.test, problems);
  const found = [...wanted.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const files: SourceFile[] = [];
  const terraform: string[] = [];
  for (const file of found) {
    const full = file.link ? linkTarget(base, file, wanted, problems) : join(base, file.path);
    if (full === undefined) continue;
    if (file.path.includes("\ufffd") && !existsSync(full)) {
      problems.push({ path: file.path, message: "The name of the file is not UTF-8, so it was not checked." });
      continue;
    }
    if (file.kind === "terraform") {
      terraform.push(file.path);
      continue;
    }
    const read = readText(full, file.named ? () => true : mayHoldResources);
    if (read.kind === "text") files.push({ path: file.path, text: read.text });
    else if (read.kind === "problem") problems.push({ path: file.path, message: read.message });
    else if (file.named) problems.push({ path: file.path, message: read.kind === "pointer" ? POINTER : ENCRYPTED });
    else if (read.kind === "pointer" && hasTellingName(file.path)) {
      problems.push({ path: file.path, message: POINTER });
    }
  }
  const named = new Set(found.flatMap((file) => (file.named ? [file.path] : [])));
  const unused = paths.every((path) => normalPath(path) === "") ? (ignored?.unused() ?? []) : [];
  return { files, terraform, named, scanned: found.length, problems, unused };
}

async function listWanted(
  base: string,
  paths: readonly string[],
  ignored: PathTest | undefined,
  problems: Problem[],
): Promise<Map<string, Wanted>> {
  const wanted = new Map<string, Wanted>();
  const add = (listed: readonly Listed[], named: boolean) => {
    for (const file of listed) if (named || !wanted.has(file.path)) wanted.set(file.path, { ...file, named });
  };
  const addFolder = (folder: string, meant?: PathTest) => {
    const listed = walk(base, folder, ignored);
    problems.push(...listed.problems);
    const files = meant ? listed.files.filter(({ path }) => meant(path)) : listed.files;
    add(files, false);
    return files.length;
  };
  for (const given of paths) {
    const path = normalPath(isAbsolute(given) ? relative(base, given) : given);
    const found = look(base, path);
    if (found === "outside") problems.push({ path: given, message: "The path is outside the checked folder." });
    else if (found === "missing" && isGlob(path)) {
      const meant = await anyGlob([path]);
      if (addFolder("", meant) === 0) problems.push({ path: given, message: "No file matches this path." });
    } else if (found === "missing") problems.push({ path: given, message: "There is no such file or folder." });
    else if (found.isDirectory()) addFolder(path);
    else if (!found.isFile()) problems.push({ path: given, message: SPECIAL });
    else add([{ path, kind: fileKind(path) ?? "document", link: true }], true);
  }
  return wanted;
}

function look(base: string, path: string): Stats | "missing" | "outside" {
  const full = resolve(base, path);
  if (!isWithin(base, full)) return "outside";
  const real = realPath(full);
  if (real === undefined) return "missing";
  return isWithin(base, real) ? (statSync(real, { throwIfNoEntry: false }) ?? "missing") : "outside";
}

/**
 * The file that a link leads to, undefined when it is not to be read: it leads nowhere, or out of the root, or to a
 * document that is read at its own place. Files of Terraform are part of each folder in which they are linked.
 */
function linkTarget(
  base: string,
  link: Wanted,
  wanted: ReadonlyMap<string, Wanted>,
  problems: Problem[],
): string | undefined {
  const real = realPath(join(base, link.path));
  if (real === undefined) return undefined;
  if (!isWithin(base, real)) {
    const message = "The file is a link that leads out of the checked folder, so it was not followed.";
    if (hasTellingName(link.path)) problems.push({ path: link.path, message });
    return undefined;
  }
  if (!statSync(real, { throwIfNoEntry: false })?.isFile()) return undefined;
  const own = relative(base, real).split(sep).join("/");
  const readThere = link.kind === "document" && own !== link.path && wanted.get(own)?.link === false;
  return readThere && !link.named ? undefined : real;
}

/** The path with all links followed, undefined when nothing can be seen there. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
