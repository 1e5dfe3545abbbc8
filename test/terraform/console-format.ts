/** Values as `terraform console` prints them. */
import { toDigits } from "../../src/formats/terraform/language/evaluate/arithmetic.ts";
import type { Type } from "../../src/formats/terraform/language/evaluate/types.ts";
import {
  compareText,
  sortedEntries,
  type TerraformList,
  type TerraformObject,
  type TerraformValue,
} from "../../src/formats/terraform/language/evaluate/values.ts";
import { goQuote } from "./go-quote.ts";

export function formatValue(value: TerraformValue, indent = 0): string {
  if (value.kind === "unknown") return "(known after apply)";
  if (value.sensitive) return "(sensitive value)";
  switch (value.kind) {
    case "null":
      return formatNull(value.type);
    case "text":
      return value.value.includes("\n") ? heredoc(value.value, indent) : goQuote(value.value);
    case "number":
      return toDigits(value);
    case "boolean":
      return String(value.value);
    case "list": {
      const items = sequence(value, indent);
      return value.collection === undefined ? items : `to${value.collection}(${items})`;
    }
    case "object":
      return value.element === undefined ? mapping(value, indent) : `tomap(${mapping(value, indent)})`;
  }
}

function formatNull(type: Type | undefined): string {
  if (type === undefined) return "null";
  switch (type.is) {
    case "any":
      return "null";
    case "string":
    case "number":
    case "bool":
      return `to${type.is}(null)`;
    case "list":
    case "set":
    case "map":
      return `to${type.is}(null) /* of ${typeName(type.element)} */`;
    default:
      return `null /* ${typeName(type)} */`;
  }
}

function heredoc(text: string, indent: number): string {
  const lines = text.split("\n");
  let end = "EOT";
  while (lines.some((line) => line.trim() === end)) end += "_";
  const pad = " ".repeat(indent);
  return [`<<${indent > 0 ? "-" : ""}${end}`, ...lines.map((line) => pad + line), pad + end].join("\n");
}

function sequence(value: TerraformList, indent: number): string {
  if (value.items.length === 0) return "[]";
  const lines = value.items.map((item) => `${" ".repeat(indent + 2)}${formatValue(item, indent + 2)},\n`);
  return `[\n${lines.join("")}${" ".repeat(indent)}]`;
}

function mapping(value: TerraformObject, indent: number): string {
  const entries = sortedEntries(value);
  if (entries.length === 0) return "{}";
  const key = (name: string) => formatValue({ kind: "text", value: name, at: value.at }, indent + 2);
  const lines = entries.map(
    (entry) => `${" ".repeat(indent + 2)}${key(entry.key)} = ${formatValue(entry.value, indent + 2)}\n`,
  );
  return `{\n${lines.join("")}${" ".repeat(indent)}}`;
}

/** A type as the console's own `type()` prints it. */
export function formatType(type: Type, level = 0): string {
  const pad = (by: number) => "    ".repeat(level + by);
  switch (type.is) {
    case "object": {
      if (type.attributes.size === 0) return "object({})";
      const names = [...type.attributes.keys()].sort(compareText);
      const lines = names.map(
        (name) => `${pad(1)}${name}: ${formatType(type.attributes.get(name) ?? type, level + 1)},\n`,
      );
      return `object({\n${lines.join("")}${pad(0)}})`;
    }
    case "tuple": {
      if (type.elements.length === 0) return "tuple([])";
      const lines = type.elements.map((element) => `${pad(1)}${formatType(element, level + 1)},\n`);
      return `tuple([\n${lines.join("")}${pad(0)}])`;
    }
    case "list":
    case "set":
    case "map": {
      const structural = type.element.is === "object" || type.element.is === "tuple";
      return structural
        ? `${type.is}(\n${pad(1)}${formatType(type.element, level + 1)},\n${pad(0)})`
        : `${type.is}(${formatType(type.element, level)})`;
    }
    default:
      return typeName(type);
  }
}

function typeName(type: Type): string {
  switch (type.is) {
    case "any":
      return "dynamic";
    case "list":
    case "set":
    case "map":
      return `${type.is} of ${typeName(type.element)}`;
    default:
      return type.is;
  }
}
