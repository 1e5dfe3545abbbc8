/**
 * What the evaluation of a template asks of its surroundings, and what it notes on the way.
 * `stack.ts` makes a scope; functions and readers only use it.
 */

import type { Deployment } from "../../facts/arn.ts";
import type { Cause } from "../../facts/causes.ts";
import { type About, type HoleWidth, hole, holeOf, replaceHoles } from "../../facts/text.ts";
import type { Deployed, Perhaps } from "../../facts/unit.ts";
import { into } from "../../maps.ts";
import { type Allowance, pay } from "../../purse.ts";
import { locate, type Place, type Problem } from "../../source.ts";
import { type TextValue, type UnknownValue, unknownOf, type Value } from "../../syntax/value.ts";
import { capitalized } from "../../words.ts";
import type { Declaration, Template } from "./template.ts";

/** Whether something holds, or what is not known so that it is unknown. */
export type Truth = boolean | Doubt;
export interface Doubt {
  readonly cause: Cause;
  /** The insides of the holes that it depends on. */
  readonly of?: readonly string[];
  /** The condition that decides it. */
  readonly decides?: Deciding;
}

/** A condition, and whether it holds where the opposite does not. */
export interface Deciding {
  readonly by: string;
  readonly words: string;
  readonly holds: boolean;
}

export interface Unknown extends UnknownValue {
  /** It may be nothing at all (`AWS::NoValue` in one branch of a condition). */
  readonly removable?: true;
  /** It is a list whose items have no colon. */
  readonly narrowItems?: true;
}

/** What another template of the run exports: the value, or why there is none, and the only one that it may be. */
export type Import = { readonly value: Value } | (Doubt & { readonly perhaps?: Perhaps | undefined });

export interface Scope {
  readonly template: Template;
  /** The id of the unit: the path of the template, of the outermost one for a nested stack. */
  readonly unit: string;
  /** What is before a logical id in an address: `Network/` in a nested stack of that name, else empty. */
  readonly prefix: string;
  readonly run: Run;
  /** A string as it is written, with the placeholders of other tools as holes. */
  readonly plain: (text: TextValue) => TextValue;
  /** The value with its functions evaluated; undefined when it is removed (`AWS::NoValue`). */
  readonly evaluate: (value: Value) => Value | undefined;
  /** The value of a parameter as a reference at that place has it; undefined when there is no such parameter. */
  readonly parameter: (name: string, at: Place) => Value | undefined;
  readonly condition: (name: string, at: Place) => Truth;
  readonly resources: () => ReadonlyMap<string, Declaration>;
  /** What `Ref` (attribute null) or `Fn::GetAtt` of a declared resource gives. */
  readonly attribute: (resource: Declaration, attribute: string | null, at: Place) => Value;
  readonly imported: (name: string) => Import;
  /** The same scope in which a condition is taken to hold, or not to hold. */
  readonly assuming: (condition: string, holds: boolean) => Scope;
  /** The same scope without defaults of parameters: what is decided there is decided for every stack. */
  readonly strict: () => Scope;
}

/** What one unit's evaluation notes. It is written to, and never read by what is evaluated. */
export interface Run {
  /** Where the outermost stack is deployed, as far as the files tell. */
  readonly deployment: Deployment;
  /** That deployment, where something distinguishes it. */
  readonly deployed?: Deployed | undefined;
  /** Steps; a template that needs more is not evaluated further. */
  readonly budget: Allowance;
  depth: number;
  readonly problems: Map<string, Problem>;
  /** Those of the problems that CloudFormation tells itself, of templates that are read completely. */
  readonly refused: Set<Problem>;
  readonly spellings: Map<string, string>;
  /** By the prefix of a stack: its own names of strings, as they are inside `${…}`. */
  readonly names: Map<string, Map<string, string>>;
  readonly sensitive: Set<Place>;
  /** What imports are as far as their names tell, by the insides of their holes. */
  readonly perhaps: Map<string, Perhaps>;
  /** The strings that exports give it, with the unit that has each. */
  readonly given: Map<string, string>;
  /** The defaults of parameters that count as values. */
  readonly defaults: Set<string>;
}

/** How deep evaluation nests, through functions and references together. Real templates stay below 30. */
const MAX_DEPTH = 250;

/** The longest text that functions may put together. User data, the longest there is, has 16 KB. */
export const MAX_TEXT = 256 * 1024;

/**
 * Takes steps from the budget. Undefined when there is enough left and the nesting is not too deep, else the doubt that
 * follows, which is also a problem of the file.
 */
export function exhausted(scope: Scope, at: Place, steps = 1): Doubt | undefined {
  const { run } = scope;
  const isPaid = pay(run.budget, steps);
  if (isPaid && run.depth <= MAX_DEPTH) return undefined;
  const why = !isPaid ? "the template is too large to be evaluated" : "the template nests too deep to be evaluated";
  complain(scope, at, `${capitalized(why)}, so parts of it were not checked.`);
  return { cause: { kind: "limit", name: at.file.path, unit: scope.unit } };
}

/** Notes a problem, once a sentence and file. */
export function complain(scope: Scope, at: Place, message: string): Problem {
  const key = `${at.file.path}\n${message}`;
  const known = scope.run.problems.get(key);
  if (known) return known;
  const problem = { path: at.file.path, message, line: locate(at).start.line };
  scope.run.problems.set(key, problem);
  return problem;
}

/** Notes what CloudFormation itself refuses; not in a fragment, since another file may complete it. */
export function refuse(scope: Scope, at: Place, message: string): void {
  if (scope.template.whole) scope.run.refused.add(complain(scope, at, message));
}

/** A string with its holes as the template writes them, for people to read. */
export function spelled({ run }: { readonly run: Run }, text: string): string {
  return replaceHoles(text, (token, inside) => run.spellings.get(token) ?? holeOf(inside).words);
}

/** What is known of a hole of a stack, besides `About`: how the template writes it inside `Fn::Sub`. */
export interface Named extends About {
  readonly spelled?: string;
}

/** The token of an unknown value. Equal names are equal values; the unit is added. */
function token(scope: Scope, name: string, width: HoleWidth, { cause, of }: Doubt, named: Named): string {
  const { spelled, ...about } = named;
  const made = hole(`${scope.prefix}${name}@${scope.unit}`, width, {
    words: scope.prefix + name,
    unit: scope.unit,
    cause,
    ...(of && { origin: { kind: "computed", of: [...new Set(of)] } }),
    ...about,
  });
  if (spelled !== undefined) {
    scope.run.spellings.set(made, spelled);
    noteName(scope, made, spelled.slice(2, -1));
  }
  return made;
}

/** Notes by which name a stack knows a string; the first one holds. */
export function noteName({ run, prefix }: Scope, text: string, name: string): void {
  const names = into(run.names, prefix, () => new Map<string, string>());
  if (!names.has(text)) names.set(text, name);
}

/** Notes the name of a value that comes from another stack, when it is an ARN. */
export function noteArn(scope: Scope, value: Value, name: string): void {
  if (value.kind === "text" && value.value.startsWith("arn:")) noteName(scope, value.value, name);
}

export function unknown(
  scope: Scope,
  name: string,
  doubt: Doubt,
  at: Place,
  more: Omit<Partial<Unknown>, keyof UnknownValue> = {},
  named: Named = {},
): Unknown {
  return { ...unknownOf(token(scope, name, "wide", doubt, named), at), ...more };
}

export function narrowText(scope: Scope, name: string, doubt: Doubt, at: Place, named: Named = {}): TextValue {
  return { kind: "text", value: token(scope, name, "narrow", doubt, named), at };
}

/** Something that is not there, depends on itself, or is refused by CloudFormation. */
export function doubt(scope: Scope, kind: Cause["kind"], name: string): Doubt {
  return { cause: { kind, name: scope.prefix + name, unit: scope.unit } };
}
