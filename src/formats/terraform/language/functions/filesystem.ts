/** Filesystem functions, through a reader that stays in the workspace. What it refuses is unknown with its reason. */

import { posix } from "node:path";
import type { Cause } from "../../../../facts/causes.ts";
import type { SourceFile } from "../../../../source.ts";
import { chunk } from "../../../../syntax/hcl/origin.ts";
import { spend, spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { toSet } from "../evaluate/sets.ts";
import { textOfPieces } from "../evaluate/text.ts";
import { BOOL, STRING, setOf } from "../evaluate/types.ts";
import { booleanOf, type TerraformUnknown, type TerraformValue, textOf } from "../evaluate/values.ts";
import { text, textAt } from "./arguments.ts";
import { globMatcher } from "./glob.ts";
import { digest, type HashName } from "./hash.ts";
import { made } from "./string.ts";

/** The file of the first argument, or the unknown that represents it. @throws Complaint when there is none */
export function fileOf(
  name: string,
  values: readonly TerraformValue[],
  call: Call,
): { readonly file: SourceFile } | TerraformUnknown {
  const path = textAt(values, 0).value;
  const found = call.files.read(path);
  if ("file" in found) return found;
  if (found.missing) throw noFile(path, call);
  return derived(name, values, call.at, STRING, fileCause(path, call));
}

function fileCause(path: string, { at }: Call): Cause {
  return { kind: "file", name: path, unit: at.file.path };
}

function noFile(path: string, call: Call): Complaint {
  return new Complaint("missing", `there is no file ${JSON.stringify(path)}`, fileCause(path, call));
}

function readWhole(values: readonly TerraformValue[], call: Call): TerraformValue {
  const found = fileOf("file", values, call);
  if ("kind" in found) return found;
  const { file } = found;
  spendText(call.budget, file.text.length);
  const whole = { file, start: 0, end: file.text.length };
  return textOfPieces(file.text === "" ? [] : [chunk(file.text, whole)], whole);
}

/** A hash or encoding of a file's bytes. */
function ofBytes(name: string, compute: (bytes: Uint8Array) => string): FunctionSpec {
  return {
    parameters: [text],
    returns: STRING,
    run: (values, call) => {
      const path = textAt(values, 0).value;
      if (call.files.exists(path) === false) throw noFile(path, call);
      const bytes = call.files.bytes?.(path);
      return bytes === undefined
        ? derived(name, values, call.at, STRING, fileCause(path, call))
        : made(compute(bytes), call);
    },
  };
}

const hashOf = (name: string, hash: HashName, encoding: "hex" | "base64" = "hex") =>
  ofBytes(name, (bytes) => digest(bytes, hash, encoding));

function fileset(values: readonly TerraformValue[], call: Call): TerraformValue {
  const folder = textAt(values, 0).value;
  const pattern = textAt(values, 1).value;
  const unknown = (cause?: Cause) => derived("fileset", values, call.at, setOf(STRING), cause);
  const matches = globMatcher(pattern);
  const found = call.files.list(folder);
  if (matches === undefined) return unknown();
  if (found === undefined) return unknown(fileCause(folder, call));
  spend(call.budget, found.length * (1 + pattern.length));
  return toSet(
    found.filter(matches).map((name) => textOf(name, call.at)),
    STRING,
    call.at,
  );
}

/** As Go's `filepath.Base`. */
function basename(path: string): string {
  return path === "" ? "." : posix.basename(path) || "/";
}

/** As Go's `filepath.Dir`: everything before the last slash, cleaned. */
function dirname(path: string): string {
  const folder = posix.normalize(path.slice(0, path.lastIndexOf("/") + 1));
  return folder === "/" ? folder : folder.replace(/\/$/, "");
}

const ofPath = (compute: (path: string) => string): FunctionSpec => ({
  parameters: [text],
  returns: STRING,
  run: (values, call) => made(compute(textAt(values, 0).value), call),
});

export const filesystemFunctions: Readonly<Record<string, FunctionSpec>> = {
  file: { parameters: [text], returns: STRING, run: readWhole },
  fileexists: {
    parameters: [text],
    returns: BOOL,
    run: (values, call) => {
      const path = textAt(values, 0).value;
      const found = call.files.exists(path);
      if (found !== undefined) return booleanOf(found, call.at);
      return derived("fileexists", values, call.at, BOOL, fileCause(path, call));
    },
  },
  fileset: { parameters: [text, text], returns: setOf(STRING), run: fileset },
  filebase64: ofBytes("filebase64", (bytes) => Buffer.from(bytes).toString("base64")),
  filebase64sha256: hashOf("filebase64sha256", "sha256", "base64"),
  filebase64sha512: hashOf("filebase64sha512", "sha512", "base64"),
  filemd5: hashOf("filemd5", "md5"),
  filesha1: hashOf("filesha1", "sha1"),
  filesha256: hashOf("filesha256", "sha256"),
  filesha512: hashOf("filesha512", "sha512"),
  basename: ofPath(basename),
  dirname: ofPath(dirname),
};
