/** What the secrets of a module hold: kinds and keys, never the values. */
import type { Cause } from "../../../facts/causes.ts";
import type { SecretContent } from "../../../facts/located.ts";
import { isLiteral } from "../../../facts/text.ts";
import type { Value } from "../../../syntax/value.ts";
import { type Content, generatedContent, secretContent } from "../../batch/secret-content.ts";
import { toTexts } from "../../read.ts";
import { defaultCause } from "../default-places.ts";
import { argument, type Instance } from "../instance.ts";
import { ignored } from "./tags.ts";

/** The content that a secret of the Cloud Control provider has, where no version is a resource of its own. */
export function ownContents(instance: Instance): SecretContent[] {
  const text = argument(instance, "secret_string");
  const stages = ["AWSCURRENT"];
  if (text) return [{ ...secretContent(text), stages, at: text.at }];
  const made = argument(instance, "generate_secret_string");
  const names = { template: "secret_string_template", key: "generate_string_key" };
  return made ? [{ ...generatedContent(made, names), stages, at: made.at }] : [];
}

/** The arguments of a version that give its value: https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only */
const STRINGS = ["secret_string", "secret_string_wo"];

/** What a version holds. It has a value, whether or not that can be seen. */
export function contentOf(instance: Instance): SecretContent {
  const binary = argument(instance, "secret_binary");
  const name = STRINGS.find((one) => argument(instance, one));
  const text = name === undefined ? undefined : argument(instance, name);
  const { address, unit, maybe } = instance;
  const open = { kind: "content", name: address, unit } as const;
  const hidden: Content = { kind: "unknown", keys: null, open };
  const replaced = (binary ? ["secret_binary"] : STRINGS).some((one) => ignored(instance, one));
  const isBinary: Content = { kind: "binary", keys: null, open: null };
  // Which of the arguments is given is not known when one may be behind a syntax error.
  const shown = instance.value.open ? hidden : binary ? isBinary : text ? stringContent(text) : hidden;
  return {
    ...(replaced ? placeholder(shown, open) : shown),
    stages: stagesOf(argument(instance, "version_stages")),
    ...(maybe && { maybe }),
    at: (binary ?? text)?.at ?? instance.at,
  };
}

/** The kind of a string, which may be another one where it is only a default. */
function stringContent(text: Value): Content {
  const content = secretContent(text);
  return { ...content, open: content.open ?? defaultCause(text) ?? null };
}

/** A value that is replaced outside of the module: JSON shows which keys are meant, a string says nothing. */
function placeholder(content: Content, open: Cause): Content {
  if (content.kind === "json") return { ...content, open };
  return { kind: content.kind === "binary" ? "unknown" : "string", keys: null, open };
}

/** The labels of a version: the current one if it is given none. */
function stagesOf(given: Value | undefined): string[] | null {
  const { values, unseen } = toTexts(given, "version_stages");
  const labels = values.map(({ value }) => value);
  if (unseen.length > 0 || !labels.every(isLiteral)) return null;
  return labels.length > 0 ? labels : ["AWSCURRENT"];
}
