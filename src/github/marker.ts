/**
 * The hidden first line of every comment we write, by which a later run knows it again. A marker proves nothing by
 * itself: anybody can write one, so the author of the comment is looked at too (`plan.ts`).
 */
import { createHash } from "node:crypto";
import type { Environment } from "./event.ts";
import type { Inputs } from "./inputs.ts";

export type Marker =
  | { readonly kind: "summary" | "fixed" | "superseded"; readonly key: string }
  | {
      readonly kind: "finding";
      readonly key: string;
      readonly fingerprints: readonly string[];
      /** Those without unit and file, which stay when a file is renamed. */
      readonly anywhere: readonly string[];
    };

const form =
  /^<!-- batch-secrets-check (summary|finding|fixed|superseded) ([0-9a-f]+)(?: ([\w.~%,]+) ([\w.~%,]+))? -->\r?(?:\n|$)/;

/**
 * Tells apart two steps on one pull request: eight hexadecimal digits of their name and matrix or, without a name, of
 * where they stand and of the inputs that change the answer as well.
 */
export function markerKey({ GITHUB_WORKFLOW, GITHUB_JOB, GITHUB_ACTION }: Environment, inputs: Inputs): string {
  const { name, matrix, workingDirectory, config, paths, pathsIgnore, policies, evidence, failOn, scope } = inputs;
  const place = [GITHUB_WORKFLOW, GITHUB_JOB, GITHUB_ACTION];
  const answer = [workingDirectory, config, paths, pathsIgnore, policies, evidence, failOn, scope];
  return createHash("sha256")
    .update(JSON.stringify([matrix, ...(name === undefined ? [...place, ...answer] : [name])]))
    .digest("hex")
    .slice(0, 8);
}

export function writeMarker(marker: Marker): string {
  const lists = marker.kind === "finding" ? [marker.fingerprints, marker.anywhere] : [];
  const words = [marker.kind, marker.key, ...lists.map((list) => list.map(encode).join(","))];
  return `<!-- batch-secrets-check ${words.join(" ")} -->\n`;
}

/** The marker on the first line of a comment, if there is one. */
export function readMarker(body: string): Marker | undefined {
  const [, kind, key = "", list = "", other = ""] = form.exec(body) ?? [];
  if (kind === "summary" || kind === "fixed" || kind === "superseded") return list === "" ? { kind, key } : undefined;
  if (kind !== "finding" || list === "") return undefined;
  const [fingerprints, anywhere] = [list, other].map(decodeAll);
  return fingerprints && anywhere && { kind, key, fingerprints, anywhere };
}

function decodeAll(list: string): readonly string[] | undefined {
  const all = list.split(",").map(decode);
  return all.every((one) => one !== undefined) ? all : undefined;
}

/** Percent-encoded, hyphens too: two of them could end an HTML comment. An empty text is `~`. */
function encode(text: string): string {
  if (text === "") return "~";
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\u{fffd}")).replace(
    /[-!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string | undefined {
  if (text === "~") return "";
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
