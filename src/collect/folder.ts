/** Writes a folder of evidence: the new one is there as a whole, or the old one stays. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EvidenceFile } from "./evidence.ts";

/** Throws a sentence when something else is in the folder, for all of it is replaced. */
export function requireOurs(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`);
  const foreign = filesIn(folder).find((path) => !isEvidence(join(folder, path)));
  if (foreign !== undefined) {
    throw new Error(
      `${join(folder, foreign)} is no evidence that \`collect\` wrote, and \`collect\` replaces the whole folder; name another one with --output`,
    );
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function isEvidence(path: string): boolean {
  return path.endsWith(".json") && /^\{\s*"evidence":\s*1\b/.test(readFileSync(path, "utf8").slice(0, 100));
}

/** Replaces the folder by these files. Throws a sentence when that can't be done; then nothing has changed. */
export function replaceFolder(folder: string, files: readonly EvidenceFile[]): void {
  requireOurs(folder);
  const made = `${folder}.${process.pid}.new`;
  const old = `${folder}.${process.pid}.old`;
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(made, path)), { recursive: true, mode: 0o755 });
      writeFileSync(join(made, path), text);
    }
    mkdirSync(made, { recursive: true });
    if (existsSync(folder)) renameSync(folder, old);
    try {
      renameSync(made, folder);
    } catch (error) {
      if (existsSync(old)) renameSync(old, folder);
      throw error;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new Error(`${folder} can't be written${code}`, { cause: error });
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
