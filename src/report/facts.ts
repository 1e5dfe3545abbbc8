/** Cases as JSON lines, without the secrets that people wrote into their files. */
import { loginsIn } from "../facts/credentials/find.ts";
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
  return toJson(maskValue(input, { hide, isTelling: tellingNames(input) }), 0);
}

interface Mask {
  readonly hide: Hide;
  /** Whether what has a name is a secret. */
  readonly isTelling: (name: string) => boolean;
}

/** Names of secrets, also of parameters that a command hands to an option that has one. */
function tellingNames({ job_definitions = {} }: Partial<Case>): Mask["isTelling"] {
  const found = Object.values(job_definitions).flatMap(({ credentials = [] }) => credentials);
  const handed = new Set(found.filter(({ site }) => site === "parameters").map(({ name }) => name));
  return (name) => handed.has(name) || isSensitiveName(name);
}

function maskValue(value: unknown, mask: Mask): unknown {
  const { hide, isTelling } = mask;
  if (typeof value === "string") return hide(redactSource(value.toWellFormed()));
  if (Array.isArray(value)) {
    const given = passwordsIn(value);
    return value.map((item, index) => {
      const masked = maskItem(item, textOf(value[index - 1]), mask);
      const text = textOf(masked);
      const password = given.find((one) => text?.endsWith(one));
      if (text === undefined || password === undefined) return masked;
      return { ...Object(masked), value: text.slice(0, -password.length) + stars(password) };
    });
  }
  if (typeof value !== "object" || value === null) return value;
  // Ids are keys as well as values: they have to stay equal.
  const masked = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [maskKey(key, hide), maskValue(item, mask)]),
  );
  if ("sensitive" in masked && typeof masked["value"] === "string") {
    return { ...masked, value: changeKnown(masked["value"], stars) };
  }
  const from = "value_from" in value ? textOf(value.value_from) : undefined;
  if (from !== undefined && from !== textOf(masked["value_from"]))
    return { ...masked, named: masked["named"] && apart(masked["named"]) };
  const name = textOf(masked["name"]) ?? (typeof masked["key"] === "string" ? masked["key"] : "");
  return isTelling(name) ? { ...masked, value: maskText(masked["value"]) } : masked;
}

/** The passwords that a command, whose words are a list, logs in with. */
function passwordsIn(list: readonly unknown[]): readonly string[] {
  const words = list.flatMap((item) => textOf(item) ?? []);
  if (words.length < list.length || !/\b(?:mysql\w*|sshpass|redis-cli)$/.test(words[0] ?? "")) return [];
  const command = words.join(" ");
  return loginsIn(command).map(({ start, end }) => command.slice(start, end));
}

function maskKey(key: string, hide: Hide): string {
  return /^\w{1,30}$/.test(key) ? key : hide(redactSource(key));
}

/** What was taken apart of a string that is masked: a piece of a credential need not look like one. */
function apart(named: unknown): unknown {
  if (typeof named === "string") return changeKnown(named, stars);
  if (Array.isArray(named)) return named.map(apart);
  if (typeof named !== "object" || named === null) return named;
  return Object.fromEntries(
    Object.entries(named).map(([key, item]) => [key, key === "form" || key === "service" ? item : apart(item)]),
  );
}

function maskItem(item: unknown, before: string | undefined, mask: Mask): unknown {
  const masked = maskValue(item, mask);
  const [, option] = /^--?([\w-]+)$/.exec(before ?? "") ?? [];
  const [, password] = /^u(?:ser)?$/.test(option ?? "") ? (/^[^:]{1,64}:(.+)$/.exec(textOf(item) ?? "") ?? []) : [];
  if (password !== undefined && isLiteralSecret(password)) return maskText(masked);
  return option !== undefined && isSensitiveName(option) ? maskText(masked) : masked;
}

/** A string of the case without its value, unless that only refers to one. */
function maskText(value: unknown): unknown {
  const text = textOf(value);
  return text !== undefined && isLiteralSecret(text, true) ? { ...Object(value), value: stars(text) } : value;
}

/** The string of a string of the case. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("value" in value)) return undefined;
  return typeof value.value === "string" ? value.value : undefined;
}
