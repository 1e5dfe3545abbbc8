/** Where paths are seen from a folder, and whether they lead out of it, by their names and by links. */
import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/** Whether a path is a folder's own or below it; both absolute, and only their names count. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The way from a folder to a path, with `/`; both absolute. Empty when they are one. */
export function wayTo(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** Whether a link is on the way to an absolute path, as far as the path exists. */
export function isThroughLink(path: string): boolean {
  return realAsFarAsThere(path) !== path;
}

function realAsFarAsThere(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realAsFarAsThere(dirname(path)), basename(path));
  }
}

/** The parts of a path with `.` and `..` resolved, joined by `/`; undefined when it leads out of where it begins. */
export function resolvedParts(parts: readonly string[]): string | undefined {
  const path: string[] = [];
  for (const part of parts) {
    if (part === "..") {
      if (path.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") path.push(part);
  }
  return path.join("/");
}
