/** Text that is written out of a YAML scalar, character by character. */
import type { CST } from "yaml";

/** What is needed of a scalar's token in the package's concrete syntax tree. */
export type ScalarToken =
  | (CST.FlowScalar & { readonly type: Exclude<CST.FlowScalar["type"], "alias"> })
  | CST.BlockScalar;

/** The header of a block scalar, and how many characters it takes with the comment and line break behind it. */
export function headerOf({ props }: CST.BlockScalar): { readonly style: string; readonly length: number } {
  const sources = props.map((prop) => ("source" in prop ? `${prop.source}` : ""));
  return { style: sources[0] ?? "", length: sources.join("").length };
}

/** Text with the file offset of each of its characters. */
export interface Written {
  text: string;
  readonly offsets: number[];
}

/** Writes characters that all come from one offset: an escape, or what a line break was folded into. */
export function made(out: Written, text: string, offset: number): void {
  out.text += text;
  for (let index = 0; index < text.length; index++) out.offsets.push(offset);
}

/** Writes a range of the source as it is; `base` is the file offset of the source. */
export function copied(out: Written, source: string, from: number, to: number, base: number): void {
  out.text += source.slice(from, to);
  for (let index = from; index < to; index++) out.offsets.push(base + index);
}
