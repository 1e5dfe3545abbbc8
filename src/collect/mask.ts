/**
 * Masks credentials in answers before anything is written. By the same tables as the reports: a job definition shows its
 * environment to anybody who may describe it, a launch template its user data.
 */
import { isSensitiveName } from "../facts/credentials/names.ts";
import { changeEncodedParts, decoded, encode } from "../facts/encoded.ts";
import { isLiteralSecret, redactSource } from "../report/redact.ts";
import { stars } from "../report/visible.ts";
import type { Answer } from "./calls.ts";

/** Keys of answers whose values are base64 of text. */
const ENCODED: ReadonlySet<string> = new Set(["UserData"]);
/** Keys whose values are what AWS names or made up, by which the evidence is read: an id is no credential. */
const IDENTIFIERS = /(?:Arn|Id|Ids|ARN|ARNs|Token)$/;

/** The same answer without credentials. */
export function masked(answer: Answer): Answer {
  const { output, error } = answer;
  if (error) return { ...answer, error: { ...error, message: redactSource(error.message) } };
  return output ? { ...answer, output: clean(output, "") as NonNullable<Answer["output"]> } : answer;
}

function clean(value: unknown, key: string): unknown {
  if (typeof value === "string") return ENCODED.has(key) ? encoded(value) : text(value, key);
  if (Array.isArray(value))
    return value.map((item, index) => (isOption(value[index - 1], item) ? stars(item) : clean(item, key)));
  if (typeof value !== "object" || value === null) return value;
  const own = value as Readonly<Record<string, unknown>>;
  const named = nameIn(own);
  return Object.fromEntries(
    Object.entries(own).map(([name, inner]) => [
      name,
      named !== undefined && isValueKey(name) && typeof inner === "string" && hides(named, inner)
        ? stars(inner)
        : clean(inner, name),
    ]),
  );
}

/** Whether a string follows an option of a command whose name says that it is a credential: `--password`, `hunter2`. */
function isOption(option: unknown, value: unknown): value is string {
  return typeof option === "string" && option.startsWith("-") && typeof value === "string" && hides(option, value);
}

/** The name of a pair of name and value: a variable, a tag, an option. */
function nameIn(pair: Readonly<Record<string, unknown>>): string | undefined {
  return [pair["name"], pair["Name"], pair["key"], pair["Key"]].find((one) => typeof one === "string");
}

function isValueKey(name: string): boolean {
  return name === "value" || name === "Value";
}

/** Whether a value is a credential by the name that it has. */
function hides(name: string, value: string): boolean {
  return isSensitiveName(name) && isLiteralSecret(value);
}

function text(value: string, key: string): string {
  if (IDENTIFIERS.test(key)) return value;
  return hides(key, value) && !value.startsWith("{") ? stars(value) : redactSource(value);
}

/**
 * Base64 of text in which credentials are masked, also in parts that are base64 themselves. What is no text stays: a mask
 * of it could not be read either.
 */
function encoded(value: string): string {
  const { text: plain, isCompressed = false } = decoded(value) ?? {};
  // Parts first: what is left of a credential in them is masked as a whole.
  const shown = plain === undefined ? plain : redactSource(changeEncodedParts(plain, redactSource));
  return shown === undefined || shown === plain ? value : encode(shown, isCompressed);
}
