/** What V8 made of the program's code, kept from one start to the next: a start takes 5 ms less. */
import module from "node:module";
import { join } from "node:path";
import type { Environment } from "./terminal.ts";

/**
 * Keeps compiled code in the user's folder for caches, or where NODE_COMPILE_CACHE says. Not in the folder for temporary files, which Node
 * takes by itself: others can write there, and what is read from it is run. Does nothing without such a folder, when it can't be written, and
 * before Node 22.8. https://nodejs.org/api/module.html#moduleenablecompilecacheoptions
 */
export function keepCompiledCode(environment: Environment, platform: string): void {
  const folder = cacheFolder(environment, platform);
  if (folder !== undefined) module.enableCompileCache?.(join(folder, "batch-secrets-check"));
}

/** Where programs keep what they can make again. https://specifications.freedesktop.org/basedir/latest/ */
export function cacheFolder(environment: Environment, platform: string): string | undefined {
  const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  if (platform === "win32") return LOCALAPPDATA || undefined;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  return HOME ? join(HOME, platform === "darwin" ? "Library/Caches" : ".cache") : undefined;
}
