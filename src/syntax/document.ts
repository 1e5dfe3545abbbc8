/** A file as the documents it holds, whatever its syntax. */
import { newReadingPurses, type ReadingPurses } from "../purse.ts";
import type { Problem, SourceFile } from "../source.ts";
import { hasNoEnding, isScriptName, TEMPLATE_ENDINGS } from "../sources/names.ts";
import { parseJson } from "./json/document.ts";
import type { Value } from "./value.ts";
import type { ExpandTag } from "./yaml/document.ts";

export interface Document {
  readonly file: SourceFile;
  readonly value: Value;
}

export interface Documents {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
}

const JSON_NAME = new RegExp(`\\.jsonc?(?:\\.(?:in|${TEMPLATE_ENDINGS}))?$`, "i");
const YAML_NAME = new RegExp(`\\.ya?ml(?:\\.(?:in|${TEMPLATE_ENDINGS}))?$`, "i");
const JSON_BEGINNING = /^\ufeff?\s*[{[]/;

/** Whether a file is JSON, by its name or its first character. */
export function isJson({ path, text }: SourceFile): boolean {
  return JSON_NAME.test(path) || JSON_BEGINNING.test(text);
}

/**
 * The documents of a file: JSON when its name or its first character says so, otherwise YAML, which may hold several.
 * `expandTag` expands the tags of YAML that a format has. What can't be read is a problem with its line, and an empty
 * file is no document. Files that are read with the same purses share what a run can afford.
 */
export async function parseDocuments(
  file: SourceFile,
  expandTag?: ExpandTag,
  purses: ReadingPurses = newReadingPurses(),
): Promise<Documents> {
  if (isScriptName(file.path)) return { documents: [], problems: [] };
  if (!isJson(file)) {
    const yaml = await asYaml(file, expandTag, purses);
    // A program may have any name.
    const isProgram = hasNoEnding(file.path) && file.text.startsWith("#!") && yaml.problems.length > 0;
    return isProgram ? { documents: [], problems: [] } : yaml;
  }
  const named = JSON_NAME.test(file.path);
  const { value, problems } = parseJson(file, purses);
  const json = { documents: value ? [{ file, value }] : [], problems };
  if (named || problems.length === 0) return json;
  // YAML may begin like JSON too. If it isn't YAML either, the name tells which complaint is of use.
  const yaml = await asYaml(file, expandTag, purses);
  return yaml.problems.length === 0 || YAML_NAME.test(file.path) ? yaml : json;
}

async function asYaml(file: SourceFile, expandTag: ExpandTag | undefined, purses: ReadingPurses): Promise<Documents> {
  const { parseYaml } = await import("./yaml/document.ts");
  const { values, problems } = parseYaml(file, expandTag, purses);
  return { documents: values.map((value) => ({ file, value })), problems };
}
