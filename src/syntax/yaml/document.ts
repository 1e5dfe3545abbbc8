/** YAML files as values with places. */
import type { ErrorCode } from "yaml";
import { type Problem, position, type SourceFile } from "../../source.ts";
import { MAX_YAML_LENGTH, tooLong } from "../limits.ts";
import { maskPlaceholders } from "../placeholders.ts";
import type { Value } from "../value.ts";
import { readCommonYaml } from "./common.ts";
import { type Library, yamlValue } from "./values.ts";

/** What a file says: a value for each document that can be read, a problem for each that can't. */
export interface YamlDocuments {
  readonly values: readonly Value[];
  readonly problems: readonly Problem[];
}

/**
 * What the errors of the library mean, in words that repeat nothing of the file. They complete "This is not valid YAML:
 * …".
 */
const MEANINGS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "an alias has a tag or an anchor",
  BAD_ALIAS: "an alias or anchor has no name; a text that begins with * or & needs quotes",
  BAD_COLLECTION_TYPE: "a tag does not fit its value",
  BAD_DIRECTIVE: "a % directive is not known; a text that begins with % needs quotes",
  BAD_DQ_ESCAPE: "a text in double quotes has an escape that YAML does not know",
  BAD_INDENT: "a line is not indented as the lines around it",
  BAD_PROP_ORDER: "a tag or anchor stands before the indicator that it must follow",
  BAD_SCALAR_START: "a text begins with a character that needs quotes",
  BLOCK_AS_IMPLICIT_KEY: "a mapping or list stands where only a text may; is a colon in a text without quotes?",
  BLOCK_IN_FLOW: "a list or mapping in lines stands inside brackets",
  DUPLICATE_KEY: "a key stands twice",
  IMPOSSIBLE: "its structure can't be told",
  KEY_OVER_1024_CHARS: "a key is longer than 1024 characters",
  MISSING_CHAR: "a character is missing: a closing quote or bracket, a colon, a comma or a space",
  MULTILINE_IMPLICIT_KEY: "a key goes over several lines; is a colon missing?",
  MULTIPLE_ANCHORS: "a value has two anchors",
  MULTIPLE_DOCS: "it holds several documents",
  MULTIPLE_TAGS: "a value has two tags",
  NON_STRING_KEY: "a key is not a text",
  RESOURCE_EXHAUSTION: "it nests too deep",
  TAB_AS_INDENT: "a line is indented by a tab",
  TAG_RESOLVE_FAILED: "a tag can't be resolved",
  UNEXPECTED_TOKEN: "something stands where it can't be understood",
};

/**
 * The documents of a YAML file, empty ones left out. Anchors, aliases and merge keys are followed, CloudFormation's
 * short tags are written out, and other tags are ignored. Placeholders without quotes (`{{ x }}`) are unknown values or
 * parts of texts. Never throws.
 */
export async function parseYaml(file: SourceFile): Promise<YamlDocuments> {
  const long = tooLong(file, MAX_YAML_LENGTH, "YAML");
  if (long) return { values: [], problems: [long] };
  const common = readCommonYaml(file);
  return common ? { values: [common], problems: [] } : readByPackage(file);
}

/** The same by the yaml package alone, which is loaded for this. */
export async function readByPackage(file: SourceFile): Promise<YamlDocuments> {
  const library = await import("yaml");
  const read = readDocuments(library, file, file.text);
  if (read.problems.length === 0) return read;
  const masked = maskPlaceholders(file.text);
  if (masked === file.text) return read;
  const again = readDocuments(library, file, masked);
  return again.problems.length === 0 ? again : read;
}

/** Reads a text that is the file's own or has the same offsets. */
function readDocuments(library: Library, file: SourceFile, text: string): YamlDocuments {
  // The failsafe schema leaves every scalar a text: yaml-values.ts decides what it means. Looking for keys that stand
  // twice would be quadratic.
  const composer = new library.Composer({
    schema: "failsafe",
    keepSourceTokens: true,
    resolveKnownTags: false,
    uniqueKeys: false,
    strict: false,
  });
  const values: Value[] = [];
  const problems: Problem[] = [];
  for (const document of composer.compose(new library.Parser().parse(text), true, text.length)) {
    const [error] = document.errors;
    if (error) {
      problems.push(problemAt(file, MEANINGS[error.code], error.pos[0]));
      continue;
    }
    const result = yamlValue(library, document.contents, file, text !== file.text);
    if (result.kind === "failure") problems.push(problemAt(file, result.message, result.offset));
    else if (result.value.kind !== "null") values.push(result.value);
  }
  return { values, problems };
}

function problemAt(file: SourceFile, message: string, offset: number): Problem {
  return {
    path: file.path,
    message: `This is not valid YAML: ${message}.`,
    line: position(file, offset).line,
  };
}
