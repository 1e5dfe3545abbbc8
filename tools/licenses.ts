/**
 * The licenses of what is in dist/: of every package that the programs import, of what these depend on, and of compiled
 * parts.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./opa.ts";

/** Texts of licenses by hand: of what is compiled into a file of dist/ and is no package. */
const COMPILED = join(root, "tools/licenses");

/** Dependencies that the build leaves out: the YAML parser of the OPA SDK. */
const LEFT_OUT: Readonly<Record<string, string>> = { "@open-policy-agent/opa-wasm": "yaml" };

/** What the programs import for types only, and tests and tools for more. */
const NOT_BUNDLED = ["zod"];

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** All of them as one text, sorted by name. Throws when a package comes without the text of its license. */
export function licensesOf(code: string): string {
  const folders = new Map<string, string>();
  for (const name of imported(code)) addPackage(name, root, folders);
  const packages = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, folder]) => packageLicense(folder));
  const compiled = readdirSync(COMPILED).sort();
  return [...packages, ...compiled.map((name) => readFileSync(join(COMPILED, name), "utf8"))].join("\n");
}

/** The names of the packages that modules import: no relative paths, no builtin modules. */
function imported(code: string): Set<string> {
  const name = String.raw`"((?:@[\w-]+/)?[\w-][\w.-]*)(?:/[^"]*)?"`;
  const specifiers = code.matchAll(new RegExp(`(?:^import [^"]*from |await import\\()${name}`, "gm"));
  const names = new Set([...specifiers].map(([, found = ""]) => found));
  for (const unused of NOT_BUNDLED) names.delete(unused);
  return names;
}

/** Adds a package, as it is found from a folder, and what it depends on. */
function addPackage(name: string, from: string, folders: Map<string, string>): void {
  const folder = find(name, from);
  if (folders.get(name) === folder) return;
  folders.set(name, folder);
  for (const dependency of Object.keys(manifest(folder).dependencies ?? {})) {
    if (LEFT_OUT[name] !== dependency) addPackage(dependency, folder, folders);
  }
}

function find(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return folder;
  if (from === root) throw new Error(`the package ${name} is not in node_modules`);
  return find(name, dirname(from));
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function packageLicense(folder: string): string {
  const { name, license } = manifest(folder);
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined) throw new Error(`the package ${name} comes without the text of its license`);
  return `${name}\n${license}\n${readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trimEnd()}\n`;
}
