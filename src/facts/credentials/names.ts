/** What names say about the values behind them: policies/credentials.json, which lib/credentials.rego shares. */
import credentials from "../../../policies/credentials.json" with { type: "json" };

export const table = credentials.credentials;

/** Every name of a credential has one of these: a cheap test before the dear ones. */
const HINT = /pass|pw|token|secret|key|cred/i;

/** Whether a string may name a credential. */
export function hasHint(name: string): boolean {
  return HINT.test(name);
}

/**
 * Whether a variable, option or key of this name holds a credential: `DB_PASSWORD`, `splunk-token`, `apiKey2`, not
 * `DB_SECRET_ARN`. As `named` of lib/credentials.rego.
 */
export function isCredentialName(name: string): boolean {
  if (!HINT.test(name)) return false;
  if (table.ends.some((end) => name.endsWith(end))) return true;
  const key = squeezed(name);
  if (table.harmless_names.includes(key) || endsWithAny(key, table.harmless) || endsWithAny(key, table.secret_names)) {
    return false;
  }
  return endsWithAny(key, table.words) || endsWithAny(key, KEYS);
}

/**
 * Keys that may as well be names of things (what a database, a role or an application is called), and secrets that may
 * be those of Secrets Manager, by their names.
 */
const WEAK =
  /(?:account|app|application|client|database|db|deploy|role|service|storage)key$|(?<!client|app|api|consumer|shared|jwt|webhook|oauth|hmac|signing|session)secret$/;

/** Whether a name of a credential may be that of another thing, so that its value has to look like one, too. */
export function isWeakName(name: string): boolean {
  return WEAK.test(squeezed(name));
}

const KEYS = table.keys.map((word) => `${word}key`);

/** What names have behind what they name: `DB_PASSWORD_PROD`, `SECRET_KEY_BASE`. */
const STAGE =
  /[_.-]?(?:prod(?:uction)?|dev(?:elopment)?|stag(?:e|ing)|test|qa|uat|live|old|new|current|previous|base|base64|b64|ro|rw|readonly|reader|writer|primary|secondary|replica)$/i;

/** Names that are too short or mean too much to be reported: a value is masked when in doubt. */
const SHORT = /^(?:passw?|pw|pat)$|[_.-](?:pat|pass|pw)$/i;

/**
 * Whether the value of a variable of this name is taken for a secret when something is printed: a little more than what
 * rules report, since a value may be masked when in doubt.
 */
export function isSensitiveName(name: string): boolean {
  const base = name.replace(STAGE, "");
  if (SHORT.test(name) || SHORT.test(base)) return true;
  if (!HINT.test(name)) return false;
  if (table.ends.some((end) => name.endsWith(end) || base.endsWith(end))) return true;
  const key = squeezed(base);
  if (table.harmless_names.includes(key) || endsWithAny(key, table.harmless)) return false;
  return endsWithAny(key, table.words) || endsWithAny(key, KEYS) || endsWithAny(key, table.masked);
}

function squeezed(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_.-]/g, "")
    .replace(/(?<![0-9])[0-9]+$/, "");
}

function endsWithAny(key: string, ends: readonly string[]): boolean {
  return ends.some((end) => key.endsWith(end));
}
