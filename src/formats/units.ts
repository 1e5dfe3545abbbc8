/** From files to units: each file is parsed once, and each of its documents goes to the format that recognises it. */
import type { Config } from "../config.ts";
import { groupBy } from "../facts/maps.ts";
import { narrowNames } from "../facts/narrow.ts";
import type { Unit } from "../facts/resources.ts";
import { startRun } from "../facts/text.ts";
import { excludable, type Problem, type SourceFile } from "../source.ts";
import type { Candidates } from "../sources/folder.ts";
import { parseDocuments } from "../syntax/document.ts";
import type { ExpandTag } from "../syntax/yaml/document.ts";
import type { Format, Reader, Run } from "./format.ts";
import { mattersWhenBroken } from "./markers.ts";
import { FORMATS } from "./table.ts";

/** What a tag of YAML means to the first format that has it. */
const expandTag: ExpandTag = (tag) => {
  for (const format of FORMATS) {
    const expand = format.expandTag?.(tag);
    if (expand) return expand;
  }
  return undefined;
};

/** Reads all units below a root, with the files that they are in, and what could not be read. */
export async function readUnits(
  root: string,
  { files, terraform, named }: Pick<Candidates, "files" | "terraform" | "named">,
  config: Config,
): Promise<{ units: Unit[]; files: SourceFile[]; problems: Problem[] }> {
  const run: Run = { root, config, files, paths: terraform };
  const problems: Problem[] = [];
  startRun();
  const readers = new Map<Format, Reader>();
  const readerOf = async (format: Format): Promise<Reader> => {
    const reader = readers.get(format) ?? (await format.open(run));
    readers.set(format, reader);
    return reader;
  };
  const started = FORMATS.filter(({ starts }) => starts?.(run));
  for (const format of started) await readerOf(format);
  for (const file of files) {
    const parsed = await parseDocuments(file, expandTag);
    const byFormat = groupBy(parsed.documents, (document) => FORMATS.find(({ recognises }) => recognises(document)));
    for (const [format, documents] of byFormat) if (format) (await readerOf(format)).add(documents);
    const isRendered = () => started.some(({ renders }) => renders?.(file.text));
    const isTold = named.has(file.path) || (mattersWhenBroken(file.text) && !isRendered());
    if (parsed.problems.length > 0 && isTold) problems.push(...parsed.problems.map(excludable));
  }
  const units: Unit[] = [];
  const own: SourceFile[] = [];
  const taken = new Set<string>();
  for (const format of FORMATS) {
    const read = await readers.get(format)?.read(taken);
    units.push(...(read?.units ?? []));
    own.push(...(read?.files ?? []));
    problems.push(...(read?.problems ?? []));
    for (const path of read?.taken ?? []) taken.add(path);
  }
  units.forEach(narrowNames);
  return {
    units,
    files: [...files, ...own],
    problems: [...problems, ...units.flatMap((unit) => unit.problems)],
  };
}
