/** Words of a script as values: what the shell would put in, as far as the script and the files of the run show it. */
import { hideNamed } from "../../facts/hidden.ts";
import { ACCOUNT, hole, literal, PARTITION, REGION } from "../../facts/text.ts";
import { into } from "../../maps.ts";
import { type Allowance, isSpent, pay } from "../../purse.ts";
import type { Place, SourceFile } from "../../source.ts";
import { unmask } from "../../syntax/placeholders.ts";
import type { ShellCommand, ShellPiece, ShellScript, ShellWord } from "../../syntax/shell.ts";
import { textFrom } from "../../syntax/text.ts";
import { type Piece, type TextValue, unknownOf, type Value } from "../../syntax/value.ts";

/** What is known of a script beside its words. */
export interface ScriptScope {
  readonly file: SourceFile;
  readonly script: ShellScript;
  /** The values of the variables of a Makefile. */
  readonly made: ReadonlyMap<string, string>;
  /** The first command that writes into each file, by its path; made when it is asked for. */
  readonly writers: () => ReadonlyMap<string, ShellCommand>;
  /** What may still be put together, in microseconds: variables that are made of each other grow without end. */
  readonly budget: Allowance;
  /** The path in the run of a file that the script names. */
  readonly find: (path: string) => string | undefined;
  /** The value that a file of the run holds; undefined for one that is not in the run. */
  readonly fileNamed: (path: string) => Value | undefined;
}

/** Variables may be made of each other this often. */
const DEEPEST = 8;

/** What a piece costs that is looked up and followed, in microseconds. */
const A_VARIABLE = 4;
/** So many characters are put together and looked through in one. */
const CHARACTERS_AT_ONCE = 8;

/**
 * A word as text, with `${NAME}` for what has no value, as templates have it: it becomes a hole like theirs. It is
 * empty when the budget is spent: the script is not read then.
 */
export function textOf(word: ShellWord, scope: ScriptScope, depth = 0): TextValue {
  const { pieces, at } = followedIn(word, scope);
  const made = pieces.flatMap((piece) => piecesOf(piece, scope, depth));
  return isSpent(scope.budget) ? { kind: "text", value: "", at } : textFrom(made, at);
}

/** The word that a variable is given, where a word is nothing but that variable; else the word itself. */
function followedIn(word: ShellWord, scope: ScriptScope, depth = 0): ShellWord {
  const [only, ...more] = word.pieces;
  const given = only?.kind === "variable" && more.length === 0 ? givenTo(only.name, scope) : undefined;
  return given && depth < DEEPEST ? followedIn(given, scope, depth + 1) : word;
}

/** The only value that a script gives a variable. */
function givenTo(name: string, { script }: ScriptScope): ShellWord | undefined {
  const only = script.assigned.get(name);
  if (only === undefined) return undefined;
  const itself = only.pieces.find((piece) => piece.kind === "variable" && piece.name === name);
  // X="${X:-default}" gives it a default.
  const isDefault = itself?.kind === "variable" && only.pieces.length === 1;
  return itself === undefined ? only : isDefault ? itself.otherwise : undefined;
}

function piecesOf(piece: ShellPiece, scope: ScriptScope, depth: number): readonly Piece[] {
  const { at } = piece;
  const cost = piece.kind === "text" ? 1 + piece.text.length / CHARACTERS_AT_ONCE : A_VARIABLE;
  if (!pay(scope.budget, cost)) return [];
  const inner = (word: ShellWord) => [{ text: textOf(word, scope, depth + 1).value, at }];
  if (piece.kind === "text") {
    return filledByMake(piece, scope).map(({ text, at }) => ({ text: literal(unmask(text)), at }));
  }
  if (piece.kind === "output") return outputOf(piece.of(), piece.written, scope, depth, at);
  const given = givenTo(piece.name, scope);
  if (given && depth < DEEPEST) {
    const value = inner(given);
    for (const { text } of value) hideNamed(piece.name, text);
    return value;
  }
  if (/^AWS_(?:DEFAULT_)?REGION$/.test(piece.name)) return [{ text: REGION, at }];
  const made = scope.made.get(piece.name);
  if (made !== undefined) return [{ text: made, at }];
  const isNew = !scope.script.assigned.has(piece.name);
  if (piece.otherwise && isNew && depth < DEEPEST) return inner(piece.otherwise);
  // What the script is given from outside is one value everywhere; anything else may change from line to line.
  return [{ text: isNew && /^[A-Za-z_]/.test(piece.name) ? `\${${piece.name}}` : unknownAt(`$${piece.name}`, at), at }];
}

/** A text in which make puts the values of its variables, before the shell sees it; each is where its name is. */
function filledByMake({ text, at }: Piece, { made }: ScriptScope): readonly Piece[] {
  if (made.size === 0 || !text.includes("$") || text.length !== at.end - at.start) return [{ text, at }];
  let end = 0;
  return text.split(/(\$\(\w+\)|\$\{\w+\})/).map((part, index) => {
    const start = at.start + end;
    end += part.length;
    const value = index % 2 === 0 ? undefined : made.get(part.slice(2, -1));
    return { text: value ?? part, at: { file: at.file, start, end: at.start + end } };
  });
}

/** What a command writes, where that is known: the account, the ARN of something that has a name. */
function outputOf(
  command: ShellCommand | undefined,
  written: string,
  scope: ScriptScope,
  depth: number,
  at: Place,
): readonly Piece[] {
  const [, variable] = /^\$\((\w+)\)$/.exec(written) ?? [];
  if (variable !== undefined) return [{ text: scope.made.get(variable) ?? written, at }];
  const words = depth < DEEPEST ? (command?.words ?? []).map((word) => textOf(word, scope, depth + 1).value) : [];
  if (command?.heredoc && words[0] === "cat") {
    const { pieces, value } = textOf(command.heredoc, scope, depth + 1);
    return pieces ?? [{ text: value, at }];
  }
  if ((words[0] === "echo" || words[0] === "printf") && words.length === 2) return [{ text: words[1] ?? "", at }];
  return [
    { text: arnOf(words) ?? unknownAt(written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written, at), at },
  ];
}

/** No more is shown of a command. */
const LONGEST = 40;

/** A value that is known only when the script runs. */
function unknownAt(words: string, at: Place): string {
  const { path } = at.file;
  const cause = { kind: "function", name: words, unit: path } as const;
  return hole(`${words}.${at.start}@${path}`, "wide", { words, unit: path, cause });
}

/** https://docs.aws.amazon.com/cli/latest/reference/ : what `--query` takes out of the answers. */
function arnOf(words: readonly string[]): string | undefined {
  const option = (name: string) => words[words.indexOf(name) + 1 || words.length];
  const says = (...expected: readonly string[]) => expected.every((word) => words.includes(word));
  const query = option("--query") ?? "";
  if (words[0] !== "aws") return undefined;
  if (says("sts", "get-caller-identity") && query === "Account") return ACCOUNT;
  if (says("configure", "get", "region")) return REGION;
  if (says("iam") && /^Role\.Arn$/.test(query)) return named("iam", "", "role/", option("--role-name"));
  if (says("iam") && /^Policy\.Arn$/.test(query)) return named("iam", "", "policy/", option("--policy-name"));
  if (says("secretsmanager") && query === "ARN") {
    return named("secretsmanager", REGION, "secret:", option("--name") ?? option("--secret-id"));
  }
  return undefined;
}

function named(service: string, region: string, type: string, name: string | undefined): string | undefined {
  return name === undefined || name.startsWith("arn:")
    ? name
    : `arn:${PARTITION}:${service}:${region}:${ACCOUNT}:${type}${name}`;
}

/** The value of an option of a command: what a file holds that it names, or its text. */
export function argumentOf(word: ShellWord, scope: ScriptScope, command: ShellCommand): Value {
  const path = fileOf(word, scope);
  if (path !== undefined && isInput(path)) return inputOf(command, scope) ?? missing(path, scope, word.at);
  if (path !== undefined) return scope.fileNamed(path) ?? writtenTo(path, scope) ?? missing(path, scope, word.at);
  return textOf(word, scope);
}

/** The file whose content a word is: `file://…`, or the output of `cat`. */
export function fileOf(word: ShellWord, scope: ScriptScope): string | undefined {
  const followed = followedIn(word, scope);
  const [only, ...more] = followed.pieces;
  if (only?.kind === "output" && more.length === 0) {
    const words = (only.of()?.words ?? []).map((word) => textOf(word, scope).value);
    return words[0] === "cat" && words.length === 2 ? words[1] : undefined;
  }
  const { value } = textOf(followed, scope);
  return value.startsWith("file://") ? value.slice("file://".length) : undefined;
}

/** What the script itself writes into a file before it uses it. */
export function writtenTo(path: string, scope: ScriptScope): Value | undefined {
  const command = scope.writers().get(beside(path));
  return command && writtenBy(command, scope);
}

/** Whether a path is what a command reads from its input. */
export function isInput(path: string): boolean {
  return /^\/(?:dev\/(?:stdin|fd\/0)|proc\/self\/fd\/0)$/.test(path);
}

/** What a command reads from its input, where the script shows it. */
export function inputOf({ heredoc, from, input }: ShellCommand, scope: ScriptScope): Value | undefined {
  if (heredoc) return textOf(heredoc, scope);
  if (from) return scope.fileNamed(textOf(from, scope).value);
  return input && writtenBy(input, scope);
}

/** What a command writes. */
function writtenBy(command: ShellCommand, scope: ScriptScope): Value | undefined {
  const words = command.words.map((word) => ({ word, text: textOf(word, scope).value }));
  const [first, ...rest] = words[0]?.text === "sudo" ? words.slice(1) : words;
  if (first === undefined) return undefined;
  const given = rest.filter(({ text }) => !text.startsWith("-"));
  const [only, ...more] = given;
  if (first.text === "tee") return inputOf(command, scope);
  if (first.text === "cat") {
    return only && more.length === 0 ? scope.fileNamed(only.text) : only ? undefined : inputOf(command, scope);
  }
  if (first.text === "echo") return only && more.length === 0 ? textOf(only.word, scope) : undefined;
  if (first.text === "printf" && /^%s(?:\\n)?$/.test(only?.text ?? "")) {
    return more[0] && more.length === 1 ? textOf(more[0].word, scope) : undefined;
  }
  // What envsubst and sed make of a template: what they fill in is a placeholder there.
  if (first.text === "envsubst" && command.from) return scope.fileNamed(textOf(command.from, scope).value);
  return first.text === "sed" && rest.length > 0 ? scope.fileNamed(rest.at(-1)?.text ?? "") : undefined;
}

/** The first command of a script that writes into each file, by its path. */
export function writersOf(scope: ScriptScope): ReadonlyMap<string, ShellCommand> {
  const writers = new Map<string, ShellCommand>();
  for (const command of scope.script.writing) {
    for (const file of filesOf(command, scope)) into(writers, beside(textOf(file, scope).value), () => command);
  }
  return writers;
}

/** The files that a command writes. */
function filesOf({ words, to }: ShellCommand, scope: ScriptScope): readonly ShellWord[] {
  const names = words.map((word) => textOf(word, scope).value);
  const tee = names.slice(0, 2).indexOf("tee");
  const files = tee === -1 ? [] : words.filter((_, index) => index > tee && !names[index]?.startsWith("-"));
  return to && tee === -1 ? [to] : files;
}

/** A path as it is written without a dot for the folder in which a script runs. */
function beside(path: string): string {
  return path.replace(/^\.\//, "");
}

function missing(path: string, { file }: ScriptScope, at: Place): Value {
  const cause = { kind: "file", name: path, unit: file.path } as const;
  return unknownOf(hole(`file ${path}@${file.path}.${at.start}`, "wide", { words: path, unit: file.path, cause }), at);
}
