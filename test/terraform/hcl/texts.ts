/**
 * The texts that our reader and HashiCorp's are compared on: small ones by hand, the files and expressions of tests,
 * and changed ones.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "./dump.ts";

const ROOT = join(import.meta.dirname, "../../..");

export type Case = readonly [Mode, string];

/** `edge-cases.json` and `mutations.json`: lists of a mode and a string. */
function listed(name: string): readonly Case[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"));
}

export function cases(): readonly Case[] {
  const expressions = readFileSync(join(ROOT, "test/terraform/console/expressions.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line): Case => ["expression", line]);
  const files = ["policies", "test", "examples"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(?:tf|tfvars|hcl)$/.test(path))
      .map((path): Case => ["config", readFileSync(join(ROOT, folder, path), "utf8")]),
  );
  const all = [...listed("edge-cases.json"), ...listed("mutations.json"), ...expressions, ...files];
  return [...new Map(all.map((one) => [nameOf(one), one])).values()];
}

/** Texts and trees are recorded by this, since they are long. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** What an answer is found by. */
export function nameOf([mode, text]: Case): string {
  return `${mode} ${text}`;
}
