/** Recognising the output of `terraform show -json` and `tofu show -json`, of a plan or of a state, by its content. */
import type { Document } from "../../syntax/document.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";

/** The parts of which one makes the document a plan, or a state (`values`). https://developer.hashicorp.com/terraform/internals/json-format */
const PARTS = ["planned_values", "resource_changes", "configuration", "values"] as const;

/** Whether a document is a plan or a state as JSON. */
export function isPlan({ value }: Pick<Document, "value">): boolean {
  if (plainText(get(value, "format_version")) === undefined) return false;
  return PARTS.some((part) => isPart(get(value, part)));
}

function isPart(value: Value | undefined): boolean {
  return value?.kind === "list" || get(value, "root_module") !== undefined;
}
