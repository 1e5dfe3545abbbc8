/** From files to units: each file is parsed once, and each of its documents goes to the format that recognises it. */
import type { Config } from "../config/config.ts";
import { startChoices } from "../facts/choices.ts";
import { forgetHidden } from "../facts/hidden.ts";
import { narrowNames } from "../facts/narrow.ts";
import { startPresences } from "../facts/presence.ts";
import { startRun } from "../facts/text.ts";
import type { Unit } from "../facts/unit.ts";
import { groupBy } from "../maps.ts";
import { newPurses, type Purses, purseOfEvidence } from "../purse.ts";
import { excludable, isCut, type Problem, position, type SourceFile } from "../source.ts";
import type { Candidates } from "../sources/folder.ts";
import { type History, NO_HISTORY } from "../sources/history.ts";
import type { Tree } from "../sources/tree.ts";
import { openWorkspace, type Workspace } from "../sources/workspace.ts";
import { type Document, parseDocuments } from "../syntax/document.ts";
import { parseEmbeddedJson } from "../syntax/embedded.ts";
import { replaceNothing } from "../syntax/fill-placeholders.ts";
import type { ExpandTag } from "../syntax/yaml/document.ts";
import { cloudFormation } from "./cloudformation/format.ts";
import { NO_DEPLOYMENTS } from "./deployments.ts";
import { evidence as evidenceFormat } from "./evidence/format.ts";
import type { Format, Reader, Run } from "./format.ts";
import { jobElsewhere, jobOfCode, REGISTERING_TASK, REGISTERS, unreadJob } from "./job-calls.ts";
import { engineStatement, lossOf, mentionsBatch, unreadForm } from "./markers.ts";
import { onlyParts } from "./parts.ts";
import { raw } from "./raw/format.ts";
import { mayCall } from "./scripts/operations.ts";
import type { Scripts } from "./scripts/read.ts";
import { keepNothing } from "./size.ts";
import { FORMATS } from "./table.ts";
import { keysTwice } from "./twice.ts";

/** What a tag of YAML means to the first format that has it. */
const expandTag: ExpandTag = (tag) => {
  for (const format of FORMATS) {
    const expand = format.expandTag?.(tag);
    if (expand) return expand;
  }
  return undefined;
};

/** Reads all units of a tree, with the files that they are in, and what could not be read. */
export async function readUnits(
  tree: Tree,
  {
    files: listed,
    terraform,
    named,
    isAll = false,
    evidence = [],
    ofAccount = false,
    history = NO_HISTORY,
  }: Pick<Candidates, "files" | "terraform" | "named" | "isAll" | "evidence"> & {
    readonly ofAccount?: boolean | undefined;
    readonly history?: History | undefined;
  },
  config: Config,
  only?: string,
): Promise<{ units: Unit[]; files: SourceFile[]; problems: readonly Problem[]; notes: readonly Problem[] }> {
  const deployments =
    config.deployments.length === 0
      ? NO_DEPLOYMENTS
      : await (await import("./planned.ts")).openDeployments(config.deployments, only);
  const workspace = openWorkspace(tree);
  startRun();
  startChoices();
  startPresences();
  forgetHidden();
  keepNothing();
  replaceNothing();
  const purses = newPurses();
  const { files, ...scripts } = await readCalls(listed, workspace, purses);
  const run: Run = {
    tree,
    config,
    files,
    paths: terraform,
    deployments,
    evidence: new Set(evidence),
    ofAccount,
    history,
    purses,
  };
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const broken: { readonly file: SourceFile; readonly problems: readonly Problem[]; readonly isBeyond: boolean }[] = [];
  const readers = new Map<Format, Reader>();
  const readerOf = async (format: Format): Promise<Reader> => {
    const reader = readers.get(format) ?? (await format.open(run));
    readers.set(format, reader);
    return reader;
  };
  notes.push(...scripts.notes);
  problems.push(...scripts.problems);
  const takenByScripts = await onlyParts(scripts.taken, run, workspace);
  const started = FORMATS.filter(({ starts }) => starts?.(run));
  for (const format of started) await readerOf(format);
  for (const file of files) {
    const parsed = await parseDocuments(file, expandTag, run.purses);
    const inside = await documentsInside(parsed.documents);
    const documents = [
      ...parsed.documents.filter((document) => !takenByScripts.has(file.path) || formatOf(document) !== raw),
      ...inside,
      ...(scripts.documents.get(file.path) ?? []),
    ];
    const byFormat = groupBy(documents, formatOf);
    for (const [format, documents] of byFormat) if (format) (await readerOf(format)).add(documents);
    notes.push(...(byFormat.get(raw) ?? []).flatMap(({ value }) => jobElsewhere(value)));
    if (lossOf(file) === "job") notes.push(...parsed.documents.flatMap(({ value }) => keysTwice(value)));
    const form = inside.length > 0 ? undefined : unreadForm(file.text);
    if (file.text.includes(REGISTERING_TASK)) notes.push(unreadJob(file.path, REGISTERING_TASK));
    if (byFormat.has(cloudFormation) && !scripts.documents.has(file.path) && REGISTERS.test(file.text))
      notes.push(unreadJob(file.path, "aws batch register-job-definition"));
    const ofCode = jobOfCode(file.path, file.text);
    if (ofCode) notes.push(ofCode);
    if (form !== undefined) problems.push(excludable(notRead(file, form)));
    else if (parsed.problems.length > 0) {
      const isBeyond = parsed.problems.some(isCut);
      const said = (isBeyond ? undefined : notRendered(file)) ?? parsed.problems.map(excludable);
      broken.push({ file, problems: said, isBeyond });
    }
  }
  const ofEvidence = purseOfEvidence(purses);
  for (const file of evidence) {
    const parsed = await parseDocuments(file, undefined, ofEvidence);
    (await readerOf(evidenceFormat)).add(parsed.documents);
    problems.push(...parsed.problems.map(incomplete));
  }
  const units: Unit[] = [];
  const own: SourceFile[] = [];
  const taken = new Set<string>();
  for (const format of FORMATS) {
    const read = await readers.get(format)?.read(taken);
    units.push(...(read?.units ?? []));
    own.push(...(read?.files ?? []));
    problems.push(...(read?.problems ?? []));
    notes.push(...(read?.notes ?? []));
    for (const path of await onlyParts(read?.taken ?? new Set(), run, workspace)) taken.add(path);
  }
  const hasJobs = units.some(({ resources }) => resources.job_definitions.length > 0);
  for (const { file, problems: found, isBeyond } of broken) {
    const loss = named.has(file.path) ? "job" : lossOf(file, isBeyond);
    const isRendered = !named.has(file.path) && !isBeyond && started.some(({ renders }) => renders?.(file, run));
    if (loss === undefined || isRendered) continue;
    (loss === "job" || hasJobs ? problems : notes).push(...found);
  }
  if (Object.keys(config.assume).length > 0) {
    const { readAssumed } = await import("./assumed/read.ts");
    const assumed = readAssumed(config.assume, units);
    if (assumed.unit) units.push(assumed.unit);
    notes.push(...assumed.notes);
  }
  units.forEach(narrowNames);
  if (config.deployments.length > 0) {
    const paths = [...files.map(({ path }) => path), ...terraform];
    const wrong = deployments.complaints({ paths, workspace, isAll });
    problems.push(...wrong.problems);
    notes.push(...wrong.notes);
  }
  const read = [...files, ...evidence, ...own];
  const texts = new Map(read.map(({ path, text }) => [path, text]));
  // Where nothing runs, what the service refuses in a file that has nothing to do with Batch hides no job.
  const refused = new Set(units.flatMap((unit) => [...(unit.refused ?? [])]));
  const isAside = (problem: Problem) =>
    !hasJobs && refused.has(problem) && !named.has(problem.path) && !mentionsBatch(texts.get(problem.path) ?? "batch");
  const told = groupBy(
    units.flatMap((unit) => unit.problems),
    isAside,
  );
  return {
    units,
    files: read,
    problems: distinctProblems([...problems, ...(told.get(false) ?? [])]),
    notes: [...notes, ...distinctProblems(told.get(true) ?? []), ...units.flatMap((unit) => unit.notes ?? [])],
  };
}

/** The documents that are strings of others. */
async function documentsInside(documents: readonly Document[]): Promise<readonly Document[]> {
  const texts = documents.flatMap((one) =>
    FORMATS.flatMap(({ inside }) => (inside?.(one) ?? []).map((text) => ({ file: one.file, text }))),
  );
  if (texts.length === 0) return [];
  const { parseYamlText } = await import("../syntax/yaml/document.ts");
  return texts.flatMap(({ file, text }) => {
    const value = parseEmbeddedJson(text) ?? parseYamlText(text, expandTag);
    return value ? [{ file, value }] : [];
  });
}

function formatOf(document: Document): Format | undefined {
  return FORMATS.find(({ recognises }) => recognises(document));
}

/** The calls in scripts, and the files with those that only they name. What reads them is loaded where there are any. */
async function readCalls(
  listed: readonly SourceFile[],
  workspace: Workspace,
  purses: Purses,
): Promise<Scripts & { readonly files: readonly SourceFile[] }> {
  if (!listed.some(({ text }) => mayCall(text))) {
    return { files: listed, documents: new Map(), taken: new Set(), notes: [], problems: [] };
  }
  const { readScripts } = await import("./scripts/read.ts");
  const { filesBeside } = await import("./scripts/named.ts");
  const files = [...listed, ...filesBeside(listed, workspace, purses.scripts)];
  return { files, ...(await readScripts(files, purses, (document) => formatOf(document) === raw)) };
}

function notRead({ path }: SourceFile, form: string): Problem {
  return { path, message: `The file holds a Batch job in a form that is not read, ${form}.` };
}

/** What can't be read because a template engine has yet to decide what it holds: nothing has to be fixed. */
function notRendered(file: SourceFile): Problem[] | undefined {
  const statement = engineStatement(file.text);
  if (statement === undefined) return undefined;
  const message =
    "This template has statements of its engine, so its content is known only when it is rendered. Check what it renders, and exclude the template with `paths-ignore`.";
  return [{ path: file.path, message, line: position(file, statement).line }];
}

/** Half an answer is none. */
function incomplete(problem: Problem): Problem {
  return { ...problem, message: `${problem.message} Collect the evidence again, or remove the file.` };
}

/** Several units may have the same file, whose problem is one. */
function distinctProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((one) => [`${one.path}:${one.line}:${one.message}`, one])).values()];
}
