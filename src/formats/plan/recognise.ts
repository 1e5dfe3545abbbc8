/** Recognises the output of `terraform show -json` and `tofu show -json`, a plan or a state, by its content. */
import type { Document } from "../../syntax/document.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";

/**
 * A document with one of these parts is a plan, or a state (`values`).
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
const PARTS = ["planned_values", "resource_changes", "configuration", "values"] as const;

export function isPlan({ value }: Pick<Document, "value">): boolean {
  if (plainText(get(value, "format_version")) === undefined) return false;
  return PARTS.some((part) => isPart(get(value, part)));
}

function isPart(value: Value | undefined): boolean {
  return value?.kind === "list" || get(value, "root_module") !== undefined;
}
