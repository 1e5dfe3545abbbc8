/** CloudFormation templates as units: one per template, nested stacks with their parent. */

import { ANYWHERE, type Deployment } from "../../facts/arn.ts";
import { holeOf, isLiteral } from "../../facts/text.ts";
import type { Deployed, Unit } from "../../facts/unit.ts";
import type { LocalNames, Where } from "../../facts/writing.ts";
import { groupBy, into } from "../../maps.ts";
import { newPurses, type Purses } from "../../purse.ts";
import type { SourceFile } from "../../source.ts";
import type { PathTest } from "../../sources/globs.ts";
import { type History, NO_HISTORY } from "../../sources/history.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Document } from "../../syntax/document.ts";
import { withoutEscapes } from "../../syntax/escapes.ts";
import { get } from "../../syntax/value.ts";
import { type Deployments, deployedUnit, NO_DEPLOYMENTS } from "../deployments.ts";
import type { Reader } from "../format.ts";
import { unreadJobs } from "../job-calls.ts";
import { calledIn, isWord, nameOf, wordsIn } from "../parts.ts";
import { keepResources, tooManyResources } from "../size.ts";
import { isNoEcho } from "./allowed.ts";
import { environmentsIn } from "./assembly.ts";
import { existence, isMade } from "./condition.ts";
import { type Stacked, type StacksOf, samFileOf, samFiles, stacksOf, withUnused } from "./deployments.ts";
import { fitting, type ParameterFile } from "./elsewhere.ts";
import { exportsOf } from "./exports.ts";
import { handedBy } from "./handed.ts";
import { type Family, type NestedStack, nestedPath, openFamily, type Paths } from "./nested.ts";
import { givenOutputs } from "./outputs.ts";
import { isParameterFile, parametersIn } from "./parameter-files.ts";
import { sharedSpellings } from "./pseudo.ts";
import { findResources, finish, join } from "./resources/collect.ts";
import type { Scope } from "./scope.ts";
import { newRun } from "./stack.ts";
import { readTemplate, type Template } from "./template.ts";
import { writeCloudFormation } from "./write.ts";

/** Words of templates that need another template, or that another one may need. */
const RELATED = /ImportValue|Export|CloudFormation::Stack|Serverless::Application/;
const NESTING = /CloudFormation::Stack|Serverless::Application/;

export interface TemplateOptions {
  /** The text of a file, for the manifest of an assembly. */
  readonly manifest?: (path: string) => string | undefined;
  readonly purses?: Purses;
  readonly deployments?: Deployments;
  readonly workspace?: Pick<Workspace, "read">;
  /** Which templates stood alone before the change that is judged; none when it is left out. */
  readonly stoodAlone?: History["stoodAlone"];
}

/** Reads the templates of a run, whose files are `candidates`. One that is related to no other is read at once. */
export function openTemplates(
  candidates: readonly SourceFile[],
  {
    manifest = () => undefined,
    purses = newPurses(),
    deployments = NO_DEPLOYMENTS,
    workspace,
    stoodAlone = NO_HISTORY.stoodAlone,
  }: TemplateOptions = {},
): Reader {
  const deploymentOf = deploymentsIn(manifest);
  const files = new Map<SourceFile, readonly Document[] | Unit>();
  const values: ParameterFile[] = [];
  const parameters = new Map<string, ReadonlySet<string>>();
  let isNamed: PathTest | undefined;
  let anyValues: boolean | undefined;
  const hasValues = () => {
    anyValues ??= candidates.some(mayHaveValues);
    return anyValues;
  };
  return {
    add: (given) => {
      const documents = given.filter((one) => !isParameterFile(one));
      if (documents.length < given.length) values.push(...given.filter(isParameterFile).map(parameterFile));
      const [first] = documents;
      if (!first) return;
      const template = readTemplate(first);
      if (template?.parameters.size) parameters.set(first.file.path, new Set(template.parameters.keys()));
      isNamed ??= namedIn(nesting(candidates).map(({ text }) => text));
      const alone =
        documents.length === 1 &&
        !RELATED.test(withoutEscapes(first.file.text)) &&
        !isNamed(first.file.path) &&
        deployments.of(first.file.path) === undefined &&
        !(template?.parameters.size && (hasValues() || manifest(samFileOf(first.file.path)) !== undefined));
      files.set(first.file, (alone ? readAll(documents, { deploymentOf, purses })[0]?.unit : undefined) ?? documents);
    },
    read: async () => {
      const later = [...files.values()].flatMap((one) => ("id" in one ? [] : one));
      const paths = [...new Set(later.map(({ file }) => file.path))];
      const stacks = workspace && (await stacksOf(paths, deployments, workspace));
      const alone = await stoodAlone(calledIn(paths, nesting(candidates)));
      const all = [...values, ...(await samFiles(paths, manifest))].filter(({ path }) => !deployments.files.has(path));
      const unused = new Map<string, readonly ParameterFile[]>();
      const unusedOf = (path: string) => into(unused, path, () => fitting(all, parameters.get(path) ?? new Set()));
      const related = readAll(later, {
        deploymentOf,
        purses,
        stacksOf: stacks?.of,
        unusedOf,
        isAlone: (path) => alone.has(path),
      });
      const unitsOf = groupBy(related, ({ path }) => path);
      const units = [...files].flatMap(([{ path }, one]) =>
        "id" in one ? [one] : (unitsOf.get(path) ?? []).map(({ unit }) => unit),
      );
      return {
        units: units.map((unit) => withUnused(unit, unusedOf(unit.id))),
        problems: stacks?.problems ?? [],
      };
    },
  };
}

function parameterFile({ file, value }: Document): ParameterFile {
  return { path: file.path, values: parametersIn(value)?.values ?? new Map() };
}

/** Words of files with nothing but values for parameters, and of templates. */
const OF_VALUES = /ParameterKey|"Parameters"|template-file-path/;
const OF_TEMPLATES = /\bResources\b/;

/** Whether a file may have values for the parameters of a template. */
function mayHaveValues({ text }: SourceFile): boolean {
  return OF_VALUES.test(text) && !OF_TEMPLATES.test(text);
}

/** Where a template is deployed, by its path: the manifest of each folder is read once. */
function deploymentsIn(manifest: (path: string) => string | undefined): (path: string) => Deployment {
  const known = new Map<string, ReadonlyMap<string, Deployment>>();
  return (path) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const found = known.get(folder) ?? environmentsIn(manifest(`${folder}manifest.json`) ?? "");
    known.set(folder, found);
    return found.get(path.slice(folder.length)) ?? ANYWHERE;
  };
}

/** The files with nested stacks, without escapes. */
function nesting(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.map(({ path, text }) => ({ path, text: withoutEscapes(text) })).filter(({ text }) => NESTING.test(text));
}

/** Whether one of the texts may name a path: its last name is a word in them, or has other characters than words. */
function namedIn(texts: readonly string[]): PathTest {
  const words = new Set(texts.flatMap(wordsIn));
  return (path) => {
    const name = nameOf(path);
    return words.has(name) || (texts.length > 0 && !isWord(name));
  };
}

/**
 * The units of all templates among the documents of a run. A nested template is read as a part of the one that nests
 * it, with the parameters it gets there, and is no unit of its own.
 */
export function readCloudFormation(documents: readonly Document[]): Unit[] {
  return readAll(documents).map(({ unit }) => unit);
}

interface Surroundings {
  readonly deploymentOf?: (path: string) => Deployment;
  readonly purses?: Purses;
  readonly stacksOf?: StacksOf | undefined;
  /** The files with values for a template that nothing uses. */
  readonly unusedOf?: (path: string) => readonly ParameterFile[];
  /** Whether a template is deployed by itself, also where another one nests it. */
  readonly isAlone?: PathTest;
}

function readAll(
  documents: readonly Document[],
  {
    deploymentOf = () => ANYWHERE,
    purses = newPurses(),
    stacksOf = () => undefined,
    unusedOf = () => [],
    isAlone = () => false,
  }: Surroundings = {},
): { readonly path: string; readonly unit: Unit }[] {
  const templates = documents.map(readTemplate).filter((template) => template !== undefined);
  const byPath = new Map(templates.map((template) => [template.file.path, template]));
  const paths = groupBy([...byPath.keys()], (path) => path.slice(path.lastIndexOf("/") + 1));
  const families: Family[] = [];
  let units: readonly Family[] | undefined;
  const lookUp = exportsOf(() => units);
  const taken = new Map<string, number>();
  for (const template of templates) {
    const { path, text } = template.file;
    const assembled = deploymentOf(path);
    const name = unitOf(template, taken);
    const stacks: readonly (Stacked | undefined)[] = stacksOf(path) ?? [undefined];
    for (const stack of stacks) {
      const { id, deployed } = stack
        ? deployedUnit(name, stack.planned, valuesIn(stack))
        : assembledUnit(name, assembled);
      const place = stack ? known(stack.planned.place, assembled) : assembled;
      const run = newRun(text.length, place, purses, deployed);
      const imported = (name: string) => lookUp(name, run);
      const given = stack ? { given: stack.values, previous: stack.previous } : { elsewhere: unusedOf(path) };
      families.push(
        openFamily(template, { unit: id, run, imported, templateAt: (path) => byPath.get(path), paths, ...given }),
      );
    }
  }
  units = outermost(families, byPath, paths, isAlone);
  return units.map((family) => ({ path: family.root.template.file.path, unit: readFamily(family) }));
}

/** What the configuration says of a place, and what an assembly says besides. */
function known(place: Deployment, assembled: Deployment): Deployment {
  const or = (key: keyof Deployment) => (isLiteral(place[key]) ? place[key] : assembled[key]);
  return { partition: or("partition"), region: or("region"), account: or("account") };
}

function valuesIn({ values }: Stacked): ReadonlyMap<string, string> {
  return new Map([...values].map(([name, { value }]) => [name, value]));
}

/** A stack of an assembly is deployed to the environment that its manifest has. */
function assembledUnit(
  of: string,
  { account, region }: Deployment,
): { readonly id: string; readonly deployed?: Deployed } {
  const name = [account, region].filter(isLiteral).join("/");
  return name === "" ? { id: of } : { id: of, deployed: { name, of, values: new Map() } };
}

/** The path of the file; further templates in one file get a number. */
function unitOf({ file }: Template, taken: Map<string, number>): string {
  const before = taken.get(file.path) ?? 0;
  taken.set(file.path, before + 1);
  return before === 0 ? file.path : `${file.path} (${before + 1})`;
}

/** The families whose template no other one nests, or that stand alone besides; of templates that nest each other in a circle, the first. */
function outermost(
  families: readonly Family[],
  byPath: ReadonlyMap<string, Template>,
  paths: Paths,
  isAlone: PathTest,
): readonly Family[] {
  const reached = new Set<Template>();
  const visit = (family: Family): void => {
    for (const { scope } of family.stacks()) reached.add(scope.template);
  };
  const nested = new Set(families.flatMap(({ root }) => templatesIn(root, byPath, paths)));
  const roots = families.filter(({ root: { template } }) => !nested.has(template) || isAlone(template.file.path));
  for (const family of roots) visit(family);
  const rest = families.filter((family) => {
    if (reached.has(family.root.template)) return false;
    visit(family);
    return true;
  });
  const kept = new Set([...roots, ...rest]);
  return families.filter((family) => kept.has(family));
}

function templatesIn(root: Scope, byPath: ReadonlyMap<string, Template>, paths: Paths): readonly Template[] {
  return [...root.resources().values()].flatMap((resource) => {
    const path = nestedPath(root, resource, paths);
    const template = path === undefined ? undefined : byPath.get(path);
    if (!template || template === root.template) return [];
    return isMade(existence(root, resource)) ? [template] : [];
  });
}

function readFamily({ root, stacks, isOpen }: Family): Unit {
  const { run } = root;
  const all = stacks();
  const fits = keepResources(all.reduce((sum, { scope }) => sum + scope.resources().size, 0));
  const found = (fits ? all : []).map(({ scope, maybe }) => {
    markHidden(scope);
    const found = findResources(scope, maybe);
    return { ...found, handed: handedBy(scope, found, (resource) => isOpen(scope, resource)) };
  });
  const problems = [...run.problems.values(), ...(fits ? [] : [tooManyResources(root.template.file)])];
  const outputs = givenOutputs(root);
  const unread = found.flatMap(({ handed }) => handed.filter(({ jobs, outside }) => jobs ?? outside));
  return {
    id: root.unit,
    format: "cloudformation",
    deployment: run.deployment,
    ...(run.deployed && { deployed: run.deployed }),
    write: writeCloudFormation,
    resources: finish(join(found)),
    spellings: run.spellings,
    ...(run.perhaps.size > 0 && { perhaps: run.perhaps }),
    ...(run.given.size > 0 && { givenBy: (text: string) => run.given.get(text) }),
    ...(outputs.length > 0 && { outputs }),
    defaults: run.defaults,
    problems,
    refused: run.refused,
    notes: unread.map((one) => unreadJobs(`The ${one.cause.kind.replace("-", " ")}`, one)),
    sensitive: [...run.sensitive],
    namesAt: namesIn(all),
  };
}

/**
 * The names at a place of a family: those of its stack. A template that is nested twice is the subject's own. Taken out
 * of the stacks at once, for these hold the values of their templates.
 */
function namesIn(stacks: readonly NestedStack[]): (where: Where) => LocalNames {
  const all = stacks.map(({ scope }) => namesOf(scope));
  return ({ place, address }) => {
    const here = all.filter(({ file }) => file === place.file);
    return (here.findLast(({ prefix }) => address.startsWith(prefix)) ?? here[0] ?? NO_NAMES).local;
  };
}

function namesOf(scope: Scope) {
  const { template, prefix, run } = scope;
  // A parameter that nothing refers to has a name, too.
  for (const [name, { at }] of template.parameters) scope.parameter(name, at);
  return { file: template.file, prefix, local: localNames(run.names.get(prefix)) };
}

function localNames(own: ReadonlyMap<string, string> = new Map()): LocalNames {
  const shared = [...sharedSpellings()].map(([text, one]): [string, string] => [text, one.slice(2, -1)]);
  return {
    names: new Map([...shared, ...own]),
    say: (hole) => `\${${holeOf(hole).words}}`,
    write: written,
  };
}

const NO_NAMES = { local: localNames() };

/** An import can be written wherever its name is known. */
function written(hole: string): string {
  const { origin, term, words } = holeOf(hole);
  const isExport = origin.kind === "import" && origin.attribute !== "output";
  return isExport && !/[${}]/.test(term) ? `\${Fn::ImportValue:${term}}` : `<${words}>`;
}

/** The default of a NoEcho parameter is a secret in the file. */
function markHidden({ template, run }: Scope): void {
  for (const declared of template.parameters.values()) {
    const given = get(declared, "Default");
    if (given && isNoEcho(declared)) run.sensitive.add(given.at);
  }
}
