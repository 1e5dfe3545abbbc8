/** Which folders are root modules that matter: found by content, without parsing. */
import { posix } from "node:path";
import { into } from "../../../facts/maps.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { isLocal, joined } from "./load.ts";

/** A module involves Batch if it, or a module that it calls, mentions one of these. */
const BATCH = /\b(?:aws_batch_|awscc_batch_)|terraform-aws-modules\/batch\//;
const LOCAL_SOURCE = /\bsource"?\s*[=:]\s*"(\.[^"\n]*)"/g;

interface Folder {
  relevant: boolean;
  readonly calls: Set<string>;
}

/**
 * The folders of relevant modules that no file calls. A relevant module that is called only by irrelevant modules is a
 * root itself. `paths` are all files of Terraform.
 */
export function findRoots(workspace: Workspace, paths: readonly string[]): string[] {
  const folders = new Map<string, Folder>();
  for (const path of paths) {
    if (!/\.tf(?:\.json)?$/.test(path)) continue;
    workspace.skim(path, (text) => {
      const name = posix.dirname(path);
      const folder = into(folders, name, (): Folder => ({ relevant: false, calls: new Set() }));
      folder.relevant ||= BATCH.test(text);
      for (const [, source = ""] of text.matchAll(LOCAL_SOURCE)) {
        if (isLocal(source)) folder.calls.add(joined(name, utf8(source)));
      }
    });
  }
  const reaches = closure(folders);
  const called = new Set<string>();
  for (const [name, { calls }] of folders) {
    if (reaches(name)) for (const call of calls) if (call !== name) called.add(call);
  }
  const names = [...folders.keys()].filter(reaches).sort();
  const roots = names.filter((name) => !called.has(name));
  return [...roots, ...circles(names, roots, folders)];
}

/** The first module of each circle of modules that only call each other, so that the circle is reported. */
function circles(names: readonly string[], roots: readonly string[], folders: ReadonlyMap<string, Folder>): string[] {
  const seen = new Set<string>();
  const visit = (start: string) => {
    const next = [start];
    for (let name = next.pop(); name !== undefined; name = next.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      next.push(...(folders.get(name)?.calls ?? []));
    }
  };
  for (const root of roots) visit(root);
  return names.filter((name) => {
    if (seen.has(name)) return false;
    visit(name);
    return true;
  });
}

/** Decodes text that was read as Latin-1. */
function utf8(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}

/** Whether a folder, or one that it calls at any depth, is relevant. */
function closure(folders: ReadonlyMap<string, Folder>): (name: string) => boolean {
  const callers = new Map<string, string[]>();
  for (const [name, { calls }] of folders) for (const call of calls) into(callers, call, () => []).push(name);
  const reached = new Set<string>();
  const next = [...folders].flatMap(([name, { relevant }]) => (relevant ? [name] : []));
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    next.push(...(callers.get(name) ?? []));
  }
  return (name) => reached.has(name);
}
