/** The licenses of what is in dist/: of every package of which a module was bundled, and of compiled parts. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { groupBy } from "../src/maps.ts";
import { root } from "./opa.ts";

/** Texts of licenses by hand: of what is compiled into a file of dist/ and is no package. */
const COMPILED = join(root, "tools/licenses");

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly repository?: { readonly url?: string };
}

/**
 * All of them as one text, sorted by name, of the paths of bundled modules. A text that several packages have is given
 * once, behind their names, and so are terms that differ in their layout only. Throws when a package comes without the
 * text of its license.
 */
export function licensesOf(modules: readonly string[]): string {
  const packages = [...new Set(modules.flatMap(packageOf))].sort();
  const byText = groupBy(packages.map(packageLicense), ({ text }) => text);
  const compiled = readdirSync(COMPILED).sort();
  const shorter = termsOnce();
  return [
    ...[...byText].map(([text, these]) => {
      const names = these.map(({ name }) => name);
      return `${names.join("\n")}\n${shorter(names[0] ?? "", text)}`;
    }),
    ...compiled.map((name) => readFileSync(join(COMPILED, name), "utf8")),
  ].join("\n");
}

/**
 * Of texts with the terms of the Apache License, all but the first without them: where they stand is said instead. The
 * packages set them differently, and each has its own notice after them, which stays.
 */
function termsOnce(): (name: string, text: string) => string {
  const end = "END OF TERMS AND CONDITIONS\n";
  const known = new Map<string, string>();
  return (name, text) => {
    const [terms = "", ...notice] = text.split(end);
    if (notice.length === 0) return text;
    const words = terms.replace(/\s+/g, " ");
    const first = known.get(words);
    if (first === undefined) known.set(words, name);
    const [license] = text.split("\n", 1);
    return first === undefined ? text : `${license}\nThe terms stand under ${first}.\n${notice.join(end)}`;
  };
}

/** The folder of the package that a module is from, below node_modules; none for our own code. */
function packageOf(module: string): readonly string[] {
  // The build copies some packages to make them smaller; one in a copy of another stands in for what nobody needs.
  const copied = module.startsWith(join(root, "lib"));
  const [, ...within] = module.split("/node_modules/");
  if (within.length === 0 || (copied && within.length > 1)) return [];
  const [, name = ""] = /^((?:@[^/]+\/)?[^/]+)/.exec(within.at(-1) ?? "") ?? [];
  return [[...within.slice(0, -1), name].join("/node_modules/")];
}

function packageLicense(path: string): { readonly name: string; readonly text: string } {
  const folder = join(root, "node_modules", path);
  const { name, license, repository } = manifestOf(folder);
  const file = licenseIn(folder) ?? siblingLicense(folder, repository?.url);
  if (file === undefined) throw new Error(`the package ${name} comes without the text of its license`);
  return { name, text: `${license}\n${readFileSync(file, "utf8").replaceAll("\r\n", "\n").trimEnd()}\n` };
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function licenseIn(folder: string): string | undefined {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return file === undefined ? undefined : join(folder, file);
}

/** Some packages of a repository leave the text out, which others of it and of their scope have. */
function siblingLicense(folder: string, repository: string | undefined): string | undefined {
  const scope = dirname(folder);
  if (repository === undefined || !/@[^/]+$/.test(scope)) return undefined;
  return readdirSync(scope)
    .sort()
    .map((name) => join(scope, name))
    .filter((sibling) => manifestOf(sibling).repository?.url === repository)
    .map(licenseIn)
    .find((file) => file !== undefined);
}
