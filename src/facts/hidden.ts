/**
 * The values of a run that its files mark as sensitive, as far as they can be told from what is around them. Rules see
 * them, since an ARN may be judged that nobody may read; what is printed is searched for them.
 */
import { credentialNamed } from "./credentials/find.ts";
import { isWeakName } from "./credentials/names.ts";
import { isRandom } from "./credentials/values.ts";
import { isLiteral, knownRuns } from "./text.ts";

/** What is shown in place of each value. */
const values = new Map<string, string>();

/** Begins a run. */
export function forgetHidden(): void {
  values.clear();
}

/** Shorter strings may be anywhere by chance. */
const SHORTEST = 4;
/** Words of an ARN that are in every ARN. */
const COMMON = /^(?:arn|aws(?:-[a-z-]+)?|secretsmanager|ssm|iam|kms|secret|parameter|role|key|true|false|null)$/;

/**
 * Words that are in many texts whatever is marked: a message in which each of them were masked could not be read, and
 * would tell the value all the same.
 */
const ORDINARY = new RegExp(
  `^(?:\\d{1,6}|${`account access admin administrator agent alert application batch bucket central cluster color config
  configuration container critical data database default develop development disabled docker east email enabled
  environment error example file group health host image info internal json latest local localhost login main maria
  mariadb master mongo mongodb mysql name network nightly none north oracle owner password path port postgres postgresql
  primary private prod production project proxy public queue readonly readwrite redis redshift region report reports
  root secrets server service shared site sqlserver stage staging standard string system team test testing token update
  user username value version warn warning west worker writer`
    .trim()
    .split(/\s+/)
    .join("|")})$`,
  "i",
);

/**
 * Notes a value that must not be printed: what is known of it and, of an ARN, each field by itself. An ordinary word is
 * masked only in the string that it is marked in, `whole`.
 */
export function hideValue(value: string, whole = value): void {
  for (const known of isLiteral(value) ? [value] : knownRuns(value)) {
    const fields = known.includes(":") ? known.split(":") : [];
    for (const part of [known, ...fields.flatMap(withoutSuffix)]) {
      for (const line of part.includes("\n") ? part.split("\n") : [part]) {
        const text = line.trim();
        if (text.length < SHORTEST || COMMON.test(text)) continue;
        if (!ORDINARY.test(text)) values.set(text, masked(text));
        else if (whole !== value) hideIn(whole, text);
      }
    }
  }
}

/** Notes a credential, if nothing else reads like it: a word such as `postgres` is masked only where it is one. */
export function hideRandom(value: string): void {
  if (isRandom(value)) hideValue(value);
}

/** The same of a value that only its name tells. What has a sign that no name of a secret has is none. */
export function hideNamed(name: string, value: string): void {
  if (credentialNamed(name, value) && (isRandom(value) || IS_NO_NAME.test(value))) hideValue(value);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const IS_NO_NAME = /^[\w/+=.@:-]*[^\s\w/+=.@:-]\S*$/;

/** The same of a variable of a language: a secret without more words is often the name of one in Secrets Manager. */
export function hideVariable(name: string, value: string): void {
  if (!(isWeakName(name) && /secret$/i.test(name))) hideNamed(name, value);
}

/** Masks a word in each run of a string between its holes, which are not printed as they are. */
function hideIn(whole: string, word: string): void {
  for (const run of isLiteral(whole) ? [whole] : knownRuns(whole)) {
    const text = run.trim();
    if (text !== word && text.includes(word))
      values.set(text, (values.get(text) ?? text).replaceAll(word, masked(word)));
  }
}

function masked(text: string): string {
  return text.replace(/\S/g, "*");
}

/** The name of a secret is shown with and without the six characters at its end. */
function withoutSuffix(field: string): string[] {
  const name = /^(.+)-[A-Za-z0-9]{6}$/.exec(field)?.[1];
  return [
    field,
    ...(name === undefined ? [] : [name]),
    ...(field.includes("/") ? [field.slice(field.indexOf("/") + 1)] : []),
  ];
}

/** The values of this run with what is shown in their places, the longest first. */
export function hiddenValues(): readonly (readonly [value: string, shown: string])[] {
  return [...values].sort(([a], [b]) => b.length - a.length);
}
