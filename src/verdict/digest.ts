/** Digests of what findings are about, which change when that is changed, and not when it is moved. */
import { digest } from "../facts/hash.ts";
import { into } from "../maps.ts";
import { lineStarts, type Place, position, type SourceFile } from "../source.ts";
import type { Finding } from "./finding.ts";
import { blocksOf, type LastLine } from "./inline/blocks.ts";

/** The places of the subjects of findings, by `subjectKey`: subjects of several units may have one key. */
export type Subjects = ReadonlyMap<string, readonly Place[]>;

export function subjectKey({ subject, location }: Pick<Finding, "subject" | "location">): string {
  return `${subject.kind} ${subject.address} ${location.path}`;
}

/**
 * Digests findings: of the text of the subject's block, and of the block that begins where the finding is, which is
 * another one when the subject is a module. Blanks and line ends don't count.
 */
export function digester(subjects: Subjects, files: Iterable<SourceFile>): (finding: Finding) => Promise<string> {
  const byPath = new Map([...files].map((file) => [file.path, file]));
  const blocks = new Map<SourceFile, Promise<LastLine>>();
  const blockAt = async (file: SourceFile, line: number): Promise<string> => {
    const lastLine = await into(blocks, file, () => blocksOf(file));
    const starts = lineStarts(file);
    return file.text.slice(starts[line - 1], starts[lastLine(line)]);
  };
  return async (finding) => {
    const { path, start } = finding.location;
    const own = byPath.get(path);
    const places = subjects.get(subjectKey(finding)) ?? [];
    const texts = await Promise.all([
      ...places.map(({ file, start }) => blockAt(file, position(file, start).line)),
      ...(own ? [blockAt(own, start.line)] : []),
    ]);
    // Each text once: how many findings or units share a subject changes nothing about it.
    const plain = new Set(texts.map((text) => text.trim().replace(/\s+/g, " ")));
    return digest(JSON.stringify([...plain].sort()));
  };
}
