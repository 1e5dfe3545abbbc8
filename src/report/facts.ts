/** Cases as JSON lines, without the secrets that people wrote into their files. */
import { isSensitiveName } from "../facts/credentials/names.ts";
import type { Case } from "../facts/schema.ts";
import { toJson } from "./json.ts";
import { isLiteralSecret, redactSource, stars } from "./redact.ts";

/**
 * A case on one line, without lone surrogates, which engines refuse. Every text is redacted as a line of a file is; the value of a variable that is named like a
 * secret is masked, and so is the word of a command behind an option that is.
 */
export function renderCase(input: Case): string {
  return toJson(maskValue(input), 0);
}

function maskValue(value: unknown): unknown {
  if (typeof value === "string") return redactSource(value.toWellFormed());
  if (Array.isArray(value)) return value.map((item, index) => maskItem(item, textOf(value[index - 1])));
  if (typeof value !== "object" || value === null) return value;
  const masked = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskValue(item)]));
  const { name, value: content } = masked;
  return isSensitiveName(textOf(name) ?? "") ? { ...masked, value: maskText(content) } : masked;
}

function maskItem(item: unknown, before: string | undefined): unknown {
  const [, option] = /^--?([\w-]+)$/.exec(before ?? "") ?? [];
  return option !== undefined && isSensitiveName(option) ? maskText(maskValue(item)) : maskValue(item);
}

/** A string of the case without its value, unless that only refers to one. */
function maskText(value: unknown): unknown {
  const text = textOf(value);
  return text !== undefined && isLiteralSecret(text) ? { ...Object(value), value: stars(text) } : value;
}

/** The string of a string of the case. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("value" in value)) return undefined;
  return typeof value.value === "string" ? value.value : undefined;
}
