import { createRequire } from "node:module";
import type { FunctionSpec } from "../evaluate/function-spec.ts";
import { STRING } from "../evaluate/types.ts";
import { text, textAt } from "./arguments.ts";
import { made } from "./string.ts";

export type HashName = "md5" | "sha1" | "sha256" | "sha512";

export function digest(bytes: string | Uint8Array, name: HashName, encoding: "hex" | "base64"): string {
  // Loaded when the first hash is computed: it takes 5 ms.
  const { createHash } = createRequire(import.meta.url)("node:crypto") as typeof import("node:crypto");
  return createHash(name).update(bytes).digest(encoding);
}

function hashed(name: HashName, encoding: "hex" | "base64" = "hex"): FunctionSpec {
  return {
    parameters: [text],
    returns: STRING,
    run: (values, call) => made(digest(textAt(values, 0).value, name, encoding), call),
  };
}

export const hashFunctions: Readonly<Record<string, FunctionSpec>> = {
  md5: hashed("md5"),
  sha1: hashed("sha1"),
  sha256: hashed("sha256"),
  sha512: hashed("sha512"),
  base64sha256: hashed("sha256", "base64"),
  base64sha512: hashed("sha512", "base64"),
};
