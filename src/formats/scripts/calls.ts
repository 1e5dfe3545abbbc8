/** Which commands of a script are calls of the AWS CLI, whatever runs them. */
import type { PlainWords, ShellCommand, ShellWord } from "../../syntax/shell.ts";
import type { Entry } from "../../syntax/value.ts";
import { GLOBAL_WITH_VALUE, type Option, optionsOf, SERVICES } from "./operations.ts";
import { type ScriptScope, textOf } from "./values.ts";

/** The call that makes a job definition. */
export const REGISTER = "register-job-definition";

/** A script with its functions that call the CLI. */
export interface CallScope extends ScriptScope {
  readonly wrappers: ReadonlySet<string>;
}

export interface Call {
  readonly operation: string;
  readonly options: ReadonlyMap<string, Option>;
  /** The words of each option that is given. */
  readonly given: ReadonlyMap<string, readonly ShellWord[]>;
  /** What the call says without an option. */
  readonly implied: readonly Entry[];
  readonly command: ShellCommand;
}

/**
 * What runs the command in its arguments: in a container, an environment, a session, with a limit, or as it is; also
 * its options, and assignments before a command.
 */
const RUNNER = new RegExp(
  `^[@-]?(?:${[
    "sudo|doas|time|exec|command|eval|env|nohup|xargs|run|retry|timeout|nice|ionice|stdbuf|flock|parallel|ssh|python3?",
    "docker|podman|nerdctl|docker-compose|poetry|pipenv|uvx?|pdm|npx|dotenv|chamber|doppler|op|aws-vault|aws-okta",
    "saml2aws|granted|assume|nix|nix-shell|devbox|-.*|\\w+=.*",
  ].join("|")})$`,
);
/** Commands that only show their arguments. */
const SHOWING =
  /^[@-]?(?:echo|printf?|cat|e?grep|rg|man|which|type|hash|alias|log\w*|\w+_log|info|warn\w*|err\w*|debug|die|say|note|usage|help|step|:)$/i;

/** The name of the command, in a Makefile behind signs, or by its path, or its image. */
const AWS = /^(?:[@-]*|.*\/)aws(?:2|cli|\.exe)?$|^(?:.*\/)aws-cli(?:[:@].*)?$/s;

/** What follows the name: an option or a service, not the rest of a path that a container is given. */
const BEHIND = new RegExp(`^(?:--.*|${SERVICES.join("|")})$`, "s");

/** Whether the words at an index are those of a registration, whatever runs them. */
const isRegistering = (words: PlainWords, index: number): boolean =>
  words[index] === "batch" && words[index + 1] === REGISTER;

const SHELL = /^(?:.*\/)?(?:ba|z|da|k)?sh$/;
const IN_STRING = /\bbatch\s{1,9}register-job-definition\b/;

/** Whether a command gives a registration to a shell as one string: `bash -c "aws batch …"`. */
export function isInString({ words }: ShellCommand, scope: CallScope): boolean {
  const [first = "", ...rest] = words.map((word) => textOf(word, scope).value);
  return (SHELL.test(first) || RUNNER.test(first)) && rest.some((text) => IN_STRING.test(text));
}

/** Whether a command may be a call, by the words before its name. `wrappers` are functions that call it. */
export function mayCallAws(words: PlainWords, wrappers: ReadonlySet<string>): boolean {
  let isWrapped = true;
  for (const [index, word] of words.entries()) {
    if (word === undefined ? isWrapped : AWS.test(word) || wrappers.has(word) || isRegistering(words, index))
      return true;
    if (word !== undefined && SHELL.test(word)) return words.length > index + 1;
    if (word !== undefined && isWrapped && SHOWING.test(word)) return false;
    isWrapped &&= word === undefined || RUNNER.test(word);
  }
  return false;
}

/** Whether the call behind these words is run: of a command that is not known, only what it registers is read. */
function isRun(words: readonly string[], operation: string): boolean {
  const first = words.find((word) => !/^(?:\w+=|[@-]?-)/.test(word)) ?? "";
  return first === "" || RUNNER.test(first) || (operation === REGISTER && !SHOWING.test(first));
}

/** A function of a script that calls the AWS CLI with what it is given: `aws_in() { aws --region "$1" "$@"; }`. */
const WRAPPER =
  /(?:^|[\n;])[ \t]{0,40}(?:function[ \t]{1,9})?([\w-]{1,60})[ \t]{0,9}(?:\([ \t]{0,9}\))?[ \t]{0,9}\{\s{0,40}(?:command[ \t]{1,9})?aws[ \t][^\n;{}]{0,200}"\$@"[^\n;{}]{0,80}[;\n]/g;

export function wrappersIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(WRAPPER)].map(([, name = ""]) => name));
}

/** The CLI of LocalStack, which calls no AWS. https://github.com/localstack/awscli-local */
const LOCAL = /^(?:.*\/)?awslocal$/;

/**
 * An address that is no AWS: of LocalStack, of moto, or of a host that only a machine or its containers know.
 * https://docs.localstack.cloud/aws/integrations/aws-native-tools/aws-cli/
 */
const LOCAL_ADDRESS =
  /^(?:https?:\/\/)?(?:localhost|127\.\d|0\.0\.0\.0|\[::1\]|host\.docker\.internal|(?:[\w-]+\.)*(?:localstack|moto)\b|[^/\s]*:4566\b)/i;

/** The words of a command; a variable that is the beginning of one is as many as it has. */
function wordsOf({ words }: ShellCommand, scope: CallScope): { readonly word: ShellWord; readonly text: string }[] {
  return words.flatMap((word) => {
    const text = textOf(word, scope).value;
    const parts = word.pieces.length === 1 && word.pieces[0]?.kind !== "text" ? text.trim().split(/\s+/) : [text];
    return AWS.test(parts[0] ?? "") ? parts.map((part) => ({ word, text: part })) : [{ word, text }];
  });
}

/** The call of an operation that is read; undefined for any other command. */
export function callOf(command: ShellCommand, scope: CallScope): Call | undefined {
  const words = wordsOf(command, scope);
  const texts = words.map(({ text }) => text);
  const isCall = (text: string, index: number) =>
    (AWS.test(text) || scope.wrappers.has(text)) && BEHIND.test(texts[index + 1] ?? "");
  const found = texts.findIndex(isCall);
  const start = found === -1 ? texts.findIndex((_, index) => isRegistering(texts, index)) - 1 : found;
  if (start < 0 || LOCAL.test(texts[start] ?? "")) return undefined;
  const names: string[] = [];
  const given = new Map<string, ShellWord[]>();
  let current: ShellWord[] | undefined;
  for (const { word, text } of words.slice(start + 1)) {
    const [, name = "", value] = /^--([a-z][a-z0-9-]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
    if (name !== "") {
      current = value === undefined ? [] : [{ pieces: [{ kind: "text", text: value, at: word.at }], at: word.at }];
      given.set(name, current);
      if (names.length < 2 && !GLOBAL_WITH_VALUE.has(name)) current = undefined;
    } else if (current && (names.length === 2 || current.length === 0)) current.push(word);
    else if (names.length < 2) {
      names.push(text);
      current = undefined;
    }
  }
  const [service = "", operation = ""] = names;
  const options = optionsOf(service, operation);
  if (!options || given.has("generate-cli-skeleton")) return undefined;
  if (given.get("endpoint-url")?.some((word) => LOCAL_ADDRESS.test(textOf(word, scope).value))) return undefined;
  if (!isRun(texts.slice(0, found === -1 ? start + 1 : start), operation)) return undefined;
  return { operation, options, given, implied: impliedBy(operation, given, command), command };
}

/** A key is for encryption unless its call says otherwise. */
function impliedBy(
  operation: string,
  given: ReadonlyMap<string, readonly ShellWord[]>,
  { at }: ShellCommand,
): readonly Entry[] {
  if (operation !== "create-key" || given.has("key-usage")) return [];
  return [{ key: "KeyUsage", keyAt: at, value: { kind: "text", value: "ENCRYPT_DECRYPT", at } }];
}
