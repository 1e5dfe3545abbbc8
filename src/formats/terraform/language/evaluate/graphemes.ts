/** Characters as Terraform counts them: grapheme clusters of Unicode. */

let segmenter: Intl.Segmenter | undefined;

/** The offsets at which the characters of a string end. ASCII without line breaks needs no dictionary. */
export function graphemesOf(text: string): readonly number[] {
  if (/^[ -~]*$/.test(text)) return Array.from({ length: text.length }, (_, index) => index + 1);
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  const ends: number[] = [];
  for (const { index, segment } of segmenter.segment(text)) ends.push(index + segment.length);
  return ends;
}
