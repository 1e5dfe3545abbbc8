/** Loads a root module and all available modules that it calls. */
import { into } from "../../../maps.ts";
import { cut, lengthOf, locate, type Problem, type SourceFile } from "../../../source.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { type InstalledIn, openInstalled } from "./installed.ts";
import { headOf, type ModuleSource, readModule } from "./source.ts";
import { isLocal, joined, sourceText } from "./source-argument.ts";

export interface Loaded {
  readonly source: ModuleSource;
  /** The called modules that could be loaded, by the name of the call. */
  readonly calls: ReadonlyMap<string, Loaded>;
}

/** The deepest nesting of module calls: deeper calls are an error. */
const MAX_DEPTH = 20;

export interface LoadedRoot {
  readonly loaded: Loaded;
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

export interface Loader {
  readonly load: (root: string) => Promise<LoadedRoot>;
  readonly forget: (path: string) => void;
  readonly files: () => readonly SourceFile[];
}

/** Characters of source kept as trees for other root modules; each takes a hundred bytes. */
const MOST_KEPT = 2_000_000;

/** Characters of a root module with all that it calls, from which on it calls no more. */
const MOST_OF_A_ROOT = 8_000_000;

/**
 * A loader that reads each folder once, however many modules call it, up to a limit. `installedIn`: where the modules of
 * registries are.
 */
export function createLoader(workspace: Workspace, installedIn: InstalledIn = openInstalled(workspace).of): Loader {
  const sources = new Map<string, Promise<ModuleSource>>();
  const lengths = new Map<string, number>();
  const files = new Map<string, readonly SourceFile[]>();
  const sourceOf = async (path: string): Promise<ModuleSource> => {
    const source = await into(sources, path, () => readModule(workspace, path));
    lengths.set(path, lengthOf(source.files));
    files.set(path, source.files);
    return source;
  };
  const forget = (path: string) => {
    sources.delete(path);
    lengths.delete(path);
  };
  return {
    forget,
    files: () => [...files.values()].flat(),
    load: async (root) => {
      if (total(lengths.values()) > MOST_KEPT) for (const path of lengths.keys()) forget(path);
      const read = new Set<SourceFile>();
      let length = 0;
      const installed = await installedIn(root);
      const keys = [...installed.keys()];
      const problems = new Set<Problem>();
      const known = new Map<string, Promise<Loaded>>();
      /** A folder is loaded once, unless modules are installed under the names of its calls. */
      const open = (path: string, key: string, above: readonly string[]): Promise<Loaded> => {
        const own = key === "" || keys.some((one) => one.startsWith(`${key}.`)) ? `${path} ${key}` : path;
        return into(known, own, () => readTree(path, key, above));
      };
      const readTree = async (path: string, key: string, above: readonly string[]): Promise<Loaded> => {
        const source = await sourceOf(path);
        for (const problem of source.problems) problems.add(problem);
        length += lengthOf(source.files.filter((file) => !read.has(file)));
        for (const file of source.files) read.add(file);
        const calls = new Map<string, Loaded>();
        for (const [name, block] of source.calls) {
          const given = attributeOf(block.body, "source");
          const text = sourceText(given?.value, source.locals);
          const callKey = key === "" ? name : `${key}.${name}`;
          const folder = text && isLocal(text) ? joined(path, text) : installed.get(callKey);
          if (folder === undefined) {
            const { knownModule } = await import("../known/known.ts");
            const known = knownModule(block, headOf(block));
            if (known) calls.set(name, { source: known, calls: new Map() });
            continue;
          }
          const isTooDeep = above.length >= MAX_DEPTH;
          const why = isTooDeep ? "is nested too deeply" : refusal(folder, [...above, path], workspace);
          if (why === undefined && length > MOST_OF_A_ROOT) {
            const message = `The module ${folder} was not read: with it, this root module is longer than what is read.`;
            problems.add(cut({ path: block.at.file.path, message, line: locate(block.at).start.line }));
            continue;
          }
          if (why === undefined) {
            const loaded = await open(folder, callKey, [...above, path]);
            // A folder without files is not checked out: it is a submodule, or another program makes it.
            if (loaded.source.files.length > 0) calls.set(name, loaded);
            continue;
          }
          const at = given?.at ?? block.at;
          const message = `The module ${folder} ${why}, so it was not read.`;
          const problem = { path: at.file.path, message, line: locate(at).start.line };
          problems.add(isTooDeep ? cut(problem) : problem);
        }
        return { source, calls };
      };
      const loaded = await open(root, "", []);
      return { loaded, files: [...read], problems: [...problems] };
    },
  };
}

function total(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

/** Why a folder is not loaded as a module of the ones above it; undefined when it is. */
function refusal(folder: string, above: readonly string[], workspace: Workspace): string | undefined {
  if (above.includes(folder)) return "calls itself";
  const isOutside = /^\.\.(?:\/|$)/.test(folder) && workspace.folder(folder) === undefined;
  return isOutside ? "is outside the checked folder" : undefined;
}
