/** Hashes and what else is computed with keys. What is random is unknown, and never the same twice. */
import { constants, createHash, privateDecrypt } from "node:crypto";
import { Complaint } from "../evaluate/complaint.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { goQuote } from "../evaluate/quote.ts";
import { STRING } from "../evaluate/types.ts";
import { madeAtApply, unknownValue } from "../evaluate/unknown.ts";
import type { TerraformUnknown, TerraformValue } from "../evaluate/values.ts";
import { number, text, textAt } from "./arguments.ts";
import { base64Bytes, utf8Of } from "./encoding.ts";
import { made } from "./string.ts";

export type HashName = "md5" | "sha1" | "sha256" | "sha512";

export function digest(bytes: string | Uint8Array, name: HashName, encoding: "hex" | "base64"): string {
  return createHash(name).update(bytes).digest(encoding);
}

function hashed(name: HashName, encoding: "hex" | "base64" = "hex"): FunctionSpec {
  return {
    parameters: [text("str")],
    returns: STRING,
    run: (values, call) => made(digest(textAt(values, 0).value, name, encoding), call),
  };
}

/** An unknown that no other is equal to. */
function unique(name: string, why: string, { at, serial }: Call): TerraformUnknown {
  const key = `${name}.${at.start}.${serial()}@${at.file.path}`;
  return { ...unknownValue(key, madeAtApply(name), why, at), type: STRING };
}

const NAMESPACES: Readonly<Record<string, string>> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

/** https://www.rfc-editor.org/rfc/rfc4122#section-4.3 */
function uuidv5(values: readonly TerraformValue[], call: Call): TerraformValue {
  const given = textAt(values, 0).value;
  const namespace = NAMESPACES[given] ?? given;
  if (!/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(namespace)) {
    throw new Complaint(
      `uuidv5() doesn't support namespace ${given} (invalid UUID length: ${Buffer.byteLength(given)})`,
    );
  }
  const name = Buffer.concat([Buffer.from(namespace.replaceAll("-", ""), "hex"), Buffer.from(textAt(values, 1).value)]);
  const bytes = createHash("sha1").update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return made(bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"), call);
}

function rsadecrypt(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0).value;
  const bytes = base64Bytes(source);
  if (bytes === undefined)
    throw new ArgumentComplaint(0, `failed to decode input ${goQuote(source)}: cipher text must be base64-encoded`);
  let decrypted: Buffer;
  try {
    decrypted = privateDecrypt({ key: textAt(values, 1).value, padding: constants.RSA_PKCS1_PADDING }, bytes);
  } catch {
    throw new ArgumentComplaint(1, "invalid private key, or it does not decrypt the text");
  }
  const decoded = utf8Of(decrypted);
  if (decoded === undefined) throw new Complaint("the decrypted text is not valid UTF-8");
  return made(decoded, call);
}

export const hashFunctions: Readonly<Record<string, FunctionSpec>> = {
  md5: hashed("md5"),
  sha1: hashed("sha1"),
  sha256: hashed("sha256"),
  sha512: hashed("sha512"),
  base64sha256: hashed("sha256", "base64"),
  base64sha512: hashed("sha512", "base64"),
  uuid: { parameters: [], returns: STRING, run: (_, call) => unique("uuid", "uuid() is random", call) },
  bcrypt: {
    parameters: [text("str")],
    rest: number("cost"),
    returns: STRING,
    run: (_, call) => unique("bcrypt", "bcrypt() is random", call),
  },
  uuidv5: { parameters: [text("namespace"), text("name")], returns: STRING, run: uuidv5 },
  rsadecrypt: { parameters: [text("ciphertext"), text("privatekey")], returns: STRING, run: rsadecrypt },
};
