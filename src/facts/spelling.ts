/** Writing Text for people: holes and symbolic ARNs as the file itself writes them. */

import { posix } from "node:path";
import type { Place } from "../source.ts";
import { into } from "./maps.ts";
import type { ModuleNames, Unit } from "./resources.ts";
import { holes, isLiteral, replaceHoles } from "./text.ts";

/** Turns the holes of a text into the spelling of a unit: `⟨#Db@jobs.yaml⟩` → `${Db}`. */
export type Spell = (text: string) => string;

export interface Spelling {
  /** For people: what has no name where they read it is told by the one that it has elsewhere. */
  readonly say: Spell;
  /** For code: what has no name in the module is written out, with `<…>` for what is not known of it. */
  readonly write: Spell;
}

/** Where a text is to stand: in a file, for a subject with that address. */
export interface Where {
  readonly place: Pick<Place, "file">;
  readonly address: string;
}

/** What stands for a hole that no unit spells: the words that AWS's own documentation uses. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["⟨AWS.Partition⟩", "aws"],
  ["⟨AWS.Region⟩", "<region>"],
  ["⟨AWS.AccountId⟩", "<account-id>"],
]);

/** An ARN in a sentence, without the sign that ends the sentence. */
const ARN = /arn:[^\s"'`,()]*[^\s"'`,().;:]/g;

/**
 * The spelling of each unit of a run. A resource of another unit is spelled as that unit does, but for those whose ARN is known by a name:
 * another unit may have one of that name too.
 */
export function spelling(units: readonly Unit[]): (unit: string, where?: Where) => Spelling {
  const all = indexed(units.flatMap(({ spellings }) => [...spellings]));
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const modules = new Map<ModuleNames, Names>();
  return (id, where) => {
    const unit = byId.get(id);
    const module = where && unit?.modules && moduleAt(unit.modules, where);
    const inModule = module && into(modules, module, () => indexed([...module.names].map(quoted)));
    const own = inModule ?? NO_NAMES;
    const byName = (arn: string) => (arn.includes("@") ? undefined : (own.given.get(arn) ?? unit?.spellings.get(arn)));
    const say: Spell = (text) => {
      if (isLiteral(text)) return text;
      return replaceHoles(
        withArns(withArns(text, own), all).replace(ARN, (arn) => byName(arn) ?? arn),
        (token, name) =>
          own.given.get(token) ??
          unit?.spellings.get(token) ??
          all.shared.get(token) ??
          WORDS.get(token) ??
          unspelled(token, within(name, module)),
      );
    };
    if (!unit?.modules) return { say, write: say };
    const write: Spell = (text) => {
      if (isLiteral(text)) return text;
      return replaceHoles(
        withArns(text, own).replace(ARN, (arn) => (arn.includes("@") ? undefined : own.given.get(arn)) ?? arn),
        (token, name) => own.given.get(token) ?? WORDS.get(token) ?? expression(token, name, unit, module),
      );
    };
    return { say, write };
  };
}

interface Names {
  readonly given: ReadonlyMap<string, string>;
  /** By a hole that is a name's whole text. */
  readonly shared: ReadonlyMap<string, string>;
  /** By the last hole of a resource's own: the ARNs that end in it. */
  readonly arns: ReadonlyMap<string, readonly (readonly [text: string, spelling: string])[]>;
}

function indexed(spellings: readonly (readonly [text: string, spelling: string])[]): Names {
  const shared = new Map<string, string>();
  const arns = new Map<string, (readonly [text: string, spelling: string])[]>();
  for (const [text, spelled] of spellings) {
    const owned = holes(text).findLast(({ name }) => name.includes("@"))?.token;
    if (owned === text) shared.set(text, spelled);
    else if (owned) into(arns, owned, (): (readonly [string, string])[] => []).push([text, spelled]);
  }
  return { given: new Map(spellings), shared, arns };
}

const NO_NAMES = indexed([]);

function quoted([text, expression]: readonly [string, string]): readonly [string, string] {
  return [text, `\${${expression}}`];
}

function withArns(text: string, { arns }: Names): string {
  let spelled = text;
  for (const { token } of holes(text)) {
    for (const [arn, name] of arns.get(token) ?? []) spelled = spelled.replaceAll(arn, name);
  }
  return spelled;
}

/** Files of a module: what else holds values has no names, and what is rendered has those of the module that renders it. */
const IS_CODE = /\.(?:tf|tofu)(?:\.json)?$/;
const IS_VALUES = /\.tfvars(?:\.json)?$/;

/** The module that a file is of; of one that is called several times, the instance that the subject is in. */
function moduleAt(modules: readonly ModuleNames[], { place: { file }, address }: Where): ModuleNames | undefined {
  if (IS_VALUES.test(file.path)) return undefined;
  const folder = posix.dirname(file.path);
  const here = IS_CODE.test(file.path) ? modules.filter((module) => module.folder === folder) : modules;
  const around = here.filter(({ prefix }) => address.startsWith(prefix));
  const [first] = around.length > 0 ? around : here;
  return around.reduce((deepest, one) => (one.prefix.length > (deepest?.prefix.length ?? 0) ? one : deepest), first);
}

/** A name as the module itself says it. */
function within(name: string, module: ModuleNames | undefined): string {
  return module && name.startsWith(module.prefix) ? name.slice(module.prefix.length) : name;
}

/** The name without its unit, and of something computed only how: what it is computed from says little and is long. */
function unspelled(token: string, name: string): string {
  if (token.startsWith("⟨#")) return "??????";
  const told = name.replace(/@.*$/, "");
  return `\${${told.startsWith("ImportValue(") ? told : told.replace(/\(.*\)(?:~\w+)?$/, "(…)")}}`;
}

const STEPS = String.raw`(?:\.[\w-]+|\[(?:\d+|"[^"$\\]*")\])`;
const VALUE = new RegExp(`^(?:var|local)\\.[\\w-]+${STEPS}*$`);
const OUTPUT = new RegExp(`^module\\.([\\w-]+)${STEPS}+$`);
const RESOURCE = /^(?:module\..*\.)?(?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+(?:\[(?:\d+|"[^"$\\]*")\])?/;

/** A hole as an expression of the module when it can be one there, else a word in angle brackets for what it is. */
function expression(token: string, hole: string, unit: Unit, module: ModuleNames | undefined): string {
  if (token.startsWith("⟨#")) return "??????";
  const computed = unit.spellings.get(token);
  if (computed !== undefined && !computed.includes("…")) return computed;
  const [told = ""] = hole.split("@");
  const name = within(told, module);
  const [resource] = RESOURCE.exec(name) ?? [];
  const attribute = resource === undefined ? "" : name.slice(resource.length + 1) || "id";
  const isHere = module !== undefined && hole.endsWith(`@${unit.id}`) && told.startsWith(module.prefix);
  if (isHere) {
    const [, call] = OUTPUT.exec(name) ?? [];
    if (VALUE.test(name) || (call !== undefined && module.unread.has(call))) return `\${${name}}`;
    if (resource !== undefined && !resource.startsWith("module.")) return `\${${resource}.${attribute}}`;
  }
  return resource === undefined ? `<${name.replace(/\(.*$/, "")}>` : `<${attribute} of ${resource}>`;
}
