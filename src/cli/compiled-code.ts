/**
 * What V8 made of the program's code, kept from one start to the next: a start takes 5 ms less.
 *
 * Modules of Node are not imported here, but asked for: an import loads all that they export, `fs` its promises and streams, for 3 ms.
 */
import type { Environment } from "./terminal.ts";

/**
 * Keeps compiled code in the user's folder for caches, or where NODE_COMPILE_CACHE says; NODE_DISABLE_COMPILE_CACHE prevents it. Does nothing
 * without such a folder, when it can't be written, and before Node 22.8.
 * https://nodejs.org/api/module.html#moduleenablecompilecacheoptions
 */
export function keepCompiledCode(environment: Environment, platform: string, workingFolder: string): void {
  const { enableCompileCache } = process.getBuiltinModule?.("node:module") ?? {};
  if (enableCompileCache === undefined) return;
  const folder = cacheFolder(environment, platform, workingFolder);
  if (folder !== undefined && isThere(folder)) enableCompileCache(folder);
}

/** Whether a folder is there or can be made, with the one around it. Node itself would try for ever where the system makes none. */
function isThere(folder: string): boolean {
  const { existsSync, mkdirSync } = process.getBuiltinModule("node:fs");
  if (existsSync(folder)) return true;
  for (const path of [process.getBuiltinModule("node:path").dirname(folder), folder]) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch {
      if (!existsSync(path)) return false;
    }
  }
  return true;
}

/**
 * Where compiled code is kept. What is there will be run, so it is neither the folder for temporary files, which Node takes by itself and others
 * can write to, nor a part of the working folder, which may be somebody's pull request. CI starts from nothing each time.
 * https://specifications.freedesktop.org/basedir/latest/
 */
export function cacheFolder(environment: Environment, platform: string, workingFolder: string): string | undefined {
  const { isAbsolute, join, sep } = process.getBuiltinModule("node:path");
  const { CI, HOME, LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  const home = HOME && join(HOME, platform === "darwin" ? "Library/Caches" : ".cache");
  const caches = platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME || home;
  if (CI || !caches || !isAbsolute(caches)) return undefined;
  const folder = join(caches, "batch-secrets-check");
  return folder.startsWith(join(workingFolder, sep)) ? undefined : folder;
}
