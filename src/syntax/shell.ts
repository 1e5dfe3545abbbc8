/**
 * Scripts of the shell as their commands, word by word. Nothing is run: what the shell would put in is a piece of a
 * word that says what it is. Commands are given in the order in which they are written, whatever they are nested in.
 */
import {
  type Assignment,
  type Command,
  forEachChild,
  type HereDocBody,
  parse,
  type Redirect,
  type Redirection,
  type SyntaxNode,
  type Word,
  type WordPart,
} from "unbash";
import { addTo } from "../maps.ts";
import { type Allowance, pay } from "../purse.ts";
import type { Place, SourceFile } from "../source.ts";

/** The text of a script, and the place in its file of each of its characters and of its end. */
export interface ScriptText {
  readonly file: SourceFile;
  readonly text: string;
  readonly offsets: (index: number) => number;
  /** Whether each of its parts, the rules of a Makefile, is a script that runs by itself. */
  readonly partAt?: (offset: number) => number;
}

/** A piece of a word: text, the value of a variable, or what a command writes. */
export type ShellPiece =
  | { readonly kind: "text"; readonly text: string; readonly at: Place }
  | {
      readonly kind: "variable";
      readonly name: string;
      /** What takes its place where it has no value. */
      readonly otherwise: ShellWord | undefined;
      readonly at: Place;
    }
  | {
      readonly kind: "output";
      /** The one command, made when it is asked for; undefined when there are several. */
      readonly of: () => ShellCommand | undefined;
      readonly written: string;
      readonly at: Place;
    };

export interface ShellWord {
  readonly pieces: readonly ShellPiece[];
  readonly at: Place;
}

/** A part of a script that may not run: a side of a condition, the body of a loop or function, what is behind `||`. */
export interface Branch {
  /** What it is a part of, by where that begins. */
  readonly of: number;
  readonly part: number;
  /** Whether only one of the parts runs. */
  readonly isAlone: boolean;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** What it is in, from the outside to the inside. */
  readonly branches: readonly Branch[];
  /** The text that it reads, of a heredoc or behind `<<<`, or the file, or the command before it in a pipe. */
  readonly heredoc: ShellWord | undefined;
  readonly from: ShellWord | undefined;
  readonly input: ShellCommand | undefined;
  /** The file that it writes. */
  readonly to: ShellWord | undefined;
  readonly at: Place;
}

export interface ShellScript {
  /** Those that are wanted. */
  readonly commands: readonly ShellCommand[];
  /** Those that write a file. */
  readonly writing: readonly ShellCommand[];
  /** The value that each variable is given; undefined for one of several, and for one of a loop or the like. */
  readonly assigned: ReadonlyMap<string, ShellWord | undefined>;
  /** The words that the variable of a loop goes over, of all loops with that variable. */
  readonly looped: ReadonlyMap<string, readonly ShellWord[]>;
  /** Where the script was left because it is nested too deep or means too much. */
  readonly end: Place | undefined;
}

/** The words of a command as they are written; undefined for one in which the shell may put something else. */
export type PlainWords = readonly (string | undefined)[];

/** How deep the nodes of a script may be in each other. The parser leaves out what is in 256 of a kind, silently. */
const DEEPEST = 250;
/** What a node costs, in microseconds, and what one costs that is a script, as the output of a command has. */
const [A_NODE, A_SCRIPT] = [1, 8];
/** So many characters of a node are gone through in the time that a node takes: those of a nested one at each level. */
const CHARACTERS_AT_ONCE = 32;
/** So are so many of the other heredocs of a line, for each of them. */
const HEREDOCS_AT_ONCE = 500;

/**
 * Reads a script; what can't be parsed is left out. Only the commands that are wanted by their words become objects: a
 * script has many more. Each node is paid for, since the parser goes through what is nested again at each level.
 */
export function readScript(
  source: ScriptText,
  allowance: Allowance,
  isWanted: (words: PlainWords) => boolean,
): ShellScript {
  const commands: ShellCommand[] = [];
  const writing: ShellCommand[] = [];
  const assigned = new Map<string, ShellWord | undefined>();
  const looped = new Map<string, ShellWord[]>();
  const assign = (name: string, value: () => ShellWord | undefined): void => {
    assigned.set(name, assigned.has(name) ? undefined : value());
  };
  const piped = new Map<SyntaxNode, Command>();
  const take = (node: SyntaxNode, branches: readonly Branch[]): void => {
    if (node.type === "Pipeline") {
      for (const [index, command] of node.commands.entries()) {
        const before = node.commands[index - 1];
        if (before?.type === "Command") piped.set(command, before);
      }
    }
    if (node.type === "Command") {
      const words = plainWords(node);
      const [wanted, writes] = [isWanted(words), node.redirects.some(isWritten) || words.slice(0, 2).includes("tee")];
      const command = wanted || writes ? commandOf(node, source, branches, piped.get(node)) : undefined;
      if (command && wanted) commands.push(command);
      if (command && writes) writing.push(command);
      if (node.name?.value !== "read") return;
      for (const word of node.args) if (word.type === "Word") assign(word.value, NOTHING);
    }
    if (node.type === "Assignment") assign(node.name, () => assignedWord(node, source));
    if (node.type !== "For" && node.type !== "Select") return;
    assign(node.name.value, NOTHING);
    for (const word of node.wordlist ?? []) addTo(looped, node.name.value, wordOf(word, source));
  };
  const heredocs = source.text.split("<<").length - 1;
  const stopped = pay(allowance, heredocs ** 2 / HEREDOCS_AT_ONCE)
    ? walk(parse(source.text), allowance, take)
    : { pos: 0, end: source.text.length };
  return { commands, writing, assigned, looped, end: stopped && placeOf(stopped, source) };
}

/**
 * Goes through the nodes of a script in the order in which they are written, and gives the one where it stops. A chain
 * of operators nests as deep as it is long, so that a function that calls itself would not come to its end.
 */
function walk(root: SyntaxNode, allowance: Allowance, take: Take): Range | undefined {
  const levels: Inner[][] = [[{ node: root, branches: [] }]];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const next = level.pop();
    if (next === undefined) levels.pop();
    else if (next.node.type !== "Script" || next.node.source === undefined) {
      const { node, branches } = next;
      const cost = (node.type === "Script" ? A_SCRIPT : A_NODE) + (node.end - node.pos) / CHARACTERS_AT_ONCE;
      if (levels.length > DEEPEST || !pay(allowance, cost)) return node;
      take(node, branches);
      const inside: Inner[] = [];
      forEachChild(node, (child) => {
        const branch = branchOf(node, child);
        inside.push({ node: child, branches: branch ? [...branches, branch] : branches });
      });
      if (inside.length > 0) levels.push(inside.reverse());
    }
  }
  return undefined;
}

type Take = (node: SyntaxNode, branches: readonly Branch[]) => void;

interface Inner {
  readonly node: SyntaxNode;
  readonly branches: readonly Branch[];
}

/** The part of a node that a child is, if that may not run. */
function branchOf(node: SyntaxNode, child: SyntaxNode): Branch | undefined {
  const of = node.pos;
  const one = (part: number, isAlone: boolean): Branch => ({ of, part, isAlone });
  switch (node.type) {
    case "If":
    case "Case":
      return child.type === "Word" || (node.type === "If" && child === node.clause) ? undefined : one(child.pos, true);
    case "For":
    case "ArithmeticFor":
    case "Select":
    case "While":
    case "Function":
      return child === node.body ? one(0, false) : undefined;
    case "AndOr": {
      const behind = node.operators.indexOf("||");
      const command = node.commands[behind + 1];
      return behind >= 0 && command && child.pos >= command.pos ? one(child.pos, false) : undefined;
    }
    default:
      return undefined;
  }
}

const NOTHING = () => undefined;

/** The words of a command as they are written, as far as the shell leaves them alone. */
function plainWords({ name, args }: Command): PlainWords {
  return [name, ...args].flatMap((word) => (word?.type === "Word" ? [word.parts ? undefined : word.value] : []));
}

function isWritten(redirect: Redirection): redirect is Redirect {
  return redirect.type === "Redirect" && redirect.operator === ">" && redirect.descriptor === undefined;
}

function assignedWord({ value, append, index }: Assignment, source: ScriptText): ShellWord | undefined {
  return value.type === "Word" && !append && index === undefined ? wordOf(value, source) : undefined;
}

interface Range {
  readonly pos: number;
  readonly end: number;
}

function placeOf({ pos, end }: Range, { file, offsets }: ScriptText): Place {
  return { file, start: offsets(pos), end: offsets(end) };
}

function commandOf(
  command: Command,
  source: ScriptText,
  branches: readonly Branch[] = [],
  before?: Command,
): ShellCommand {
  const words = [command.name, ...command.args].flatMap((word) => (word?.type === "Word" ? wordOf(word, source) : []));
  let heredoc: ShellWord | undefined;
  let from: ShellWord | undefined;
  let to: ShellWord | undefined;
  for (const redirect of command.redirects) {
    if (redirect.type === "HereDoc") heredoc = bodyOf(redirect.body, source);
    else if (redirect.type === "HereString") heredoc = redirect.target && wordOf(redirect.target, source);
    else if (redirect.target && redirect.type === "Redirect") {
      if (redirect.operator === "<") from = wordOf(redirect.target, source);
      if (isWritten(redirect)) to = wordOf(redirect.target, source);
    }
  }
  const input = before && commandOf(before, source);
  return { words, branches, heredoc, from, input, to, at: placeOf(command, source) };
}

function bodyOf(body: HereDocBody, source: ScriptText): ShellWord {
  const at = placeOf(body, source);
  const pieces = body.parts?.flatMap((part) => piecesOf(part, source));
  return { pieces: pieces ?? [{ kind: "text", text: body.text, at }], at };
}

function wordOf(word: Word, source: ScriptText): ShellWord {
  const at = placeOf(word, source);
  const pieces = word.parts?.flatMap((part) => piecesOf(part, source));
  return { pieces: pieces ?? [{ kind: "text", text: word.value, at }], at };
}

function piecesOf(part: WordPart, source: ScriptText): readonly ShellPiece[] {
  const at = placeOf(part, source);
  switch (part.type) {
    case "DoubleQuoted":
    case "LocaleString":
      return part.parts.flatMap((inner) => piecesOf(inner, source));
    case "SingleQuoted":
      // Between its quotes.
      return [{ kind: "text", text: part.value, at: placeOf({ pos: part.pos + 1, end: part.end - 1 }, source) }];
    case "SimpleExpansion":
      return [{ kind: "variable", name: part.text.slice(1), otherwise: undefined, at }];
    case "ParameterExpansion": {
      const { operation } = part;
      const defaults = operation?.type === "Default" && /^:?[-=]$/.test(operation.operator);
      const plain = operation === undefined && part.prefix === undefined && part.index === undefined;
      if (!plain && !defaults) return [{ kind: "output", of: NOTHING, written: part.text, at }];
      return [
        {
          kind: "variable",
          name: part.parameter,
          otherwise: defaults ? wordOf(operation.operand, source) : undefined,
          at,
        },
      ];
    }
    case "CommandExpansion":
      return [{ kind: "output", of: () => onlyCommand(part.script, source), written: part.text, at }];
    case "Literal":
    case "Glob":
    case "AnsiCQuoted":
      return [{ kind: "text", text: part.value, at }];
    default:
      return [{ kind: "output", of: NOTHING, written: part.text, at }];
  }
}

type Script = Extract<SyntaxNode, { readonly type: "Script" }>;

function onlyCommand(script: Script | undefined, source: ScriptText): ShellCommand | undefined {
  const [statement, ...more] = script?.source === undefined ? (script?.commands ?? []) : [];
  return statement?.command.type === "Command" && more.length === 0 ? commandOf(statement.command, source) : undefined;
}
