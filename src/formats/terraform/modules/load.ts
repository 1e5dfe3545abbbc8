/** Loads a root module and all modules it calls that are at hand. */
import { posix } from "node:path";
import type { Workspace } from "../../../sources/workspace.ts";
import type { Problem, SourceFile } from "../../value.ts";
import { knownModule } from "../known/known.ts";
import { attributeOf } from "../syntax/body.ts";
import { literalString } from "../syntax/tree.ts";
import { headOf, type ModuleSource, readModule } from "./source.ts";

export interface Loaded {
  readonly source: ModuleSource;
  /** The called modules that could be loaded, by the name of the call. */
  readonly calls: ReadonlyMap<string, Loaded>;
}

/** Modules call modules that call modules: deeper than this only by mistake. */
const MAX_DEPTH = 20;

export interface Loader {
  /** Loads the root module of a folder. */
  readonly load: (root: string) => Promise<{ loaded: Loaded; problems: readonly Problem[] }>;
  /** All files that were read. */
  readonly files: () => Promise<readonly SourceFile[]>;
}

/** A loader that reads each folder once, however many modules call it. */
export function createLoader(workspace: Workspace): Loader {
  const sources = new Map<string, Promise<ModuleSource>>();
  const sourceOf = (path: string): Promise<ModuleSource> => {
    const known = sources.get(path) ?? readModule(workspace, path);
    sources.set(path, known);
    return known;
  };
  return {
    files: async () => (await Promise.all(sources.values())).flatMap(({ files }) => files),
    load: async (root) => {
      const installed = installedModules(workspace, root);
      const problems = new Set<Problem>();
      const open = async (path: string, key: string, above: readonly string[]): Promise<Loaded> => {
        const source = await sourceOf(path);
        for (const problem of source.problems) problems.add(problem);
        const calls = new Map<string, Loaded>();
        for (const [name, block] of source.calls) {
          const given = attributeOf(block.body, "source");
          const text = given && literalString(given.value);
          const callKey = key === "" ? name : `${key}.${name}`;
          const folder = text && isLocal(text) ? joined(path, text) : installed.get(callKey);
          if (folder === undefined) {
            const known = knownModule(block, headOf(block));
            if (known) calls.set(name, { source: known, calls: new Map() });
            continue;
          }
          const loop = folder === path || above.includes(folder);
          if (loop || above.length >= MAX_DEPTH || folder.startsWith("../")) {
            const why = loop
              ? "calls itself"
              : folder.startsWith("../")
                ? "lies outside of the checked folder"
                : "is nested too deeply";
            problems.add({
              path: given?.at.file.path ?? path,
              message: `The module ${folder} ${why}, so it was not read.`,
            });
            continue;
          }
          calls.set(name, await open(folder, callKey, [...above, path]));
        }
        return { source, calls };
      };
      const loaded = await open(root, "", []);
      return { loaded, problems: [...problems] };
    },
  };
}

/** A folder relative to another, without the slash at its end. */
export function joined(folder: string, path: string): string {
  return posix.join(folder, path).replace(/(?<=.)\/$/, "");
}

/** https://developer.hashicorp.com/terraform/language/modules/sources#local-paths */
export function isLocal(source: string): boolean {
  return source.startsWith("./") || source.startsWith("../") || source === "." || source === "..";
}

/** Where `terraform init` has put the modules of registries and repositories, by the dotted names of the calls. */
function installedModules(workspace: Workspace, root: string): Map<string, string> {
  const read = workspace.read(posix.join(root, ".terraform/modules/modules.json"));
  if ("why" in read) return new Map();
  try {
    const { Modules = [] } = JSON.parse(read.file.text) as { Modules?: { Key?: unknown; Dir?: unknown }[] };
    return new Map(
      Modules.flatMap(({ Key, Dir }) =>
        typeof Key === "string" && typeof Dir === "string" && Key !== "" ? [[Key, joined(root, Dir)]] : [],
      ),
    );
  } catch {
    return new Map();
  }
}
