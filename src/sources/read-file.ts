/** Reading one file: bounded, never outside of its folder, and only as far as its bytes look worth it. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** No file is longer: Terraform plans of big estates reach some tens of megabytes, and all of it is held in memory. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** A byte 0 this near the beginning makes a file binary, as git has it. */
const BINARY_BYTES = 8000;

export type ReadText =
  | { readonly kind: "text"; readonly text: string }
  /** Binary, or without the words that are looked for. */
  | { readonly kind: "irrelevant" }
  /** A sentence about the file. */
  | { readonly kind: "problem"; readonly message: string };

/** Most files fit in: it is reused, since making a buffer costs more than reading a small file. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);

/**
 * A link in place of the file and a pipe are not opened, should they have got there since the folder was listed.
 * Windows has neither flag.
 */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The text of a file without its byte order mark, when `isRelevant` says so of its bytes as Latin-1. Bytes that are not
 * UTF-8 become replacement characters; UTF-16 with a byte order mark, as PowerShell writes it, is read too. Never
 * throws.
 */
export function readText(full: string, isRelevant: (bytes: string) => boolean): ReadText {
  try {
    const descriptor = openSync(full, FLAGS);
    try {
      return readOpen(descriptor, isRelevant);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { kind: "problem", message: `The file can't be read (${errorCode(error)}).` };
  }
}

function readOpen(descriptor: number, isRelevant: (bytes: string) => boolean): ReadText {
  const head = readInto(descriptor, shared, 0);
  if (head.length < shared.length) return decode(head, isRelevant);
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return { kind: "irrelevant" };
  if (stats.size > MAX_FILE_BYTES) {
    if (decode(head, isRelevant).kind !== "text") return { kind: "irrelevant" };
    const limit = `${MAX_FILE_BYTES / (1024 * 1024)} MB`;
    return { kind: "problem", message: `The file is larger than ${limit}, so it was not checked.` };
  }
  const whole = Buffer.allocUnsafe(stats.size);
  head.copy(whole);
  return decode(readInto(descriptor, whole, head.length), isRelevant);
}

/** The part of the buffer that is filled once the rest of the file is read into it. */
function readInto(descriptor: number, buffer: Buffer, from: number): Buffer {
  let length = from;
  while (length < buffer.length) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, length);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

function decode(bytes: Buffer, isRelevant: (bytes: string) => boolean): ReadText {
  const encoding = utf16(bytes);
  if (encoding) {
    const text = new TextDecoder(encoding).decode(bytes);
    return isRelevant(text) ? { kind: "text", text } : { kind: "irrelevant" };
  }
  const binary = bytes.subarray(0, BINARY_BYTES).includes(0);
  if (binary || !isRelevant(bytes.toString("latin1"))) return { kind: "irrelevant" };
  const text = bytes.toString("utf8");
  return { kind: "text", text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
}

function utf16(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** The code of a file system error, such as `EACCES`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
