/** Cases as JSON lines, without the secrets that people wrote into their files. */
import type { Case } from "../facts/schema.ts";
import { toJson } from "./json.ts";
import { isLiteralSecret, isSensitiveName, redact, stars } from "./redact.ts";

/** A case on one line: every text is redacted, and the value of a variable that is named like a secret is masked. */
export function renderCase(input: Case): string {
  return toJson(maskValue(input), 0);
}

function maskValue(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || value === null) return value;
  const masked = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskValue(item)]));
  const { name, value: content } = masked;
  const text = textOf(content);
  if (text === undefined || !isSensitiveName(textOf(name) ?? "") || !isLiteralSecret(text)) return masked;
  return { ...masked, value: { ...Object(content), value: stars(text) } };
}

/** The string of a text of the case. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("value" in value)) return undefined;
  return typeof value.value === "string" ? value.value : undefined;
}
