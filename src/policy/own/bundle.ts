/** Reads a bundle as `opa build -t wasm` writes it: a compressed archive with a module and data. */
import { gunzipSync } from "node:zlib";

export interface OwnBundle {
  /** Where it is, as people named it. */
  readonly path: string;
  readonly wasm: Uint8Array;
  /** The data of the bundle, as JSON. */
  readonly data: string;
}

/** More bytes than the module and the data of any bundle have. */
const LONGEST = 67_108_864;

/** A bundle from its bytes. Throws a sentence when they are none. */
export function readBundle(path: string, bytes: Uint8Array): OwnBundle {
  const files = filesOf(path, bytes);
  const wasm = files.get("policy.wasm");
  if (!wasm)
    throw new Error(`the policy ${path} has no compiled module in it: build it with \`opa build --target wasm\``);
  const data = files.get("data.json");
  return { path, wasm, data: data ? new TextDecoder().decode(data) : "{}" };
}

/** The files of an archive by their names. https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function filesOf(path: string, bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let archive: Buffer;
  try {
    archive = gunzipSync(bytes, { maxOutputLength: LONGEST });
  } catch {
    throw new Error(`the policy ${path} is no bundle: build it with \`opa build --target wasm\``);
  }
  const text = (start: number, length: number) =>
    archive.toString("latin1", start, start + length).split("\0", 1)[0] ?? "";
  const files = new Map<string, Uint8Array>();
  for (let header = 0; header + BLOCK <= archive.length; ) {
    const name = text(header, 100).replace(/^(?:\.?\/)+/, "");
    const size = Number.parseInt(text(header + 124, 12), 8) || 0;
    const start = header + BLOCK;
    if (name !== "") files.set(name, archive.subarray(start, start + size));
    header = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

const BLOCK = 512;
