/** Lines of files that are safe to print: secrets are masked before a line is cut out. */
import { lineStarts, type Place, type SourceFile } from "../source.ts";
import type { Hide } from "./hide.ts";
import { redactSource } from "./redact.ts";
import type { Excerpts } from "./report.ts";
import { stars } from "./visible.ts";

/**
 * Excerpts of files with the ranges of `sensitive` masked, and whatever else is a secret by its form or its name, or is
 * a value that is hidden. Masks keep the length, so places of the file are places of its excerpts. A file is masked when
 * its first line is asked for.
 */
export function makeExcerpts(files: readonly SourceFile[], sensitive: readonly Place[], hide?: Hide): Excerpts {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const masked = new Map<SourceFile, string>();
  const places = new Map<string, Place[]>(files.map(({ path }) => [path, []]));
  for (const place of sensitive) places.get(place.file.path)?.push(place);
  return {
    line: (path, line) => {
      const file = byPath.get(path);
      if (!file) return undefined;
      const starts = lineStarts(file);
      const start = starts[line - 1];
      if (start === undefined) return undefined;
      const text = masked.get(file) ?? maskFile(file, places.get(path) ?? [], hide);
      masked.set(file, text);
      const next = starts[line];
      return text.slice(start, next === undefined ? undefined : next - 1).replace(/\r$/, "");
    },
  };
}

function maskFile({ text }: SourceFile, places: readonly Place[], hide: Hide = (one) => one): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    pieces.push(text.slice(done, Math.max(done, start)), maskScalar(text.slice(Math.max(done, start), end)));
    done = end;
  }
  return hide(redactSource(pieces.join("") + text.slice(done)));
}

/** A scalar with its value masked; the quotes around it stay, to show where it begins and ends. */
function maskScalar(text: string): string {
  const quote = /^["']/.exec(text)?.[0] ?? "";
  const quoted = quote !== "" && text.length > 1 && text.endsWith(quote);
  return quoted ? quote + stars(text.slice(1, -1)) + quote : stars(text);
}
