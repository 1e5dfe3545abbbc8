/** Reading one file: bounded, never outside of its folder, and only as far as its bytes look worth it. */
import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Purse } from "../purse.ts";

/** No file is longer: Terraform plans of big estates reach some tens of megabytes, and all of it is held in memory. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Characters of all files that a run holds in memory: those that may be about resources together with its evidence, and
 * as many of modules. Twice what ten thousand jobs take.
 */
export const MAX_RUN_CHARACTERS = 128 * 1024 * 1024;

export function roomOfRun(): Purse {
  return { left: MAX_RUN_CHARACTERS };
}

/** Why a file for which there is no room is not read: the beginning of a sentence. */
export const BEYOND_ROOM = `With the files before it there are more than ${MAX_RUN_CHARACTERS / (1024 * 1024)} million characters to check`;

/** A byte 0 this near the beginning makes a file binary, as git has it. */
const BINARY_BYTES = 8000;

export type ReadText =
  | { readonly kind: "text"; readonly text: string }
  /** Without the words that are looked for; `encrypted` says by what it is, so that nobody can tell. */
  | { readonly kind: "irrelevant"; readonly encrypted?: string }
  /** In place of a file of Git LFS, whose content is not here. */
  | { readonly kind: "pointer" }
  | { readonly kind: "problem"; readonly message: string };

/** What is said of a pointer in place of a file that matters. */
export const POINTER =
  "The file is a pointer of Git LFS, whose content is not in this checkout, so it was not checked. Fetch it, with `lfs: true` of actions/checkout or `git lfs pull`.";

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

/** The same for the content of a file that is in no file system. */
export function readBytes(bytes: Buffer, isRelevant: (bytes: string) => boolean): ReadText {
  return bytes.length > MAX_FILE_BYTES ? TOO_LONG : decode(bytes, isRelevant);
}

const TOO_LONG: ReadText = {
  kind: "problem",
  message: `The file is larger than ${MAX_FILE_BYTES / (1024 * 1024)} MB, so it was not checked.`,
};

function readOpen(descriptor: number, isRelevant: (bytes: string) => boolean): ReadText {
  const head = readInto(descriptor, shared, 0);
  if (head.length < shared.length) return decode(head, isRelevant);
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return { kind: "irrelevant" };
  if (stats.size > MAX_FILE_BYTES) {
    return isRelevantInParts(descriptor, stats.size, isRelevant) ? TOO_LONG : { kind: "irrelevant" };
  }
  const whole = Buffer.allocUnsafe(stats.size);
  head.copy(whole);
  return decode(readInto(descriptor, whole, head.length), isRelevant);
}

/** No word that is looked for is longer. */
const OVERLAP = 256;

/** Whether a part of a file that is too long to be read is relevant. */
function isRelevantInParts(descriptor: number, size: number, isRelevant: (bytes: string) => boolean): boolean {
  for (let from = 0; from < size; from += shared.length - OVERLAP) {
    const count = readSync(descriptor, shared, 0, shared.length, from);
    if (count === 0) return false;
    if (isRelevant(shared.toString("latin1", 0, count))) return true;
  }
  return false;
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
  const raw = bytes.toString("latin1");
  if (raw.startsWith(GIT_CRYPT)) return { kind: "irrelevant", encrypted: "git-crypt" };
  const relevant = isRelevant(raw);
  if (isPointer(raw)) return { kind: "pointer" };
  if (!relevant) {
    const by = ENCRYPTED.find(({ beginning }) => beginning.test(raw))?.by;
    return { kind: "irrelevant", ...(by !== undefined && { encrypted: by }) };
  }
  // A byte 0 in a comment is read by those who deploy the file.
  if (bytes.subarray(0, BINARY_BYTES).includes(0) && !isUtf8(bytes)) {
    return { kind: "problem", message: "The file is binary, so it was not checked." };
  }
  const text = bytes.toString("utf8");
  return { kind: "text", text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
}

/** How a file begins that git-crypt has encrypted. https://github.com/AGWA/git-crypt */
const GIT_CRYPT = "\0GITCRYPT\0";

/**
 * How files begin that are encrypted as a whole.
 * https://docs.ansible.com/ansible/latest/vault_guide/vault_encrypting_content.html, https://github.com/getsops/sops,
 * https://github.com/FiloSottile/age, https://www.rfc-editor.org/rfc/rfc9580.html#section-6.2.1
 */
const ENCRYPTED: readonly { readonly by: string; readonly beginning: RegExp }[] = [
  { by: "Ansible Vault", beginning: /^\$ANSIBLE_VAULT;/ },
  { by: "SOPS", beginning: /^\s{0,9}\{?\s{0,9}"?data"?\s{0,9}:\s{0,9}"?ENC\[/ },
  { by: "age", beginning: /^-----BEGIN AGE ENCRYPTED FILE-----/ },
  { by: "PGP", beginning: /^-----BEGIN PGP MESSAGE-----/ },
];

/** Whether a string is a pointer of Git LFS. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export function isPointer(text: string): boolean {
  return text.length < 1024 && text.startsWith("version https://git-lfs.github.com/spec/");
}

/** Also without a byte order mark, as YAML should be read. https://yaml.org/spec/1.2.2/#52-character-encodings */
function utf16(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  const [first, second, third, fourth] = bytes;
  if (first && second === 0 && third && fourth === 0) return "utf-16le";
  if (first === 0 && second && third === 0 && fourth) return "utf-16be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** The code of a file system error, such as `EACCES`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
