/**
 * Calls of the AWS CLI in scripts, as the requests that they make: documents as the raw format reads them from files.
 * `aws iam put-role-policy --role-name r --policy-name p --policy-document file://p.json` is the object that
 * `--cli-input-json` would have, with the policy of the file in it. Nothing is run, and nothing outside of the run's
 * files is read.
 */

import { isHole, isLiteral, knownEnds } from "../../facts/text.ts";
import { addTo, into } from "../../maps.ts";
import { type Allowance, isSpent, type Purse, type Purses, pay, type ReadingPurses } from "../../purse.ts";
import { excludable, type Problem, position, type SourceFile } from "../../source.ts";
import { fileKind, isMakefile } from "../../sources/names.ts";
import { type Document, parseDocuments } from "../../syntax/document.ts";
import { isPlaceholder } from "../../syntax/placeholders.ts";
import { readScript, type ScriptText, type ShellCommand, type ShellPiece, type ShellWord } from "../../syntax/shell.ts";
import type { Entry, TextValue, Value } from "../../syntax/value.ts";
import { type Call, type CallScope, callOf, isInString, mayCallAws, REGISTER, wrappersIn } from "./calls.ts";
import { madeIn } from "./makefile.ts";
import { costOfFinding, folderOf, type Named, namedFiles } from "./named.ts";
import { mayCall, type Option } from "./operations.ts";
import { leftOf, type Step } from "./order.ts";
import { shorthandOf } from "./shorthand.ts";
import { isScript, scriptsIn, wholeScript } from "./sources.ts";
import { argumentOf, fileOf, inputOf, isInput, type ScriptScope, textOf, writersOf, writtenTo } from "./values.ts";

export interface Scripts {
  /** What the calls of a file ask for, by its path. */
  readonly documents: ReadonlyMap<string, readonly Document[]>;
  /** The paths of files that are a part of a call: by themselves they are nothing. */
  readonly taken: ReadonlySet<string>;
  readonly notes: readonly Problem[];
  /** One for each file with a script that is not read to its end. */
  readonly problems: readonly Problem[];
}

/** Reads the calls in all scripts of a run. `isPart`: whether a document of a file is raw, so that a call may have it. */
export async function readScripts(
  files: readonly SourceFile[],
  purses: Purses,
  isPart: (document: Document) => boolean,
): Promise<Scripts> {
  const calling = files.filter(({ text }) => mayCall(text));
  const named = await namedFiles(files, calling, purses, isPart);
  const documents = new Map<string, Document[]>();
  const taken = new Set<string>();
  const notes: Problem[] = [];
  const unread = new Map<string, Problem>();
  const hasYaml = calling.some(({ text }) => text.includes("--cli-input-yaml"));
  const yaml = hasYaml ? (await import("../../syntax/yaml/document.ts")).parseYamlText : undefined;
  for (const file of calling) {
    for (const source of await sourcesIn(file, purses, isPart)) {
      const requests = requestsIn(source, file, { named, taken, notes, unread, yaml, purse: purses.scripts });
      if (requests.length === 0) continue;
      const at = { file, start: source.offsets(0), end: source.offsets(source.text.length) };
      const value: Value = { kind: "list", items: requests, at };
      addTo(documents, file.path, { file, value });
    }
  }
  return { documents, taken, notes, problems: [...unread.values()] };
}

async function sourcesIn(
  file: SourceFile,
  purses: ReadingPurses,
  isPart: (document: Document) => boolean,
): Promise<readonly ScriptText[]> {
  if (isScript(file)) return [wholeScript(file)];
  const { documents } = await parseDocuments(file, undefined, purses);
  return documents.filter(isPart).flatMap(({ value }) => scriptsIn(value));
}

/** What is gathered while the scripts of a run are read. */
interface Gathered {
  readonly named: Named;
  readonly taken: Set<string>;
  readonly notes: Problem[];
  /** By the paths of their files. */
  readonly unread: Map<string, Problem>;
  readonly purse: Purse;
  /** The document that a string of YAML is; loaded only where a script has one. */
  readonly yaml: ((text: TextValue) => Value | undefined) | undefined;
}

const TOO_LONG = "The script has more than 500,000 characters, so it was not read.";
const TOO_MANY = "The scripts up to this one are more than one run can read, so it was not read.";
const TOO_MUCH = "Up to here the script and what its variables make is more than one run can read, so it was not read.";
const TOO_DEEP = "Here the script is nested too deep to be understood, so it was not read.";

/** A script of this length takes 100 to 400 MB to read. The longest that people have is 18,000. */
const LONGEST = 500_000;
/** What each character of a script pays for, in microseconds: the nodes that it is in, and values of calls. */
const STEPS = 2;

function requestsIn(source: ScriptText, file: SourceFile, gathered: Gathered): readonly Value[] {
  const { notes, unread, purse } = gathered;
  const { length } = source.text;
  const stopped = (at: number, message: string): [] => {
    into(unread, file.path, () => excludable({ path: file.path, message, line: position(file, at).line }));
    return [];
  };
  if (length > LONGEST || !pay({ own: 0, purse }, length)) {
    return stopped(source.offsets(0), length > LONGEST ? TOO_LONG : TOO_MANY);
  }
  const budget: Allowance = { own: STEPS * length, purse };
  const wrappers = wrappersIn(source.text);
  const script = readScript(source, budget, (words) => mayCallAws(words, wrappers));
  if (script.end) return stopped(script.end.start, isSpent(budget) ? TOO_MUCH : TOO_DEEP);
  const scope = scopeOf(file, { script, wrappers }, budget, gathered);
  const calls: Call[] = [];
  for (const command of script.commands) {
    const call = callOf(command, scope);
    if (call) calls.push(call);
    else if (isInString(command, scope)) notes.push(noteOf(command, "in a command that another program runs"));
    if (isSpent(budget)) return stopped(command.at.start, TOO_MUCH);
  }
  const makesRoles = calls.some(({ operation }) => operation === "create-role");
  const around: Around = { scope, notes, makesRoles };
  const requests: (Value | Step)[] = [];
  for (const call of calls) {
    const { operation, command } = call;
    const part = source.partAt?.(command.at.start) ?? 0;
    for (const request of requestOf(call, around)) {
      const isStep = request.kind === "object";
      requests.push(isStep ? { operation, request, branches: command.branches, part } : request);
    }
    if (isSpent(budget)) return stopped(command.at.start, TOO_MUCH);
  }
  const left = leftOf(requests.filter((one) => "operation" in one));
  return requests.flatMap((one) => ("operation" in one ? (left.get(one) ?? []) : one));
}

function scopeOf(
  file: SourceFile,
  { script, wrappers }: Pick<CallScope, "script" | "wrappers">,
  budget: Allowance,
  { named, taken, yaml }: Gathered,
): ReadScope {
  const folder = folderOf(file.path);
  let writers: ReadonlyMap<string, ShellCommand> | undefined;
  const scope: ReadScope = {
    file,
    script,
    wrappers,
    yaml,
    made: isMakefile(file.path) ? madeIn(file.text) : new Map(),
    writers: () => (writers ??= writersOf(scope)),
    budget,
    find: (path) => (pay(budget, costOfFinding(path, folder)) ? named.find(path, folder) : undefined),
    fileNamed: (path) => {
      const found = scope.find(path);
      const value = found === undefined ? undefined : named.content(found);
      if (found !== undefined && value) taken.add(found);
      return value;
    },
  };
  return scope;
}

interface ReadScope extends CallScope {
  readonly yaml: Gathered["yaml"];
}

function requestOf(call: Call, around: Around): readonly Value[] {
  const whole = call.given.get("cli-input-json") ?? call.given.get("cli-input-yaml");
  if (whole?.[0]) return wholeRequest(whole[0], call, around);
  if (call.operation === REGISTER && !DEFINING.some((name) => call.given.has(name))) {
    return unreadJob("whose properties are put together as it runs", call, around);
  }
  const entries = [...call.given].flatMap(([name, words]): Entry[] => {
    const option = call.options.get(name);
    return option ? [entryOf(option, words, call.command, around.scope)] : [];
  });
  if (entries.some(({ key, value: named }) => isNameless(key, named))) return [];
  return [{ kind: "object", entries: [...entries, ...call.implied], at: call.command.at }];
}

/** A secret whose name is not known at all: nothing can be said of it. */
function isNameless(key: string, value: Value): boolean {
  return /^(?:Name|SecretId)$/.test(key) && value.kind === "text" && isHole(value.value);
}

/** The options of which a call that makes a job definition has one. */
const DEFINING = ["container-properties", "node-properties", "eks-properties", "ecs-properties"];

/** Says that a script registers a job definition that can't be read; anything else is dropped. */
function unreadJob(why: string, { operation, command }: Call, { notes }: Around): readonly Value[] {
  if (operation === REGISTER) notes.push(noteOf(command, why));
  return [];
}

function noteOf({ at: { file, start } }: ShellCommand, why: string): Problem {
  const message = `The script registers a job definition ${why}, so it was not checked.`;
  return { path: file.path, message, line: position(file, start).line };
}

function entryOf(
  { key, several, shorthand }: Option,
  words: readonly ShellWord[],
  command: ShellCommand,
  scope: ScriptScope,
): Entry {
  const [first] = words;
  const at = first?.at ?? { file: scope.file, start: 0, end: 0 };
  const items = words.map((word) => {
    const value = argumentOf(word, scope, command);
    return (shorthand && value.kind === "text" ? shorthandOf(value) : undefined) ?? value;
  });
  const value: Value = several ? { kind: "list", items, at } : (items[0] ?? { kind: "null", at });
  return { key, keyAt: at, value };
}

interface Around {
  readonly scope: ReadScope;
  readonly notes: Problem[];
  /** Whether the script makes roles: then it deploys them together with its jobs. */
  readonly makesRoles: boolean;
}

/**
 * A request that is written as a whole. A file of the run is read at its own place, where what is beside it belongs to
 * it, unless the script makes the roles; what the script writes itself is read here; anything else is noted, if it is a
 * job.
 */
function wholeRequest(word: ShellWord, call: Call, around: Around): readonly Value[] {
  const { scope, makesRoles } = around;
  const path = fileOf(word, scope);
  if (path === undefined) {
    const text = textOf(word, scope);
    return isHole(text.value) || isPlaceholder(text.value)
      ? unreadJob("that it gets as it runs", call, around)
      : writtenHere(text, call, around);
  }
  if (path === "") return unreadJob("that it gets as it runs", call, around);
  if (isInput(path)) {
    const given = inputOf(call.command, scope);
    return given ? writtenHere(given, call, around) : unreadJob("that it gets from its input", call, around);
  }
  if (scope.find(path) !== undefined) return makesRoles ? [scope.fileNamed(path) ?? []].flat() : [];
  const written = writtenTo(path, scope);
  // What a template is filled into is taken from its own place, so it is read here.
  if (written) return writtenHere(written, call, around);
  const isKnown = isLiteral(path) && !path.includes("${");
  if (isKnown) return unreadJob(`from ${path}, which is not in these files`, call, around);
  return isReadByItself(word, path, scope) ? [] : unreadJob("from a file that it chooses as it runs", call, around);
}

/** A request that the script itself writes, as JSON or YAML. */
function writtenHere(value: Value, { given }: Call, { scope }: Around): readonly Value[] {
  if (value.kind === "object") return [value];
  if (value.kind !== "text") return [];
  return [(given.has("cli-input-yaml") ? scope.yaml?.(value) : undefined) ?? value];
}

/** Whether a file is a document by its name, of which only the end is known: such a file of the run is read anyway. */
function isReadByItself(word: ShellWord, path: string, { script }: ScriptScope): boolean {
  const end = knownEnds(path)[1].replace(/^.*\}/s, "");
  if (end !== "") return fileKind(`x${end}`) !== undefined;
  const last = word.pieces.at(-1);
  const names = (last?.kind === "variable" ? script.looped.get(last.name) : undefined) ?? [];
  return names.length > 0 && names.every(({ pieces }) => isDocumentName(pieces.at(-1)));
}

function isDocumentName(end: ShellPiece | undefined): boolean {
  return end?.kind === "text" && fileKind(end.text) !== undefined;
}
