/**
 * Masking of secrets in everything that is printed. Every mask has the length of what it hides, so columns stay right.
 *
 * Two strengths, both linear in the length of the text:
 * - `redact`, for messages: formats that are secrets anywhere, and long random strings after a word like "password".
 * - `redactSource`, for lines of files: also any literal that is assigned to such a name, however short.
 * Both leave ARNs, names of secrets, references and placeholders readable: those are what findings are about.
 */

import { credentialsIn, HOOK, loginsIn, PRIVATE_KEY, TOKENS, URL_PASSWORD } from "../facts/credentials/find.ts";
import { isSensitiveName, table } from "../facts/credentials/names.ts";
import { changes, isRandom } from "../facts/credentials/values.ts";
import { isLiteral } from "../facts/text.ts";
import { into } from "../maps.ts";
import type { Report } from "./report.ts";
import { changeTexts } from "./texts.ts";
import { stars } from "./visible.ts";

/** Words that end a name whose value is a secret, and never name anything else. */
const VALUE_WORD = [
  ...table.words.filter((word) => word !== "secret"),
  `(?:${table.keys.join("|")})[_-]?key`,
  "(?:client|app|consumer|shared)[_-]?secret",
  "secret[_-]?(?:string|binary)",
  "(?<![a-z])(?:pass|pw)(?![a-z])",
].join("|");
/** These may also end the name of a thing that holds a secret: `secret: prod/db`. */
const SECRET_WORD = `${VALUE_WORD}|secret|credentials?`;
/** A colon assigns only when a blank or a quote follows: `db-password:key::` is a part of an ARN. */
const COLON = `:(?=[\\s"'\\\\])`;

/**
 * A long run of base64 or hexadecimal after a secret word, with or without a sign between them.
 * `(?<!:)` keeps `arn:…:secret:name` and `{{resolve:secretsmanager:name:SecretString:key}}` out.
 */
const NAMED_RANDOM = new RegExp(
  `((?<!:)(?:${SECRET_WORD})["'\\\\]{0,3}(\\s{0,40}(?:=>|[=,]|${COLON})\\s{0,40}|\\s{1,40})["'\\\\]{0,3})([A-Za-z0-9+/_~-]{16,4096}={0,2})`,
  "gi",
);
/** Forty characters of base64 by themselves: the form of an AWS secret access key. */
const AWS_SECRET_KEY = /(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_.-])/g;

/** A token for a user in a URL, and parameters of a URL that sign it or log in. */
const URL_USER = /(:\/\/)([^\s/:@"'<>`\\]{10,256})(?=@)/g;
const URL_QUERY = new RegExp(
  `([?&](?:sig|[\\w-]{0,64}?(?:signature|credential|${VALUE_WORD}))=)([^\\s&#"'<>\`\\\\]{6,4096})`,
  "gi",
);

/** A quote that may be missing, or escaped because it is inside another string. */
const QUOTE = `\\\\{0,3}["']?`;
/** `name = "value"`, `"name": "value"`, `\"name\":\"value\"`, with the value in quotes of any depth. */
const ASSIGNED_QUOTED = new RegExp(
  `((?<!:)(?:${VALUE_WORD})\\\\{0,3}["']?\\s{0,40}(?:=>|[:=])\\s{0,200})(\\\\{0,3}["'])((?:(?!(?<!\\\\)\\2)[^\\n]){1,4096})`,
  "gi",
);
/** `<password>value</password>`, where the first tag may have been taken for a placeholder. */
const ASSIGNED_XML = new RegExp(
  `(?<![!-;=?-~])([!-;=?-~]{1,4096})(?=\\s{0,40}</[\\w:.-]{0,64}?(?:${VALUE_WORD})>)`,
  "gi",
);
/** `name: value`, `NAME=value` without quotes, to the end of the word. */
const ASSIGNED_PLAIN = new RegExp(
  `((?<!:)(?:${VALUE_WORD})["']?[ \\t]{0,40}(?:=>?|${COLON})[ \\t]{0,40})([^\\s"'\\\\,;}\\])]{1,4096})`,
  "gi",
);
/** `--password value`, `--password=value`, `"--password", "value"`, and the same as items of a YAML list. */
const FLAG = new RegExp(
  `(--[\\w-]{0,64}?(?:${VALUE_WORD})["']?(?:=|\\s{0,200}[,-]\\s{0,200}|[ \\t]{1,40})["']?)([^\\s"'\\\\,;}\\])-][^\\s"'\\\\,;}\\])]{0,4096})`,
  "gi",
);
/** A pair of name and value, in this order, on one line or two. */
const NAMED_VALUE = new RegExp(
  `(\\bname${QUOTE}\\s{0,40}[:=]\\s{0,40}${QUOTE})([\\w.-]{1,255})(${QUOTE}\\s{0,100}(?:,\\s{0,100})?${QUOTE}value${QUOTE}\\s{0,40}[:=]\\s{0,40})(\\\\{0,3}["'](?:(?!(?<!\\\\)["'])[^\\n]){1,4096}|[^\\s"',}\\]]{1,4096})`,
  "gi",
);

/** The same with the value first, which is no more unusual in JSON. */
const VALUE_NAMED = new RegExp(
  `(\\bvalue${QUOTE}\\s{0,40}[:=]\\s{0,40})(\\\\{0,3}["'](?:(?!(?<!\\\\)["'])[^\\n]){1,4096}|[^\\s"',}\\]]{1,4096})(${QUOTE}\\s{0,100}(?:,\\s{0,100})?${QUOTE}name${QUOTE}\\s{0,40}[:=]\\s{0,40}${QUOTE})([\\w.-]{1,255})`,
  "gi",
);
/** An expression that chooses the value of such a name: `!If [IsProd, "value", …]`, `lookup(var.x, "y", "value")`. */
const NAMED_CHOICE =
  /(\bname["']?\s{0,40}[:=]\s{0,40}["']?)([\w.-]{1,255})(["']?\s{0,100}(?:,\s{0,100})?["']?value["']?\s{0,40}[:=]\s{0,40}(?:\{\s{0,9}["']Fn::If["']\s{0,9}:|!If\b|(?:coalesce|lookup|try)\(|[^\s"'{}\n][^"'{}\n]{0,255}\?))([^\n}]{1,4096})/gi;
/** The strings of it, but what is behind `[`: a key, or the condition of `Fn::If`. */
const STRING = /(?<!\[\s{0,9})(["'])((?:(?!\1)[^\\\n]){4,4096})(?=\1)/g;

/** Texts that refer to a value and are none: ARNs, holes and placeholders, tags, aliases, expressions, switches. */
const REFERENCE = new RegExp(
  `^(?:${[
    "arn:(?:aws|[^A-Za-z0-9]|$|[^:\\s]{0,99}:)",
    "\\$[{(]",
    "\\$[A-Z_][A-Z0-9_]*$",
    "%[{(]|%[A-Z_]+%$",
    "\\{\\{",
    "<[^>]*>$",
    "__\\w+__$",
    "\\*+$|\\*\\w|&\\w|![A-Z]\\w+$|[|>][+-]?\\d?$|[\\[{(]+(?:$|[A-Z]\\w*:)",
    "(?:var|local|module|data|each|self|path|count)\\.\\w",
    "(?:aws|random|tls|vault|google|azurerm)_\\w+\\.",
    "(?:json(?:en|de)code|base64(?:en|de)code|(?:non)?sensitive|file|templatefile|sha256)\\(",
    "(?:try|one|lookup|element|coalesce|tostring|trimspace|join|format)\\(",
    "(?:[Tt]rue|TRUE|[Ff]alse|FALSE|[Nn]ull|[Nn]one|[Yy]es|[Nn]o|~)$",
    "\\d{1,5}$",
  ].join("|")})`,
);

/** What is an alias, an anchor or a tag of YAML, unless it is in quotes. */
const YAML_MARK = /^(?:[*&]\w|![A-Z])/;

/** Whether a written value is a literal, not a reference, a placeholder, a switch or a number. */
export function isLiteralSecret(value: string, isQuoted = false): boolean {
  return value !== "" && isLiteral(value) && (!REFERENCE.test(value) || (isQuoted && YAML_MARK.test(value)));
}

function maskQuoted(all: string, quote: string, value: string): string {
  return isLiteralSecret(value, true) ? quote + stars(value) : all;
}

/** The text with everything masked that is a secret by its form. Same length, same lines. */
export function redact(text: string): string {
  if (text.length < 8) return text;
  return redactMarked(text)
    .replace(TOKENS, stars)
    .replace(NAMED_RANDOM, (all, head: string, sign: string, value: string, at: number, whole: string) =>
      value.length >= (/[:=,]/.test(sign) ? 16 : 32) && isRandom(value) && !isInsideArn(whole, at)
        ? head + stars(value)
        : all,
    )
    .replace(AWS_SECRET_KEY, (value) => (isRandom(value) && changes(value) >= 18 ? stars(value) : value));
}

/** Secrets behind a mark that few texts have, so that few runs compile their patterns. */
function redactMarked(text: string): string {
  let shown = text;
  if (shown.includes("PRIVATE KEY")) {
    shown = shown.replace(PRIVATE_KEY, (_, head: string, body: string) => head + stars(body));
  }
  if (shown.includes("hook")) {
    shown = shown.replace(HOOK, (_, host: string, path: string) => host + stars(path));
  }
  if (shown.includes("://")) {
    shown = shown.replace(URL_PASSWORD, maskLiteral);
    shown = shown.replace(URL_USER, (all, head: string, user: string) => (isRandom(user) ? head + stars(user) : all));
    shown = shown.replace(URL_QUERY, maskLiteral);
  }
  return shown;
}

/** What a pattern of a head and a value found, with the value masked when it is a literal. */
function maskLiteral(all: string, head: string, value: string): string {
  return isLiteralSecret(value) ? head + stars(value) : all;
}

/** As `redact`, and every literal masked that a file assigns to a name such as `password`. Same length, same lines. */
export function redactSource(text: string): string {
  const shown = redact(text)
    .replace(BASE64, (run) => (isEncodedSecret(run) ? stars(run) : run))
    .replace(
      ASSIGNED_QUOTED,
      (_, head: string, quote: string, value: string) => head + maskQuoted(quote + value, quote, value),
    )
    .replace(ASSIGNED_XML, (value) => (isLiteralSecret(value) ? stars(value) : value))
    .replace(FLAG, maskLiteral)
    .replace(ASSIGNED_PLAIN, maskLiteral)
    .replace(NAMED_VALUE, (all, head: string, name: string, between: string, value: string) => {
      const quote = /^\\{0,3}["']/.exec(value)?.[0] ?? "";
      const bare = value.slice(quote.length);
      return isSensitiveName(name) && isLiteralSecret(bare, quote !== "")
        ? head + name + between + quote + stars(bare)
        : all;
    })
    .replace(NAMED_CHOICE, (all, head: string, name: string, between: string, choice: string) =>
      isSensitiveName(name) ? head + name + between + choice.replace(STRING, maskQuoted) : all,
    )
    .replace(VALUE_NAMED, (all, head: string, value: string, between: string, name: string) => {
      const quote = /^\\{0,3}["']/.exec(value)?.[0] ?? "";
      const bare = value.slice(quote.length);
      return isSensitiveName(name) && isLiteralSecret(bare, quote !== "")
        ? head + quote + stars(bare) + between + name
        : all;
    });
  return maskLogins(shown);
}

/** A run that may be base64 of a login or of more. */
const BASE64 = /(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{16,8192}={0,2}(?![A-Za-z0-9+/=_.-])/g;

/** Whether base64 says `user:password`, as of `Authorization: Basic`, or a text with a credential in it. */
function isEncodedSecret(run: string): boolean {
  const text = Buffer.from(run, "base64").toString("latin1");
  return /^[\t\r\n -~]+$/.test(text) && (/^[\w.@-]{1,64}:\S{3,}$/.test(text) || credentialsIn(text).length > 0);
}

/** The text with the passwords masked that commands in it log in with. */
function maskLogins(text: string): string {
  let shown = "";
  let done = 0;
  for (const { start, end } of loginsIn(text).sort((one, other) => one.start - other.start)) {
    if (start < done) continue;
    shown += text.slice(done, start) + stars(text.slice(start, end));
    done = end;
  }
  return shown + text.slice(done);
}

/** Whether an offset lies in an ARN: secrets are often named after what they hold. 2,048 is the longest ARN. */
function isInsideArn(text: string, offset: number): boolean {
  return /arn:[^\s"'`]*$/.test(text.slice(Math.max(0, offset - 2048), offset));
}

/** The report with all strings redacted: what is shown of files, names and paths. */
export function redactReport(report: Report): Report {
  // Thousands of references say the same sentence.
  const made = new Map<string, string>();
  return changeTexts(report, (text) => into(made, text, () => redact(text)));
}
