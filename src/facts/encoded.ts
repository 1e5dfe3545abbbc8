/**
 * Text that is base64, also compressed: user data, and in it the parts of a MIME document as AWS CDK writes them, the
 * files of cloud-config, and what a script decodes.
 */
import { createRequire } from "node:module";

/** Lines of base64. */
const ENCODED = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{16,}={0,2}(?:\r?\n[ \t]*[A-Za-z0-9+/]+={0,2}(?=[ \t]*(?:\r?\n|$)))*/g;

/** No script is compressed better: what a few bytes would make more of is no script. */
const MOST = 32;

/** What base64 says. */
export interface Decoded {
  /** Undefined when it is compressed and can't be read. */
  readonly text: string | undefined;
  readonly isCompressed: boolean;
}

/** What a string of base64 says, undefined when that is no text. */
export function decoded(base64: string): Decoded | undefined {
  const bytes = Buffer.from(base64.replace(/\s/g, ""), "base64");
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isCompressed ? expanded(bytes) : bytes;
  const text = plain?.toString("utf8");
  const isText = text !== undefined && !text.includes("\0");
  return isText || isCompressed ? { text: isText ? text : undefined, isCompressed } : undefined;
}

/** A text in base64, compressed when what it takes the place of was. */
export function encode(text: string, isCompressed: boolean): string {
  const bytes = Buffer.from(text, "utf8");
  return (isCompressed ? zlib().gzipSync(bytes) : bytes).toString("base64");
}

function expanded(bytes: Buffer): Buffer | undefined {
  try {
    return zlib().gunzipSync(bytes, { maxOutputLength: MOST * bytes.length });
  } catch {
    return undefined;
  }
}

/** Loaded when it is met, which it rarely is. */
function zlib(): typeof import("node:zlib") {
  return createRequire(import.meta.url)("node:zlib");
}

/** A part of a document that is encoded. */
export interface EncodedPart extends Decoded {
  /** As it is in the document. */
  readonly written: string;
}

/** A long word may look like base64, and says nothing that is a text. */
function decodedPart(written: string): Decoded | undefined {
  const part = decoded(written);
  return part?.text?.includes("\ufffd") ? undefined : part;
}

/** The parts of a document that are encoded, also inside of each other. What is compressed is looked into once. */
export function encodedParts(document: string, isCompressed = false): readonly EncodedPart[] {
  return [...document.matchAll(ENCODED)].flatMap(([lines]) => {
    const written = wholeLines(lines);
    const part = decodedPart(written);
    if (!part) return [];
    if (part.isCompressed && isCompressed) return [{ written, isCompressed, text: undefined }];
    return [{ written, ...part }, ...encodedParts(part.text ?? "", isCompressed || part.isCompressed)];
  });
}

/** A document with the texts of its encoded parts changed. */
export function changeEncodedParts(document: string, change: (part: string) => string): string {
  return document.replace(ENCODED, (lines) => {
    const written = wholeLines(lines);
    const { text, isCompressed = false } = decodedPart(written) ?? {};
    const changed = text === undefined ? text : changeEncodedParts(change(text), change);
    return changed === undefined || changed === text
      ? lines
      : encode(changed, isCompressed) + lines.slice(written.length);
  });
}

/** The lines that together are base64: the end of a heredoc may be a word. */
function wholeLines(lines: string): string {
  let end = lines.length;
  while (end > 0 && lines.slice(0, end).replace(/\s/g, "").length % 4 !== 0) end = lines.lastIndexOf("\n", end - 1);
  return end > 0 ? lines.slice(0, end) : lines;
}
