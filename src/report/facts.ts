/** Cases as JSON lines, without the secrets that people wrote into their files. */
import { isSensitiveName } from "../facts/credentials/names.ts";
import type { Case } from "../facts/schema.ts";
import { changeKnown } from "../facts/text.ts";
import type { Hide } from "./hide.ts";
import { toJson } from "./json.ts";
import { isLiteralSecret, redactSource } from "./redact.ts";
import { stars } from "./visible.ts";

/**
 * A case on one line, without lone surrogates, which engines refuse. Every text is redacted as a line of a file is. What
 * the files mark as sensitive is masked wherever it is, as are the value of a variable or tag that is named like a
 * secret, and the word of a command behind an option that is.
 */
export function renderCase(input: Case, hide: Hide = (text) => text): string {
  return toJson(maskValue(input, hide), 0);
}

function maskValue(value: unknown, hide: Hide): unknown {
  if (typeof value === "string") return hide(redactSource(value.toWellFormed()));
  if (Array.isArray(value)) return value.map((item, index) => maskItem(item, textOf(value[index - 1]), hide));
  if (typeof value !== "object" || value === null) return value;
  const masked = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskValue(item, hide)]));
  if ("sensitive" in masked && typeof masked["value"] === "string") {
    return { ...masked, value: changeKnown(masked["value"], stars) };
  }
  const name = textOf(masked["name"]) ?? (typeof masked["key"] === "string" ? masked["key"] : "");
  return isSensitiveName(name) ? { ...masked, value: maskText(masked["value"]) } : masked;
}

function maskItem(item: unknown, before: string | undefined, hide: Hide): unknown {
  const [, option] = /^--?([\w-]+)$/.exec(before ?? "") ?? [];
  return option !== undefined && isSensitiveName(option) ? maskText(maskValue(item, hide)) : maskValue(item, hide);
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
