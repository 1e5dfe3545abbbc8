/** Which folders are root modules that matter: found by content, without parsing. */
import { posix } from "node:path";
import { addTo, into } from "../../../maps.ts";
import { locate, type Problem, type SourceFile } from "../../../source.ts";
import { encryptedBy } from "../../../sources/encrypted.ts";
import { type History, NO_HISTORY } from "../../../sources/history.ts";
import { isConfiguration } from "../../../sources/names.ts";
import { isPointer } from "../../../sources/read-file.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { withoutEscapes } from "../../../syntax/escapes.ts";
import { attributeOf, blocksOf } from "../../../syntax/hcl/body.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import { REGISTERING_TASK, REGISTERS, unreadJob } from "../../job-calls.ts";
import { definesJob } from "../../job-words.ts";
import { type Installed, openInstalled } from "./installed.ts";
import { callMakesJobs, mayCallJobs } from "./job-calls.ts";
import { configurationsOf, headOf, type ModuleSource, parseBody, readModule } from "./source.ts";
import { isLocal, joined, sourceText } from "./source-argument.ts";

/** A module involves Batch if it, or a module that it calls, mentions one of these. */
const BATCH = /\b(?:aws_batch_|awscc_batch_)/;
/** Jobs that a root module makes in a form that is not read: by other services, and by the AWS CLI in a provisioner. */
const UNREAD: readonly (readonly [how: string, ...words: RegExp[]])[] = [
  ["aws_cloudcontrolapi_resource", /\baws_cloudcontrolapi_resource\b/, /\bAWS::Batch::JobDefinition\b/],
  ["aws_cloudformation_stack", /\baws_cloudformation_stack\b/, /\bAWS::Batch::JobDefinition\b/],
  ["aws batch register-job-definition", REGISTERS],
  [REGISTERING_TASK, new RegExp(REGISTERING_TASK)],
];
/** A template of Terraform, which is read where a module renders the properties of a job with it, and not as a stack. */
const TEMPLATE = /\.tftpl$/i;
const STACK_JOBS = /\bAWS::Batch::JobDefinition\b/;
/** What a file with a call of a module has, and one of a local module, however it is written. */
const CALL = /\bmodule\b/;
const LOCAL = /"\.|\bsource"?\s*[=:]\s*(?:"\$|[^"\s])|"source"?[^":=]*[:=]/;

/**
 * Types that add to what another root may declare, where the argument that says to what is no resource of their own.
 */
const ADDING =
  /"aws(?:cc)?_(?:iam_role_polic|iam_policy_attachment|secretsmanager_secret_policy|kms_grant|kms_key_policy|vpc_endpoint|route)/;
/** Types that take something away from whatever others declare. */
const LIMITING = /"aws_organizations_policy"/;
const ELSEWHERE =
  /\b(?:role|role_name|roles|secret_arn|key_id|vpc_id|route_table_id)"?\s*[=:]\s*(?:\[\s*)?(?!aws(?:cc)?_|"\$\{aws(?:cc)?_)[\w"$]/;
/** Names that a root gives to what jobs may need. */
const NAMED = [
  /"aws_(?:iam_role|iam_policy|secretsmanager_secret|ssm_parameter|kms_alias)"[^{}]{0,80}\{[^{}]*?\bname"?\s*[=:]\s*"([^"\n]{3,})"/g,
  /\bworkspaces\s*(?:=\s*)?\{[^{}]*?\bname\s*=\s*"([^"\n]{3,})"/g,
  /\bbackend\s+"[^{}]{0,80}\{[^{}]*?\b(?:key|prefix|path)\s*=\s*"([^"\n]{3,})"/g,
];
const STATE_FILE = /"(?:\$\{path\.(?:module|root)\}\/)?([^"\n]*\.tfstate)"/g;
const REMOTE_STATE = /\bterraform_remote_state\b/;
/** What a root has and a module for others has not. */
const DEPLOYED = /^[ \t]*(?:provider\s+"aws"|backend\s+"|cloud\s*\{)/m;

/** What only a folder has that is deployed by itself: Terraform ignores it in a module that is called. */
const STATE = /^[ \t]*(?:backend\s+"|cloud\s*\{)/m;
/** Values that Terraform loads by itself, for a root module alone. */
const OWN_VALUES = /^(?:terraform|.*\.auto)\.tfvars(?:\.json)?$/;
const LOCK = ".terraform.lock.hcl";

interface Folder {
  relevant: boolean;
  readonly calls: Set<string>;
  /** Whether it may add to what others declare. */
  adds: boolean;
  readonly named: Set<string>;
  deployed: boolean;
  /** Whether it says where its state is. */
  hasState: boolean;
  /** Whether it reads the state of another root. */
  reads: boolean;
  /** Variables without a default: what is deployed by itself has none. */
  inputs: number;
}

/** A root module without jobs of its own; `deployed` is false for one that needs inputs which no file gives. */
export interface Neighbour {
  readonly path: string;
  readonly deployed: boolean;
}

export interface Roots {
  readonly roots: readonly string[];
  /** Those that declare what the roots name, or may add to it. */
  readonly neighbours: readonly Neighbour[];
  /** Whether one of them may read the state of another. */
  readonly states: boolean;
  /** Jobs that are there and not read. */
  readonly notes: readonly Problem[];
  /** Templates that hold jobs, which a module may render. */
  readonly templates: readonly string[];
}

/**
 * The folders of relevant modules that no module calls, or that are surely deployed by themselves besides. A relevant
 * module that is called only by irrelevant modules is a root itself, and so is one that calls a module which may not be
 * looked at. `paths` are all files of Terraform;
 * modules that are called are looked at wherever they are. `documents` are texts of other files that hold jobs.
 */
export async function findRoots(
  workspace: Workspace,
  paths: readonly string[],
  documents: readonly string[] = [],
  { stoodAlone }: Pick<History, "stoodAlone"> = NO_HISTORY,
  installed: Installed = openInstalled(workspace),
): Promise<Roots> {
  const folders = new Map<string, Folder>();
  const files = new Map<string, string[]>();
  const calling: { readonly path: string; readonly text: string }[] = [];
  const callers = new Set<string>();
  const notes: Problem[] = [];
  const templates: string[] = [];
  const look = (path: string) => {
    const name = posix.dirname(path);
    const folder = into(folders, name, newFolder);
    addTo(files, name, path);
    const encrypted = workspace.skim(path, (bytes) => {
      const text = withoutEscapes(bytes);
      note(folder, text);
      for (const [how, ...words] of UNREAD) {
        if (words.every((word) => word.test(text))) notes.push(unreadJob(path, how));
      }
      if (!CALL.test(text)) return;
      callers.add(name);
      if (LOCAL.test(text) || mayCallJobs(text)) calling.push({ path, text: bytes });
    });
    if (encrypted !== undefined) notes.push({ path, message: encryptedBy(encrypted) });
  };
  const callersOf = new Map<string, string[]>();
  /** Notes that a file of a folder calls another folder; whether that one has files. */
  const call = (folder: Folder, path: string, from: string): boolean => {
    const called = calledFolder(workspace, folders, path);
    folder.calls.add(called);
    addTo(callersOf, called, from);
    if (called.startsWith("..") && workspace.folder(called) === undefined) folder.relevant = true;
    if (!folders.has(called)) {
      folders.set(called, newFolder());
      for (const file of configurationsOf(workspace, called)) look(posix.join(called, file));
    }
    return files.has(called);
  };
  for (const path of paths) {
    if (isConfiguration(path)) look(path);
    else if (TEMPLATE.test(path)) {
      workspace.skim(path, (text) => {
        if (STACK_JOBS.test(text)) notes.push(unreadJob(path, "aws_cloudformation_stack"));
        else if (definesJob(text)) templates.push(path);
      });
    }
  }
  for (const name of callers) {
    const folder = into(folders, name, newFolder);
    for (const path of (await installed.of(name)).values()) call(folder, path, installed.listOf(name));
  }
  const modules = new Map<string, Promise<ModuleSource>>();
  const sourceOf = async ({ body }: Block, folder: string) => {
    const given = attributeOf(body, "source")?.value;
    const { file, start, end } = given?.at ?? body.at;
    if (!given || !file.text.slice(start, end).includes("local.")) return sourceText(given);
    return sourceText(given, (await into(modules, folder, () => readModule(workspace, folder))).locals);
  };
  for (let next = calling.pop(); next !== undefined; next = calling.pop()) {
    const name = posix.dirname(next.path);
    const folder = into(folders, name, newFolder);
    for (const block of await callsIn({ path: next.path, text: utf8(next.text) })) {
      const source = await sourceOf(block, name);
      const isThere = source !== undefined && isLocal(source) && call(folder, joined(name, source), next.path);
      if (isThere) continue;
      const makesJobs = callMakesJobs(block) !== undefined;
      folder.relevant ||= makesJobs;
      if (makesJobs || source === undefined || !isLocal(source) || joined(name, source).startsWith("..")) continue;
      const message = `The module ${source} has no files here, so any jobs in it were not checked.`;
      notes.push({ path: next.path, message, line: locate(headOf(block)).start.line });
    }
  }
  const reaches = closure(folders, ({ relevant }) => relevant);
  const isCalled = calledBy(folders, reaches);
  const names = [...folders.keys()].filter(reaches).sort();
  const isAlone = (name: string) => !isCalled(name) || isDeployed(workspace, name, folders.get(name));
  // What needs inputs was deployed with some by its caller, or by a command that nobody sees.
  const called = names.filter((name) => !isAlone(name) && (folders.get(name)?.inputs ?? 0) <= 0);
  const adopted = await stoodAlone(
    called.map((path) => ({ path, files: files.get(path) ?? [], callers: callersOf.get(path) ?? [] })),
  );
  const roots = names.filter((name) => isAlone(name) || adopted.has(name));
  const all = [...roots, ...circles(names, roots, folders)];
  const states = [...folders.values()].some(({ reads }) => reads);
  const isNeeded = all.length + documents.length > 0;
  const around = isNeeded ? neighbours(workspace, folders, files, all, documents) : [];
  return { roots: all, neighbours: around, states, notes, templates };
}

/** Whether a folder is surely deployed by itself, also where another module calls it. */
function isDeployed(workspace: Workspace, path: string, folder: Folder | undefined): boolean {
  if (folder === undefined || folder.hasState) return folder !== undefined;
  const names = workspace.names(path);
  return names.some((name) => OWN_VALUES.test(name)) || (folder.inputs <= 0 && names.includes(LOCK));
}

function newFolder(): Folder {
  return {
    relevant: false,
    calls: new Set(),
    adds: false,
    named: new Set(),
    deployed: false,
    hasState: false,
    reads: false,
    inputs: 0,
  };
}

/** Notes what the text of a file says of its folder. */
function note(folder: Folder, text: string): void {
  folder.relevant ||= BATCH.test(text) || isPointer(text);
  folder.adds ||= (ADDING.test(text) && ELSEWHERE.test(text)) || LIMITING.test(text);
  for (const pattern of NAMED) for (const [, given = ""] of text.matchAll(pattern)) folder.named.add(utf8(given));
  folder.deployed ||= DEPLOYED.test(text);
  folder.hasState ||= STATE.test(text);
  folder.reads ||= REMOTE_STATE.test(text);
  folder.inputs += count(text, /^[ \t]*variable\s+"/gm) - count(text, /\bdefault\s*=/g);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function calledBy(folders: ReadonlyMap<string, Folder>, reaches: (name: string) => boolean): (name: string) => boolean {
  const called = new Set<string>();
  for (const [name, { calls }] of folders) {
    if (reaches(name)) for (const call of calls) if (call !== name) called.add(call);
  }
  return (name) => called.has(name);
}

/** Roots that the given ones may need. */
function neighbours(
  workspace: Workspace,
  folders: ReadonlyMap<string, Folder>,
  files: ReadonlyMap<string, readonly string[]>,
  roots: readonly string[],
  documents: readonly string[],
): Neighbour[] {
  const seen = new Set<string>();
  const next = [...roots];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    next.push(...(folders.get(name)?.calls ?? []));
  }
  const given = new Set(roots);
  const isAlone = (name: string, folder: Folder) => !given.has(name) && isDeployed(workspace, name, folder);
  if ([...folders].every(([name, folder]) => seen.has(name) && !isAlone(name, folder))) return [];
  const wanted = new Set<string>();
  for (const text of documents) {
    for (const [given] of text.matchAll(/[^\s"'`,[\]{}]+/g)) for (const part of endsOf(given)) wanted.add(part);
  }
  const kept = new Set<string>();
  for (const path of [...seen].flatMap((name) => files.get(name) ?? [])) {
    workspace.skim(path, (text) => {
      for (const [, given = ""] of text.matchAll(/"([^"\n]*)"/g))
        for (const part of endsOf(utf8(given))) wanted.add(part);
    });
  }
  for (const [name, { reads }] of folders) {
    for (const path of reads ? (files.get(name) ?? []) : []) {
      workspace.skim(path, (text) => {
        for (const [, file = ""] of text.matchAll(STATE_FILE)) kept.add(posix.dirname(joined(name, utf8(file))));
      });
    }
  }
  const needed = new Set([...folders].flatMap(([name, folder]) => (kept.has(name) ? [folder] : [])));
  const matters = closure(
    folders,
    (folder) => folder.adds || needed.has(folder) || [...folder.named].some((name) => wanted.has(name)),
  );
  const isCalled = calledBy(folders, matters);
  return [...folders]
    .filter(([name, one]) => matters(name) && (isAlone(name, one) || !(isCalled(name) || seen.has(name))))
    .map(([path, { deployed, inputs }]): Neighbour => {
      const isGiven = () => workspace.names(path).some((name) => /\.tfvars(?:\.json)?$/.test(name));
      return { path, deployed: deployed || inputs <= 0 || isGiven() };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
const LONGEST_ARN = 2048;
const MOST_SEPARATORS = 100;

/**
 * A string, and what is behind each of its slashes and colons, as the name in an ARN; also without a secret's suffix.
 */
function endsOf(text: string): string[] {
  if (text.length > LONGEST_ARN) return [text];
  const ends = [text];
  for (const { index } of [...text.matchAll(/[/:]/g)].slice(-MOST_SEPARATORS)) ends.push(text.slice(index + 1));
  return ends.flatMap((end) => [end, end.replace(/-[A-Za-z0-9]{6}(?::.*)?$/, ""), end.split(":", 1)[0] ?? ""]);
}

/** The folder that a call means: a link is what it leads to. */
function calledFolder(workspace: Workspace, folders: ReadonlyMap<string, Folder>, call: string): string {
  return folders.has(call) ? call : (workspace.folder(call) ?? call);
}

/** The calls of modules in a file. */
async function callsIn(file: SourceFile): Promise<readonly Block[]> {
  const { bodies } = await parseBody(file);
  return bodies.flatMap((body) => blocksOf(body, "module", 1));
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
function closure(
  folders: ReadonlyMap<string, Folder>,
  isRelevant: (folder: Folder) => boolean,
): (name: string) => boolean {
  const callers = new Map<string, string[]>();
  for (const [name, { calls }] of folders) for (const call of calls) into(callers, call, () => []).push(name);
  const reached = new Set<string>();
  const next = [...folders].flatMap(([name, folder]) => (isRelevant(folder) ? [name] : []));
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    next.push(...(callers.get(name) ?? []));
  }
  return (name) => reached.has(name);
}
