/** The functions that Terragrunt adds to the language. https://terragrunt.gruntwork.io/docs/reference/hcl/functions/ */

import { posix } from "node:path";
import { type About, ACCOUNT, hole, isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { Workspace } from "../../sources/workspace.ts";
import type { Value } from "../../syntax/value.ts";
import { unknownValue } from "./language/evaluate/unknown.ts";

export interface Folders {
  /** The folder of the `terragrunt.hcl` that runs, or of a file that is read on its own. */
  readonly own: string;
  readonly parent: string;
  /** The folder of the `terragrunt.hcl` that runs. */
  readonly original: string;
}

export interface Asked {
  readonly workspace: Workspace;
  readonly folders: Folders;
  readonly path: string;
  /** The folder of the file that it includes, by the label of the block; the first one without a label. */
  readonly included: (label: string | undefined) => string | undefined;
  readonly at: Place;
}

/** The answer: a value, or another file of Terragrunt to be read, by its path. */
export type Answer = { readonly value: Value } | { readonly file: string };

/** The root of the references that replace calls of these functions: no name of the language looks like this. */
export const CALL = "terragrunt()";

const NAMES = new Set([
  ..."find_in_parent_folders path_relative_to_include path_relative_from_include read_terragrunt_config".split(" "),
  ..."read_tfvars_file run_cmd sops_decrypt_file mark_as_read mark_glob_as_read render_in_place".split(" "),
]);

function isTerragrunt(name: string): boolean {
  return NAMES.has(name) || /^get_[a-z_]+$/.test(name);
}

/**
 * The tree with calls of these functions replaced by references, `terragrunt().name 1["argument"]`, which a scope can
 * resolve: the evaluator knows only the language's own functions. The number is that of the arguments: what follows
 * them is taken from the result.
 */
export function rewritten<T>(node: T): T {
  if (Array.isArray(node)) return node.map((item) => rewritten(item)) as T;
  if (typeof node !== "object" || node === null || ("file" in node && "start" in node)) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, rewritten(value)]));
  if (copy["kind"] !== "call" || !isTerragrunt(String(copy["name"]))) return copy as T;
  const { at } = copy;
  const given = copy["arguments"] as unknown[];
  const name = `${String(copy["name"])} ${given.length}`;
  const call: object = { kind: "attribute", source: { kind: "variable", name: CALL, at }, name, at };
  return given.reduce<object>((source, key) => ({ kind: "index", source, key, at }), call) as T;
}

type Run = (keys: readonly (string | undefined)[], asked: Asked) => string | undefined;

const relative = (from: string, to: string): string => posix.relative(from, to) || ".";
const absolute = (folder: string): string => posix.join("/", folder);

/** The folder of the included file, also where the file that includes it asks. */
function parentOf(label: string | undefined, { folders, included }: Asked): string {
  return folders.parent === folders.own ? (included(label) ?? folders.own) : folders.parent;
}

/** Their results as strings; undefined when not known. */
const FUNCTIONS: Readonly<Record<string, Run>> = {
  get_terragrunt_dir: (_, { folders }) => absolute(folders.own),
  get_original_terragrunt_dir: (_, { folders }) => absolute(folders.original),
  get_parent_terragrunt_dir: ([label], asked) => absolute(parentOf(label, asked)),
  get_repo_root: () => "/",
  get_path_to_repo_root: (_, { folders }) => relative(folders.own, ""),
  get_path_from_repo_root: (_, { folders }) => relative("", folders.own),
  path_relative_to_include: ([label], asked) => relative(parentOf(label, asked), asked.folders.own),
  path_relative_from_include: ([label], asked) => relative(asked.folders.own, parentOf(label, asked)),
  get_aws_account_id: () => ACCOUNT,
  find_in_parent_folders: ([name = "terragrunt.hcl", fallback], asked) => findAbove(name, asked) ?? fallback,
  mark_as_read: ([path]) => path,
};

export function answerOf(name: string, keys: readonly (Value | undefined)[], asked: Asked): Answer {
  const texts = keys.map((key) => (key?.kind === "text" && isLiteral(key.value) ? key.value : undefined));
  const [first] = texts;
  if (name === "read_terragrunt_config" && first !== undefined) return { file: first };
  const known = keys.length === texts.filter((text) => text !== undefined).length;
  const text = known && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]?.(texts, asked) : undefined;
  const { at, path } = asked;
  if (text !== undefined) return { value: { kind: "text", value: text, at } };
  // Further arguments may be secret, such as the default of `get_env`.
  const words = `${name}(${[...texts.slice(0, 1), ...(texts.length > 1 ? ["…"] : [])].join(", ")})`;
  const sensitive = name.startsWith("sops_");
  const about: About = {
    words,
    unit: path,
    origin: { kind: "computed", function: name },
    sensitive,
    cause: { kind: "deployment", name: words, unit: path },
  };
  const unknown = unknownValue(`${name}(${texts.join(", ")})@${path}`, about, at);
  return { value: sensitive ? { ...unknown, sensitive: hole(unknown.name, "wide") } : unknown };
}

/** The first file or folder of that name in the folders above. */
function findAbove(name: string, { workspace, folders }: Asked): string | undefined {
  for (let folder = folders.own; folder !== "." && folder !== ""; ) {
    folder = posix.dirname(folder);
    const path = posix.join(folder, name);
    if (workspace.isFile(path) || workspace.names(path).length > 0) return absolute(path);
  }
  return undefined;
}
