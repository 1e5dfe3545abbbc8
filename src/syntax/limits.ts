/** Bounds on what a document may be, so that a hostile file ends in a problem and not in a crash. */

import type { Problem, SourceFile } from "../source.ts";

/**
 * How deep lists and objects may nest, counted through YAML aliases. Policies and templates stay below 50 (IAM and
 * CloudFormation have no number, but their sizes are bounded); every reader may recurse this deep.
 */
export const MAX_DEPTH = 500;

/** Characters of JSON that are read: a Terraform plan of a big estate has some tens of MB. */
export const MAX_JSON_LENGTH = 64 * 1024 * 1024;

/**
 * How many values of a JSON file are read, keys and placeholders not counted: each takes some 250 bytes. A plan of 40
 * million characters has fewer.
 */
export const MAX_JSON_VALUES = 2_000_000;

/** Characters of YAML that are read: four times CloudFormation's limit for a template. */
export const MAX_YAML_LENGTH = 4 * 1024 * 1024;

/**
 * How many values a YAML document may have when its aliases are written out: some ten times what the largest templates
 * have.
 */
export const MAX_YAML_VALUES = 1_000_000;

/**
 * How many pieces a YAML file has at most: names, signs, blanks. Each takes some 450 bytes until the file is read, and
 * what people write has one for two or three characters.
 */
export const MAX_YAML_PIECES = 2_000_000;

/** Completes "This is not valid JSON: …": the values of a document beyond what all files of a run may have together. */
export const TOO_MANY_IN_ALL = "it and the files before it have more values than one run can read";

/** The complaint that a file is longer than what is read of its format, undefined when it isn't. */
export function tooLong(file: SourceFile, maximum: number, format: string): Problem | undefined {
  if (file.text.length <= maximum) return undefined;
  const limit = `${maximum / (1024 * 1024)} million characters`;
  return {
    path: file.path,
    message: `The file is longer than ${limit}, the limit for ${format}, so it was not checked.`,
  };
}
