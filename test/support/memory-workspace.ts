/** A workspace in memory, for tests of what reads files by path. */
import { posix } from "node:path";
import { isPointer, POINTER } from "../../src/sources/read-file.ts";
import type { Workspace } from "../../src/sources/workspace.ts";

export function memoryWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const paths = Object.keys(files);
  const normal = (path: string) => posix.normalize(path);
  const below = (folder: string) => {
    const start = normal(folder) === "." ? "" : `${normal(folder)}/`;
    return paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  };
  return {
    read: (path) => {
      const text = files[normal(path)];
      if (normal(path).startsWith("../") || posix.isAbsolute(path))
        return { why: `${path} is outside the checked folder` };
      if (text !== undefined && isPointer(text)) return { problem: POINTER, why: `${path} is a pointer of Git LFS` };
      return text === undefined
        ? { missing: true, why: `there is no file ${path}` }
        : { file: { path: normal(path), text } };
    },
    skim: (path, look) => {
      const text = files[normal(path)];
      if (text !== undefined) look(text);
      return undefined;
    },
    bytes: (path) => {
      const text = files[normal(path)];
      return text === undefined ? undefined : Buffer.from(text);
    },
    isFile: (path) => files[normal(path)] !== undefined,
    folder: (path) => (below(path).length > 0 ? normal(path) : undefined),
    names: (folder) => [...new Set(below(folder).map((path) => path.split("/")[0] ?? ""))].sort(),
    under: (folder) => below(folder).sort(),
  };
}
