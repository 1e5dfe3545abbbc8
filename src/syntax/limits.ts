/** Bounds on what a document may be, so that a hostile file ends in a problem and not in a crash. */

import { cut, type Place, type Problem, position, type SourceFile } from "../source.ts";

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

/** How deep expressions of Terraform nest, and how deep its blocks do: only files made to break readers have more. */
export const MAX_NESTING = 200;
export const MAX_BLOCK_NESTING = 50;

/** What is beyond a bound, though it may be valid: completes "This JSON was not read: …". */
export const BEYOND = {
  depth: `it nests deeper than ${MAX_DEPTH} levels`,
  jsonValues: `it has more than ${MAX_JSON_VALUES / 1_000_000} million values`,
  aliases: "its aliases repeat too many values",
  pieces: `it has more than ${MAX_YAML_PIECES / 1_000_000} million names, signs and blanks`,
  allPieces: "it and the files before it have more names, signs and blanks than one run can read",
  nesting: `it is nested more than ${MAX_NESTING} levels deep`,
  blockNesting: `blocks are nested more than ${MAX_BLOCK_NESTING} deep`,
  allValues: "it and the files before it have more values than one run can read",
} as const;

const bounds: ReadonlySet<string> = new Set(Object.values(BEYOND));

/** The problem of a file that is not valid, or is beyond a bound. */
export function unreadable(file: SourceFile, syntax: "JSON" | "YAML", why: string, offset: number): Problem {
  const { line } = position(file, offset);
  if (!bounds.has(why)) return { path: file.path, message: `This is not valid ${syntax}: ${why}.`, line };
  return cut({ path: file.path, message: `This ${syntax} was not read: ${why}.`, line });
}

/** The problem of a part of a file of Terraform that can't be read. */
export function unreadableHcl({ file, start }: Place, why: string): Problem {
  const message = `This Terraform can't be read: ${why}.`;
  const problem = { path: file.path, message, line: position(file, start).line };
  return bounds.has(why) ? cut(problem) : problem;
}

/** The complaint that a file is longer than what is read of its format, undefined when it isn't. */
export function tooLong(file: SourceFile, maximum: number, format: string): Problem | undefined {
  if (file.text.length <= maximum) return undefined;
  const limit = `${maximum / (1024 * 1024)} million characters`;
  return cut({
    path: file.path,
    message: `The file is longer than ${limit}, the limit for ${format}, so it was not checked.`,
  });
}
