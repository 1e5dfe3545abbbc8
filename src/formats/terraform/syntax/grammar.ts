/**
 * The HCL grammar: tree-sitter compiled to WebAssembly, loaded once and only when a text is not plainly well-formed (about 20 ms).
 *
 * It can't be bundled: a bundler replaces the `import("module")` inside web-tree-sitter by something without `createRequire`. So it
 * is loaded at run time from files beside the bundle, and in a checkout from `node_modules`. The build copies `GRAMMAR_FILES`.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Language, Parser, Tree } from "web-tree-sitter";

/** Name beside the bundle → path in `node_modules`, of every file that reading HCL needs at run time. */
export const GRAMMAR_FILES = {
  "web-tree-sitter.mjs": "web-tree-sitter/web-tree-sitter.js",
  "web-tree-sitter.wasm": "web-tree-sitter/web-tree-sitter.wasm",
  "tree-sitter-hcl.wasm": "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm",
} as const;

type GrammarFile = keyof typeof GRAMMAR_FILES;

/**
 * A node of the concrete syntax tree, as plain data. Offsets are UTF-16, children include the punctuation. `broken` says that the
 * parser put the node in or skipped over it to get on after an error, or that this is so of a node within.
 */
export interface RawNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly RawNode[];
  readonly broken: boolean;
}
export interface RawTree {
  readonly root: RawNode;
  readonly hasError: boolean;
}

let parser: Parser | undefined;
let loading: Promise<void> | undefined;
let missed = false;

/** Loads the grammar: for text that is not plainly well-formed. */
export function loadGrammar(): Promise<void> {
  loading ??= load();
  return loading;
}

/**
 * Whether something was to be read by the grammar while it was not loaded, and was taken for broken. Whoever may have asked for it must load
 * the grammar then and read once more. Most files need none, and loading it takes as long as all else.
 */
export function isGrammarMissed(): boolean {
  return missed && parser === undefined;
}

async function load(): Promise<void> {
  const path = locate();
  const runtime = (await import(
    /* webpackIgnore: true */ pathToFileURL(path("web-tree-sitter.mjs")).href
  )) as typeof import("web-tree-sitter");
  const [wasm, grammar] = await Promise.all([
    readFile(path("web-tree-sitter.wasm")),
    readFile(path("tree-sitter-hcl.wasm")),
  ]);
  await runtime.Parser.init({ wasmBinary: wasm });
  const language: Language = await runtime.Language.load(grammar);
  parser = new runtime.Parser();
  parser.setLanguage(language);
}

/** Where the files are: beside this module in the bundle, else in the nearest `node_modules` above it. */
function locate(): (file: GrammarFile) => string {
  const here = import.meta.dirname;
  if (existsSync(join(here, "web-tree-sitter.mjs"))) return (file) => join(here, file);
  for (let folder = here; ; folder = dirname(folder)) {
    const modules = join(folder, "node_modules");
    if (existsSync(join(modules, GRAMMAR_FILES["web-tree-sitter.mjs"]))) {
      return (file) => join(modules, GRAMMAR_FILES[file]);
    }
    if (folder === dirname(folder)) throw new Error(`The HCL grammar is missing: web-tree-sitter.mjs beside ${here}`);
  }
}

/** The concrete syntax tree of a configuration file's text; a broken one without anything when the grammar is not loaded. */
export function parseRaw(text: string): RawTree {
  if (parser === undefined) {
    missed = true;
    return { root: { type: "config_file", start: 0, end: text.length, children: [], broken: true }, hasError: true };
  }
  const tree = parser.parse(text);
  if (tree === null) throw new Error("the HCL parser has no language");
  try {
    const { hasError } = tree.rootNode;
    return { root: copy(tree, hasError), hasError };
  } finally {
    tree.delete();
  }
}

interface Growing {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: Growing[];
  broken: boolean;
}

/** The tree as plain data, so that the memory of the parser can be given back. Iterative: depth is the file's choice. */
function copy(tree: Tree, hasError: boolean): RawNode {
  const cursor = tree.walk();
  const node = (): Growing => ({
    type: cursor.nodeType,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
    broken: hasError && (cursor.nodeIsMissing || cursor.nodeType === "ERROR"),
  });
  const root = node();
  const path: Growing[] = [root];
  const leave = () => {
    const child = path.pop();
    const parent = path.at(-1);
    if (parent !== undefined && child?.broken === true) parent.broken = true;
  };
  const enter = () => {
    const child = node();
    path.at(-1)?.children.push(child);
    path.push(child);
  };
  try {
    for (;;) {
      if (cursor.gotoFirstChild()) {
        enter();
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        leave();
        if (!cursor.gotoParent()) return root;
      }
      leave();
      enter();
    }
  } finally {
    cursor.delete();
  }
}
