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
  type SyntaxNode,
  type Word,
  type WordPart,
} from "unbash";
import { addTo } from "../maps.ts";
import type { Place, SourceFile } from "../source.ts";

/** The text of a script, and the place in its file of each of its characters and of its end. */
export interface ScriptText {
  readonly file: SourceFile;
  readonly text: string;
  readonly offsets: (index: number) => number;
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
      /** The one command; undefined when there are several. */
      readonly of: ShellCommand | undefined;
      readonly written: string;
      readonly at: Place;
    };

export interface ShellWord {
  readonly pieces: readonly ShellPiece[];
  readonly at: Place;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** The text of a heredoc that it reads, or the file. */
  readonly heredoc: ShellWord | undefined;
  readonly from: ShellWord | undefined;
  /** The file that it writes. */
  readonly to: ShellWord | undefined;
  readonly at: Place;
}

export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  /** The values that variables are given, by name; undefined for one that is made by a loop or the like. */
  readonly assigned: ReadonlyMap<string, readonly (ShellWord | undefined)[]>;
}

/** Reads a script; what can't be parsed is left out. */
export function readScript(source: ScriptText): ShellScript {
  const commands: ShellCommand[] = [];
  const assigned = new Map<string, (ShellWord | undefined)[]>();
  const assign = (name: string, value: ShellWord | undefined): void => {
    addTo(assigned, name, value);
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Script" && node.source !== undefined) return;
    if (node.type === "Command") commands.push(commandOf(node, source));
    if (node.type === "Assignment") assign(node.name, assignedWord(node, source));
    if (node.type === "For" || node.type === "Select") assign(node.name.value, undefined);
    if (node.type === "Command" && node.name?.value === "read") {
      for (const word of node.args) if (word.type === "Word") assign(word.value, undefined);
    }
    forEachChild(node, visit);
  };
  visit(parse(source.text));
  return { commands, assigned };
}

function assignedWord({ value, append, index }: Assignment, source: ScriptText): ShellWord | undefined {
  return value.type === "Word" && !append && index === undefined ? wordOf(value, source) : undefined;
}

function placeOf({ pos, end }: { readonly pos: number; readonly end: number }, { file, offsets }: ScriptText): Place {
  return { file, start: offsets(pos), end: offsets(end) };
}

function commandOf(command: Command, source: ScriptText): ShellCommand {
  const words = [command.name, ...command.args].flatMap((word) => (word?.type === "Word" ? wordOf(word, source) : []));
  let heredoc: ShellWord | undefined;
  let from: ShellWord | undefined;
  let to: ShellWord | undefined;
  for (const redirect of command.redirects) {
    if (redirect.type === "HereDoc") heredoc = bodyOf(redirect.body, source);
    else if (redirect.target && redirect.type === "Redirect") {
      if (redirect.operator === "<") from = wordOf(redirect.target, source);
      if (redirect.operator === ">" && redirect.descriptor === undefined) to = wordOf(redirect.target, source);
    }
  }
  return { words, heredoc, from, to, at: placeOf(command, source) };
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
      if (!plain && !defaults) return [{ kind: "output", of: undefined, written: part.text, at }];
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
      return [{ kind: "output", of: onlyCommand(part.script, source), written: part.text, at }];
    case "Literal":
    case "Glob":
    case "AnsiCQuoted":
      return [{ kind: "text", text: part.value, at }];
    default:
      return [{ kind: "output", of: undefined, written: part.text, at }];
  }
}

type Script = Extract<SyntaxNode, { readonly type: "Script" }>;

function onlyCommand(script: Script | undefined, source: ScriptText): ShellCommand | undefined {
  const [statement, ...more] = script?.source === undefined ? (script?.commands ?? []) : [];
  return statement?.command.type === "Command" && more.length === 0 ? commandOf(statement.command, source) : undefined;
}
