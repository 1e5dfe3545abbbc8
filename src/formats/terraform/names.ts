/** How unknown values are named in a module, for people and in code: code can name only what its module declares. */

import { posix } from "node:path";
import type { Hole } from "../../facts/schema/common.ts";
import { holeOf } from "../../facts/text.ts";
import type { LocalNames, Where } from "../../facts/writing.ts";
import { groupBy, into } from "../../maps.ts";
import type { Place, SourceFile } from "../../source.ts";
import { moduleOf } from "./language/evaluate/unknown.ts";
import { givenTo } from "./language/rendered.ts";

/** How the code of one module can name things. A module that is called twice is there twice. */
export interface ModuleNames {
  readonly folder: string;
  /** What the addresses of its resources begin with: `module.jobs["a"].`, or nothing. */
  readonly prefix: string;
  /** The expression of each symbolic ARN, and of account and Region, that the module can name. */
  readonly names: ReadonlyMap<string, string>;
}

/** Files of a module: variables files have no names. */
const IS_CODE = /\.(?:tf|tofu)(?:\.json)?$/;
const IS_VALUES = /\.tfvars(?:\.json)?$/;

/** The names at a place of a unit: the names of the module of its file. */
export function namesIn(modules: readonly ModuleNames[], unit: string): (where: Where) => LocalNames {
  const local = new Map(modules.map((module) => [module, localNames(module, unit)]));
  const all = byPrefix(modules);
  const byFolder = new Map(
    [...groupBy(modules, ({ folder }) => folder)].map(([folder, own]) => [folder, byPrefix(own)]),
  );
  const nowhere = localNames(undefined, unit);
  const inTemplates = new Map<ReadonlyMap<string, string>, LocalNames>();
  return (where) => {
    const module = moduleAt(all, byFolder, where);
    const names = (module && local.get(module)) ?? nowhere;
    const given = givenTo(where.place.file);
    return given ? into(inTemplates, given, () => ({ ...names, names: new Map([...names.names, ...given]) })) : names;
  };
}

/** Modules by their prefix, in their order: of two with one prefix the first. */
type ByPrefix = ReadonlyMap<string, ModuleNames>;

function byPrefix(modules: readonly ModuleNames[]): ByPrefix {
  return new Map([...modules].reverse().map((one) => [one.prefix, one]));
}

/** The module of a file; if it is called several times, the instance of the subject. */
function moduleAt(
  modules: ByPrefix,
  byFolder: ReadonlyMap<string, ByPrefix>,
  { place, address }: Where,
): ModuleNames | undefined {
  const { file } = place;
  if (IS_VALUES.test(file.path) || isInVariable(place)) return undefined;
  const folder = posix.dirname(file.path);
  const here = IS_CODE.test(file.path) ? byFolder.get(folder) : modules;
  for (let end = address.length; end >= 0; end = end === 0 ? -1 : address.lastIndexOf(".", end - 2) + 1) {
    const around = here?.get(address.slice(0, end));
    if (around) return around;
  }
  return [...(here?.values() ?? [])].at(-1);
}

/** The head of a block that has labels, or of one at the outermost level that has none. */
const BLOCK = /^[ \t]*(?:(\w+)(?:[ \t]+"[^"\n]*"){1,2}|locals|terraform)[ \t]*\{/gm;

/** The heads of blocks of each file, in order: it is asked for every answer about one of many jobs. */
const headsOf = new WeakMap<SourceFile, readonly { readonly at: number; readonly isVariable: boolean }[]>();

/** Whether a place is in a variable, whose default can name nothing. */
function isInVariable({ file, start }: Place): boolean {
  if (!/\.(?:tf|tofu)$/.test(file.path)) return false;
  const heads =
    headsOf.get(file) ??
    [...file.text.matchAll(BLOCK)].map(({ index, 1: type }) => ({ at: index, isVariable: type === "variable" }));
  headsOf.set(file, heads);
  let [low, high] = [0, heads.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((heads[middle]?.at ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return heads[low - 1]?.isVariable === true;
}

function localNames(module: ModuleNames | undefined, unit: string): LocalNames {
  const isHere = (hole: string) =>
    module !== undefined && moduleOf(hole) === module.prefix && holeOf(hole).unit === unit;
  /** The words of a hole, with the prefix of its module if that is another one. */
  const words = (hole: string) => (isHere(hole) ? "" : (moduleOf(hole) ?? "")) + holeOf(hole).words;
  return {
    names: module?.names ?? new Map(),
    say: (hole) => `\${${words(hole)}}`,
    write: (hole) => {
      const { origin, words: own } = holeOf(hole);
      const isExpression = moduleOf(hole) === undefined && !own.includes("…");
      const isWritten = isExpression || (isHere(hole) && canBeNamed(holeOf(hole)));
      return isWritten ? `\${${own}}` : `<${description(origin, words(hole))}>`;
    },
  };
}

/** An output that a module of these files does not have can't be written; one of a module that is not in them can. */
function canBeNamed({ origin, cause }: Hole): boolean {
  return origin.kind !== "module" || cause.kind === "module";
}

function description({ kind, attribute, function: made }: Hole["origin"], words: string): string {
  if (kind === "computed") return made ?? words;
  const end = `.${attribute}`;
  return attribute !== null && words.endsWith(end) ? `${attribute} of ${words.slice(0, -end.length)}` : words;
}
