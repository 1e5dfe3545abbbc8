/** Which values are no credentials, whatever they are called. */
import { isLiteral } from "../text.ts";

/**
 * Values that refer to a credential or are another thing: what people write behind names such as DB_PASSWORD and is not
 * its value.
 */
const OTHERS = new RegExp(
  `^(?:${[
    // References: ARNs, dynamic references, variables of shells, and what pipelines fill in.
    "arn:(?:aws|[^A-Za-z0-9]|[^:]{0,99}:).*",
    "\\$[{(A-Za-z_].*",
    // A parameter of the job: https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html
    "Ref::.*",
    "[{<%@_[]{2}.*",
    "<.*>",
    "%[A-Za-z_]\\w*%",
    "@[A-Za-z_]\\w*@",
    // The name of another variable, and paths and addresses without a password: `/prod/db`, `prod/db`, `s3://…`.
    "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+",
    "(?:[A-Za-z]:)?[~.]{0,2}[\\\\/].*",
    "[a-z0-9_.-]+(?:/[a-z0-9_.{}-]+)+",
    "[a-z][a-z0-9+.-]*:/{2,3}[^@]*",
    "(?:ssm|secretsmanager|vault|op|ref|env|file|gcp|aws|kms|sops):.*",
    // The name of a secret: `db-password`, `report-api-key`.
    "[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*[-_.](?:secrets?|tokens?|passwords?|credentials?|creds|keys?)",
    // Numbers, durations, versions, masks.
    "[-+]?[0-9]{1,6}|[0-9]+\\.[0-9.]+|[0-9]+ ?(?:ms|s|m|h|d|sec|min|hours?|days?)",
    "(.)\\1*|\\*(?:[^A-Za-z0-9].*)?|\\.\\.\\.",
  ].join("|")})$`,
  "s",
);
/** Switches, and what somebody has yet to replace. */
const FILLERS = new RegExp(
  `^(?:${[
    "true|false|null|none|nil|undefined|n/?a|yes|no|on|off|enabled?|disabled?|required|optional|auto|default|~",
    "local(?:host)?|test(?:ing)?|dev(?:elopment)?|prod(?:uction)?|stag(?:e|ing)|basic|bearer|jwt|oauth2?|string|text|later",
    "(?:.*[^a-z])?(?:(?:change|replace)[-_ ]?(?:me|it|this|with)|example|dummy|placeholder|redacted)(?:[^a-z].*)?",
    "(?:your|my|insert|enter|put|fill|todo|tbd|fixme|replace|change|dummy|fake|sample)[-_ ].*|todo|tbd|fixme",
    ".*example|xxx.*",
  ].join("|")})$`,
  "is",
);
/** Words that people write where a password would be. */
const WORDS = /^(?:my)?[-_]?(?:user(?:name)?|pass(?:w(?:or)?d)?|secret|token|admin|root|test|guest)$/i;

/** Whether a value is written out and could be a credential: no hole, no reference, no placeholder, no switch. */
export function mayBeCredential(value: string): boolean {
  return (
    value.length >= 3 &&
    value.length <= 4096 &&
    isLiteral(value) &&
    !OTHERS.test(value.trim()) &&
    !FILLERS.test(value.trim())
  );
}

/** Whether a password is a word that says what belongs there. */
export function isPlaceWord(value: string): boolean {
  return WORDS.test(value);
}

/** A CDK logical id: words and eight hexadecimal digits. It looks random and is a name. */
const LOGICAL_ID = /^[A-Za-z0-9]*[a-z][0-9A-F]{8}$/;

/** Whether a word reads like a random string: hexadecimal, or one that changes its kind of character often. */
export function isRandom(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/^(?:[0-9a-f]{24,}|[0-9A-F]{24,})$/.test(value)) return true;
  return !LOGICAL_ID.test(value) && changes(value) * 4 > value.length;
}

/** How often neighbours are of different kinds (capital, small letter, digit); signs separate and don't count. */
export function changes(value: string): number {
  return [...value.matchAll(/[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|[0-9](?=[A-Za-z])/g)].length;
}
