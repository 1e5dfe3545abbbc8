import type { ReadingPurses } from "../../purse.ts";
import type { Problem, SourceFile } from "../../source.ts";
import { MAX_JSON_LENGTH, tooLong, unreadable } from "../limits.ts";
import type { Value } from "../value.ts";
import { readJson } from "./reader.ts";

/** What a file says, undefined when it is empty or can't be read; then `problems` says why. */
export interface JsonDocument {
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The JSON value of a file. Comments, trailing commas and a byte order mark are accepted, as editors and the AWS tools'
 * templates have them, and so are placeholders without quotes (`"vcpus": ${VCPUS}`): unknown values named after their
 * spelling. A syntax error is a problem with its line. The values are paid for from the purse of a run.
 */
export function parseJson(file: SourceFile, purses?: Pick<ReadingPurses, "values">): JsonDocument {
  const long = tooLong(file, MAX_JSON_LENGTH, "JSON");
  if (long) return { value: undefined, problems: [long] };
  const result = readJson({ text: file.text, place: (start, end) => ({ file, start, end }), purse: purses?.values });
  if (result.kind === "value") return { value: result.value, problems: [] };
  if (result.kind === "nothing") return { value: undefined, problems: [] };
  return { value: undefined, problems: [unreadable(file, "JSON", result.message, result.offset)] };
}
