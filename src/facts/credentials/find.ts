/**
 * The credentials that are written out in a string. TypeScript says where one is and by what it is known; whether it may
 * be there is a rule's question.
 */
import { FORMATS, type Format } from "./formats.ts";
import { isCredentialName, isWeakName } from "./names.ts";
import { isPlaceWord, isRandom, mayBeCredential } from "./values.ts";

/**
 * By what a credential is known: its documented format, a private key's frame, a password in a URL, a registry login, or
 * only the name that it has.
 */
export type Form = "token" | "private_key" | "url" | "login" | "name";

export interface Found {
  readonly form: Form;
  /** What it is, with its article: `a GitHub token`. */
  readonly what: string;
  /** The name that it has in the string: `DB_PASSWORD` of `export DB_PASSWORD=…`; empty for one without. */
  readonly name: string;
  /** False for what may be known to others: the ID of a key, a token that is made for browsers, a usual default. */
  readonly sure: boolean;
  readonly start: number;
  readonly end: number;
}

/** No letter or digit may precede a token, except the letter of an escape such as `\n` in JSON. */
const BEFORE = "(?<=^|[^A-Za-z0-9]|\\\\[nrtbf])";

/** Any token of a documented format. */
export const TOKENS = new RegExp(`${BEFORE}(?:${FORMATS.map(([, pattern]) => pattern).join("|")})`, "g");
export const PRIVATE_KEY = /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)((?:(?!-----END)[\s\S]){1,16384})/g;
export const URL_PASSWORD = /(:\/\/[^\s/:@"'<>`\\]{0,256}:)([^\s/"'<>`\\]{1,512})(?=@)/g;
export const HOOK =
  /((?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|[\w-]{1,64}\.webhook\.office\.com\/webhookb2)\/)([\w/@-]{20,255})/g;

/** What is made of nothing but letters, digits and few signs can be a token: nothing else is looked at. */
const MAY_BE_TOKEN = /[A-Za-z0-9_+/=.~-]{16}/;

/**
 * The credentials in a string by their form, then those by the names that they have in it, in this order. Linear in the
 * length of the string.
 */
export function credentialsIn(value: string): Found[] {
  if (value.length < 8) return [];
  const found = [...tokens(value), ...keysAndAddresses(value), ...loginsIn(value)];
  const known = (start: number, end: number) => found.some((one) => one.start < end && one.end > start);
  return [...found, ...assigned(value).filter(({ start, end }) => !known(start, end))];
}

/** As matchAll, which makes a copy of the pattern for every string: thirty times as dear for a short one. */
function matches(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.push(match);
  return found;
}

function tokens(value: string): Found[] {
  if (!MAY_BE_TOKEN.test(value)) return [];
  return matches(TOKENS, value).flatMap(({ 0: token, index }) => {
    const [what, , doubt] = formatOf(token);
    if (isExample(token) || (doubt === "loose" && !isRandom(token))) return [];
    return [{ form: "token", what, name: "", sure: doubt !== "shared", start: index, end: index + token.length }];
  });
}

const EACH = new Map<Format, RegExp>();

function formatOf(token: string): Format {
  const fits = (format: Format): boolean => {
    const pattern = EACH.get(format) ?? new RegExp(`^(?:${format[1]})$`);
    EACH.set(format, pattern);
    return pattern.test(token);
  };
  return FORMATS.find(fits) ?? ["a token", ""];
}

/** Tokens of documentation, and what stands where a token would be. */
function isExample(token: string): boolean {
  return /example|x{6}|0{8}|1234567890|abcdefgh|\*{4}|\.{4}/i.test(token) || /(.)\1{7}/.test(token);
}

function keysAndAddresses(value: string): Found[] {
  const found: Found[] = [];
  if (value.includes("PRIVATE KEY")) {
    for (const { 0: all, 2: body = "", index } of matches(PRIVATE_KEY, value)) {
      // A frame with a variable or three dots in it holds no key.
      if (!/[A-Za-z0-9+/]{40}/.test(body)) continue;
      found.push({
        form: "private_key",
        what: "a private key",
        name: "",
        sure: true,
        start: index,
        end: index + all.length,
      });
    }
  }
  if (!value.includes("://")) return found;
  for (const { 1: head = "", 2: password = "", index } of matches(URL_PASSWORD, value)) {
    const start = index + head.length;
    if (!mayBeCredential(password) || isExample(password)) continue;
    const sure = !isPlaceWord(password) && !isDefault(head, password);
    found.push({ form: "url", what: "a URL with a password", name: "", sure, start, end: start + password.length });
  }
  for (const { 1: head = "", 2: path = "", index } of value.includes("hook") ? matches(HOOK, value) : []) {
    const start = index + head.length;
    if (isExample(path)) continue;
    found.push({
      form: "token",
      what: "the address of a webhook",
      name: "",
      sure: true,
      start,
      end: start + path.length,
    });
  }
  return found;
}

/** `postgres://postgres:postgres@…`: what everybody has who tries it out. */
function isDefault(head: string, password: string): boolean {
  return head === `://${password}:`;
}

/** A password given to `docker login`, by an option or on its input. */
const LOGIN = /\b(?:docker|podman|nerdctl|helm registry|crane auth|oras) login\b([^\n;&|]{0,1000})/g;
const PASSWORD = /(?:\s-p[ =]?|\s--password[ =])(\\{0,3}["']?)([^\s"'\\]{1,512})\1/;
const PIPED =
  /\b(?:echo|printf)\s+(?:-\w+\s+)?(\\{0,3}["']?)([^\s"'|\\]{1,512})\1\s*\|\s*(?:sudo\s+)?(?:docker|podman|nerdctl|helm registry|oras) login\b/g;
/** The same as a here string or a here document: where the options of a login begin. */
const HERE =
  /[^\n;&|<]{0,1000}--password-stdin[^\n;&|<]{0,1000}(?:<<<\s{0,9}|<<-?\s{0,9}["']?\w{1,32}["']?[^\n]{0,99}\n[ \t]{0,99})["']?([^\s"'|]{1,512})/y;
/**
 * The data of the agent, which is a line, and the configuration of Docker, which has the same form.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth-container-instances.html
 */
const AUTH_DATA = /\bECS_ENGINE_AUTH_DATA\b|["']auths\\{0,3}["']/g;
const LONGEST_DATA = 4000;
const AUTH = /\\{0,3}["'](?:password|auth)\\{0,3}["']\s{0,9}:\s{0,9}\\{0,3}["']([^"'\\]{1,2000})/g;

/** The passwords with which commands log in. */
export function loginsIn(value: string): Found[] {
  return /login|ECS_ENGINE|auths|curl|wget|sshpass|mysql|redis-cli|mongo|ldap|openssl|configure|passwd|Authorization|:5432:|pgpass/i.test(
    value,
  )
    ? [...registryLogins(value), ...otherLogins(value)]
    : [];
}

/** As many variables are looked for in a script: each is a search through it. */
const MOST_VARIABLES = 20;

function registryLogins(value: string): Found[] {
  const found: Found[] = [];
  let left = MOST_VARIABLES;
  const add = (password: string, start: number): void => {
    const isGiven = mayBeCredential(password);
    const given = isGiven ? { password, start } : left-- > 0 ? assignedTo(value, password) : undefined;
    if (!given) return;
    const what = "a registry login with a password";
    const end = given.start + given.password.length;
    found.push({ form: "login", what, name: "", sure: !isPlaceWord(given.password), start: given.start, end });
  };
  if (value.includes(" login")) {
    for (const { 0: all, 1: options = "", index } of matches(LOGIN, value)) {
      const given = PASSWORD.exec(options);
      const [option = "", , password = ""] = given ?? [];
      const from = index + all.length - options.length;
      if (given && !option.includes("stdin")) add(password, from + given.index + option.lastIndexOf(password));
      HERE.lastIndex = from;
      const [, input = ""] = HERE.exec(value) ?? [];
      if (input !== "") add(input, HERE.lastIndex - input.length);
    }
    for (const { 0: all, 2: password = "", index } of matches(PIPED, value))
      add(password, index + all.indexOf(password));
  }
  if (/ECS_ENGINE_AUTH_DATA|auths/.test(value)) {
    for (const { start, end } of authData(value)) {
      for (const { 0: one, 1: password = "", index } of matches(AUTH, value.slice(start, end))) {
        add(password, start + index + one.length - password.length);
      }
    }
  }
  return found;
}

/** Where the logins of registries are; those that overlap are one. */
function authData(value: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { 0: all, index: start } of matches(AUTH_DATA, value)) {
    const from = start + all.length;
    const data = value.slice(from, from + LONGEST_DATA);
    const line = all.startsWith("ECS") ? data.indexOf("\n") : -1;
    const end = from + (line === -1 ? data.length : line);
    const last = found.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ start: from, end });
  }
  return found;
}

/**
 * `curl -u me:password`, `sshpass -p password`, `mysql -ppassword`, `redis-cli -a password`, also as a list, the header
 * that curl is given, .netrc and .pgpass.
 */
const OTHER_LOGINS = [
  /\bcurl\b[^\n;|&]{0,300}?\s(?:-u|--user)[ =]\\{0,3}["']?[^\s:"'$\\]{1,64}\\{0,3}["']?:\\{0,3}["']?([^\s"'\\]{3,512})/g,
  /\bcurl["'][^\]]{0,300}?["'](?:-u|--user)["'],\s{0,99}["'][^\s:"'$]{1,64}:([^\s"']{3,512})/g,
  /\bsshpass\s{1,9}-p\s{0,9}\\{0,3}["']?([^\s"'\\]{3,512})/g,
  /\bsshpass["'],\s{0,99}["']-p(?:["'],\s{0,99}["'])?([^\s"']{3,512})/g,
  /\bmysql(?:dump|admin|import)?["'][^\]]{0,300}?["']-p([^\s"']{3,512})/g,
  /\bredis-cli(?:\b[^\n;|&]{0,200}?\s-a\s{1,9}\\{0,3}["']?|["'][^\]]{0,300}?["']-a["'],\s{0,99}["'])([^\s"'\\]{3,512})/g,
  /\bmysql(?:dump|admin|import)?\b[^\n;|&]{0,200}?\s-p\\{0,3}["']?([^\s"'\\]{3,512})/g,
  /\bmongo\w{0,8}\b[^\n;|&]{0,200}?\s-p[ =]?\\{0,3}["']?([^\s"'\\]{3,512})/g,
  /\bldap\w{3,9}\b[^\n;|&]{0,200}?\s-w\s{0,9}\\{0,3}["']?([^\s"'\\]{3,512})/g,
  // https://docs.aws.amazon.com/cli/latest/reference/configure/set.html
  /\baws\s{1,9}configure\s{1,9}set\s{1,9}[\w.-]{0,99}(?:secret_access_key|session_token)\s{1,9}\\{0,3}["']?([^\s"'\\]{3,4096})/g,
  /\bopenssl\b[^\n;|&]{0,300}?\spass:([^\s"'\\]{3,512})/g,
  /\bhtpasswd\s{1,9}-\w{0,9}b\w{0,9}(?:\s{1,9}[^\s"'\\]{1,255}){2}\s{1,9}\\{0,3}["']?([^\s"'\\]{3,512})/g,
  /(?<![\w.-])[\w.-]{1,64}:([^\s"'\\|]{3,512})(?=["'\\]{0,4}\s{0,9}\|\s{0,9}(?:sudo\s)?chpasswd\b)/g,
  /\bAuthorization:\s{0,9}(?:Basic|Bearer|Token)\s{1,9}([^\s"'\\]{12,4096})/gi,
  // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
  /\bmachine\s{1,9}[\w.-]{1,255}\s{1,20}login\s{1,9}[^\s"']{1,255}\s{1,20}password\s{1,9}([^\s"'\\]{3,512})/g,
  // A line of .pgpass: https://www.postgresql.org/docs/current/libpq-pgpass.html
  /(?<![\w.*:-])[\w.*-]{1,255}:(?:\d{4,5}|\*):[\w.*-]{1,63}:[\w.*-]{1,63}:([^\s"'\\]{3,512})/g,
];

function otherLogins(value: string): Found[] {
  return OTHER_LOGINS.flatMap((pattern) =>
    matches(pattern, value).flatMap(({ 0: all, 1: password = "", index }) => {
      if (!mayBeCredential(password)) return [];
      const end = index + all.length;
      const start = end - password.length;
      return [{ form: "login", what: "a login with a password", name: "", sure: false, start, end } as const];
    }),
  );
}

/** The literal value that a script gives to the variable that a word such as `$PASSWORD` refers to. */
function assignedTo(script: string, word: string): { password: string; start: number } | undefined {
  const name = /^\$\{?([A-Za-z_]\w{0,99})\}?$/.exec(word)?.[1];
  if (name === undefined) return undefined;
  const given = new RegExp(`(?<![\\w$])(${name}=(["']?))([^\\s"';&|]{1,512})\\2`).exec(script);
  const [, head = "", , password = ""] = given ?? [];
  if (!given || !mayBeCredential(password)) return undefined;
  return { password, start: given.index + head.length };
}

/** A name and the value that a script, JSON or a connection string gives to it. */
const ASSIGNED =
  /(?<![\w$.-])((?:--)?([A-Za-z_][\w.-]{1,99})\\{0,3}["']?(?:[ \t]{0,3}[=:][ \t]{0,3}|(?<=--[\w.-]{2,100})[ \t]{1,3})\\{0,3}(["']?))([^\s"'`\\;,&|<>(){}]{3,2000})/g;
const HAS_NAME = /pass|pw|token|secret|key/i;

function assigned(value: string): Found[] {
  if (!HAS_NAME.test(value)) return [];
  return matches(ASSIGNED, value).flatMap(({ 1: head = "", 2: name = "", 4: given = "", index }) => {
    const start = index + head.length;
    if (!isCredentialName(name) || !mayBeCredential(given) || isComment(value, index)) return [];
    return [{ ...knownBy(name, given), name, start, end: start + given.length }];
  });
}

/** Whether a place is in a line that a script does not run. No such line begins far before it. */
function isComment(value: string, index: number): boolean {
  const before = value.slice(Math.max(0, index - 400), index);
  return /^\s*(?:#|\/\/)/.test(before.slice(before.lastIndexOf("\n") + 1));
}

/** The credential that a string is as a whole, by the name it has; undefined if it is none. */
export function credentialNamed(name: string, value: string): Found | undefined {
  if (!isCredentialName(name) || !mayBeCredential(value) || (isWeakName(name) && !/\d/.test(value))) return undefined;
  return { ...knownBy(name, value), name: "", start: 0, end: value.length };
}

const AWS_SECRET_KEY = /^[A-Za-z0-9+/]{40}$/;

/** By what a value under a name of a credential is known: a secret access key by name and form together. */
function knownBy(name: string, value: string): Pick<Found, "form" | "what" | "sure"> {
  const isKey =
    /secret_?access_?key$/i.test(name) && AWS_SECRET_KEY.test(value) && isRandom(value) && !isExample(value);
  return isKey
    ? { form: "token", what: "an AWS secret access key", sure: true }
    : { form: "name", what: "", sure: false };
}
