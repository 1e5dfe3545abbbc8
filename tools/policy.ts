/**
 * Builds what the program runs of the policies: `node tools/policy.ts [FOLDER]`, dist/ when no folder is named.
 *
 * | file | what |
 * |---|---|
 * | `policy.wasm` | all rules, compiled by OPA, with the one entrypoint `main/report` |
 * | `rules.json` | what the rules' metadata says of them, sorted by id |
 * | `examples.json.br` | the shortest bad and good example of each, for `explain` |
 *
 * All depend on the policies alone: no dates, no absolute paths. Fails on what `opa fmt` and `opa check --strict`
 * complain of.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { brotliCompressSync, gunzipSync } from "node:zlib";
import binaryen from "binaryen";
import { pairsOf, readExamples } from "./examples.ts";
import { opa, root } from "./opa.ts";
import { ruleInfos } from "./rules.ts";
import { SCHEMA, schemaText } from "./schema.ts";

/** Where the policies stand, relative to the project's folder. */
export const POLICIES = "policies";

/** The examples are JSON and YAML, which OPA takes for data. */
export const WITHOUT_EXAMPLES = ["--ignore", "examples"] as const;

/** Checks the policies, then writes `policy.wasm` and `rules.json` into a folder. */
export function buildPolicies(folder: string): void {
  checkPolicies();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "policy.wasm"), small(compile(regoFiles(POLICIES), ["main/report"])));
  const rules = ruleInfos(inspectPolicies());
  writeFileSync(join(folder, "rules.json"), `${JSON.stringify(rules, undefined, 2)}\n`);
  const pairs = rules.map((rule) => [rule.id, pairsOf(rule.id, readExamples(rule))[0]]);
  writeFileSync(join(folder, "examples.json.br"), brotliCompressSync(JSON.stringify(Object.fromEntries(pairs))));
}

/**
 * The module less what does nothing: two thirds of it are left, it starts 3 % sooner and is no slower. Eleven seconds.
 */
function small(wasm: Uint8Array): Uint8Array {
  const module = binaryen.readBinary(wasm);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  module.optimize();
  const result = module.emitBinary();
  module.dispose();
  return result;
}

/**
 * Gates the policies: formatting, types against the case schema, and only built-in functions that the WebAssembly SDK
 * has.
 */
export function checkPolicies(): void {
  const unformatted = opa("fmt", "--list", POLICIES).trim();
  if (unformatted !== "") throw new Error(`not formatted as \`opa fmt\` does:\n${unformatted}`);
  if (readFileSync(join(root, SCHEMA), "utf8") !== schemaText())
    throw new Error(`${SCHEMA} is older than its source in src: run \`npm run fix\``);
  withFolder((folder) => {
    const schema = join(folder, "schema.json");
    writeFileSync(schema, JSON.stringify(checkable(JSON.parse(schemaText()))));
    const gates = ["--strict", "--capabilities", capabilities(folder), "--schema", schema];
    opa("check", ...gates, ...regoFiles(POLICIES));
    opa("check", "--strict", ...WITHOUT_EXAMPLES, POLICIES);
  });
}

/** The WebAssembly module of some Rego files (paths relative to the project's folder) with these entrypoints. */
export function compile(files: readonly string[], entrypoints: readonly string[]): Uint8Array {
  return withFolder((folder) => {
    const bundle = join(folder, "bundle.tar.gz");
    const named = entrypoints.flatMap((entrypoint) => ["--entrypoint", entrypoint]);
    const all = [...files.map(withoutPages), credentials()];
    opa("build", "--target", "wasm", "--capabilities", capabilities(folder), ...named, "--output", bundle, ...all);
    return fileOfTar(gunzipSync(readFileSync(bundle)), "/policy.wasm");
  });
}

/**
 * The table of credentials as a module, since what is data for OPA is no part of a WebAssembly module.
 */
function credentials(): string {
  const { credentials: table } = JSON.parse(readFileSync(join(root, POLICIES, "credentials.json"), "utf8"));
  const rules = Object.entries(table).map(([name, words]) => `${name} := ${JSON.stringify(words)}\n`);
  return written("lib/credentials.rego", `package credentials\n\n${rules.join("\n")}`);
}

/**
 * A rule with no more metadata than its answers need: each rule that answers makes them, and what a page says of it would
 * be an eighth of the module.
 */
function withoutPages(path: string): string {
  if (!path.endsWith("/rule.rego") || isAbsolute(path)) return path;
  const text = readFileSync(join(root, path), "utf8");
  return written(`lib/${path}`, text.replace(/^# METADATA\n(?:#.*\n)+(?=package )/m, neededMetadata));
}

function neededMetadata(block: string): string {
  let needed = true;
  return block.replace(/.*\n/g, (line) => {
    const [, indent = "", key] = /^# ( *)(\w+):/.exec(line) ?? [];
    if (key && indent.length < 3) needed = key === "custom" || (indent !== "" && /^(?:severity|remedy)$/.test(key));
    return needed ? line : "";
  });
}

/** A file that the build makes. It is always in the same place, because the module holds the paths of its sources. */
function written(path: string, text: string): string {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return path;
}

/** The Rego files below a folder without the tests, sorted. */
export function regoFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .sort();
}

/** What `opa inspect` tells of the policies. */
export function inspectPolicies(): unknown {
  return JSON.parse(opa("inspect", "--annotations", "--format", "json", POLICIES));
}

/**
 * The path of a capabilities file for what the SDK supplies. Its own list has no `features`, without which OPA takes no
 * Rego of version 1, and neither the function that the compiler replaces by a rule's metadata nor the one that it makes
 * template strings of. Less regular expressions: their engine would be a fifth of the module.
 */
function capabilities(folder: string): string {
  const sdk = dirname(dirname(createRequire(import.meta.url).resolve("@open-policy-agent/opa-wasm")));
  const { builtins }: Capabilities = JSON.parse(readFileSync(join(sdk, "capabilities.json"), "utf8"));
  const metadata = { name: "rego.metadata.chain", decl: { type: "function", result: { type: "any" } } };
  const templates = {
    name: "internal.template_string",
    decl: {
      type: "function",
      args: [{ type: "array", dynamic: { type: "any" } }],
      result: { type: "string" },
    },
  };
  const path = join(folder, "capabilities.json");
  const cheap = builtins.filter(({ name }) => !name.startsWith("regex."));
  const supplied = { builtins: [...cheap, metadata, templates], features: ["rego_v1", "template_strings"] };
  writeFileSync(path, JSON.stringify(supplied));
  return path;
}

interface Capabilities {
  readonly builtins: readonly { readonly name: string }[];
}

/**
 * A schema under which OPA checks what is in the maps of the case as well: it takes the values of
 * `additionalProperties` for anything, so each map becomes an object with one key.
 */
function checkable(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(checkable);
  const entries = Object.entries(schema).filter(([key]) => key !== "propertyNames");
  const inner = Object.fromEntries(entries.map(([key, value]) => [key, checkable(value)]));
  const { additionalProperties: values } = inner;
  return typeof values === "object" ? { ...inner, properties: { "*": values }, additionalProperties: false } : inner;
}

/**
 * One file of an archive in tar format: blocks of 512 bytes, a header and then the content.
 * https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
function fileOfTar(archive: Buffer, name: string): Uint8Array {
  const text = (start: number, length: number) =>
    archive.toString("latin1", start, start + length).replace(/\0.*$/s, "");
  for (let header = 0; header < archive.length; ) {
    const size = Number.parseInt(text(header + 124, 12), 8) || 0;
    if (text(header, 100) === name) return archive.subarray(header + 512, header + 512 + size);
    header += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`opa build made no ${name}`);
}

function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) buildPolicies(resolve(root, process.argv[2] ?? "dist"));
