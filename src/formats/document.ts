/** A file as the documents it holds, whatever its syntax. */
import { parseJson } from "./json.ts";
import type { Problem, SourceFile, Value } from "./value.ts";

export interface Document {
  readonly file: SourceFile;
  readonly value: Value;
}

export interface Documents {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
}

const JSON_NAME = /\.jsonc?(?:\.(?:tpl|tmpl|template|j2))?$/i;

/**
 * The documents of a file: JSON when its name or first character says so, otherwise YAML, which may hold several. CloudFormation's short tags
 * become the objects that they abbreviate. What can't be read is a problem with its line, and an empty file is no document.
 */
export async function parseDocuments(file: SourceFile): Promise<Documents> {
  if (looksLikeJson(file)) {
    const { value, problems } = parseJson(file);
    return { documents: value ? [{ file, value }] : [], problems };
  }
  const { parseYaml } = await import("./yaml.ts");
  const { values, problems } = await parseYaml(file);
  return { documents: values.map((value) => ({ file, value })), problems };
}

function looksLikeJson({ path, text }: SourceFile): boolean {
  return JSON_NAME.test(path) || /^\ufeff?\s*[{[]/.test(text);
}
