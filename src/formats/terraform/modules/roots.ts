/** Which folders are root modules that matter: found by content, without parsing. */
import { posix } from "node:path";
import { into } from "../../../facts/maps.ts";
import type { SourceFile } from "../../../source.ts";
import { isConfiguration } from "../../../sources/names.ts";
import { isPointer } from "../../../sources/read-file.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { withoutEscapes } from "../../../syntax/escapes.ts";
import { attributeOf, blocksOf } from "../../../syntax/hcl/body.ts";
import { isLocal, joined, sourceText } from "./load.ts";
import { configurationsOf, parseBody } from "./source.ts";

/** A module involves Batch if it, or a module that it calls, mentions one of these. */
const BATCH = /\b(?:aws_batch_|awscc_batch_)|terraform-aws-modules\/batch\//;
/** What a file with a call of a local module has, however it is written. Few other files have it. */
const CALL = /\bmodule\b/;
const LOCAL = /"\.|\bsource"?\s*[=:]\s*[^"\s]|"source"?[^":=]*[:=]/;

interface Folder {
  relevant: boolean;
  readonly calls: Set<string>;
}

/**
 * The folders of relevant modules that no module calls. A relevant module that is called only by irrelevant modules is
 * a root itself, and so is one that calls a module which may not be looked at. `paths` are all files of Terraform;
 * modules that are called are looked at wherever they are.
 */
export async function findRoots(workspace: Workspace, paths: readonly string[]): Promise<string[]> {
  const folders = new Map<string, Folder>();
  const calling: { readonly path: string; readonly text: string }[] = [];
  const look = (path: string) => {
    const folder = into(folders, posix.dirname(path), (): Folder => ({ relevant: false, calls: new Set() }));
    workspace.skim(path, (bytes) => {
      const text = withoutEscapes(bytes);
      folder.relevant ||= BATCH.test(text) || isPointer(text);
      if (CALL.test(text) && LOCAL.test(text)) calling.push({ path, text: bytes });
    });
  };
  for (const path of paths) if (isConfiguration(path)) look(path);
  for (let next = calling.pop(); next !== undefined; next = calling.pop()) {
    const name = posix.dirname(next.path);
    const folder = into(folders, name, (): Folder => ({ relevant: false, calls: new Set() }));
    for (const source of await localSources({ path: next.path, text: utf8(next.text) })) {
      const call = calledFolder(workspace, folders, joined(name, source));
      folder.calls.add(call);
      if (call.startsWith("..") && workspace.folder(call) === undefined) folder.relevant = true;
      if (folders.has(call)) continue;
      folders.set(call, { relevant: false, calls: new Set() });
      for (const file of configurationsOf(workspace, call)) look(posix.join(call, file));
    }
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

/** The folder that a call means: a link is what it leads to. */
function calledFolder(workspace: Workspace, folders: ReadonlyMap<string, Folder>, call: string): string {
  return folders.has(call) ? call : (workspace.folder(call) ?? call);
}

/** The local sources of all calls of modules in a file. */
async function localSources(file: SourceFile): Promise<readonly string[]> {
  const { bodies } = await parseBody(file);
  return bodies.flatMap((body) =>
    blocksOf(body, "module", 1).flatMap((block) => {
      const source = sourceText(attributeOf(block.body, "source")?.value);
      return source !== undefined && isLocal(source) ? [source] : [];
    }),
  );
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
