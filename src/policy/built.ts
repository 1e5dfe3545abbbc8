/** Finds the files of the build beside the bundle. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** From the bundle, and from a source file in src/policy. */
const FOLDERS = [".", "../../dist"];

/** The path of a file of dist/, by its name. Throws a sentence when there is none. */
export function builtFile(name: string): string {
  for (const folder of FOLDERS) {
    const path = join(import.meta.dirname, folder, name);
    if (existsSync(path)) return path;
  }
  throw new Error(
    `${name} is not beside ${import.meta.dirname}: the program is not complete, \`npm run build\` makes it`,
  );
}

/** The program of a thread: in the build a file with that name, in the sources `source`, a module of src/policy. */
export function threadFile(name: string, source: string): string {
  const built = join(import.meta.dirname, name);
  return existsSync(built) ? built : join(import.meta.dirname, source);
}
