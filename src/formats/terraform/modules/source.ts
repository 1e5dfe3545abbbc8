/** A module as it is written: the blocks of all its files, overrides applied. */
import { cut, locate, type Place, type Problem, type SourceFile } from "../../../source.ts";
import { isConfiguration } from "../../../sources/names.ts";
import type { Workspace } from "../../../sources/workspace.ts";
import { parseDocuments } from "../../../syntax/document.ts";
import { attributeOf, blocksOf } from "../../../syntax/hcl/body.ts";
import { parseConfiguration, parseJsonConfiguration } from "../../../syntax/hcl/parse.ts";
import { type Attribute, type Block, type Body, literalString } from "../../../syntax/hcl/tree.ts";
import { grouped } from "../../../words.ts";

export interface ModuleSource {
  /** The folder, relative to the workspace; "." for its root. */
  readonly path: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly calls: ReadonlyMap<string, Block>;
  /** By `aws_iam_role.job`. */
  readonly resources: ReadonlyMap<string, Block>;
  /** By `aws_region.current`. */
  readonly data: ReadonlyMap<string, Block>;
  /** By `aws_lambda_invoke.grant`. */
  readonly actions: ReadonlyMap<string, Block>;
  /** The block `backend` or `cloud`, which says where the state is kept. */
  readonly backend: Block | undefined;
  /** Blocks that say which resources exist already, and by what id. */
  readonly imports: readonly Block[];
  /** Configurations of providers by `aws`, or `aws.alias`. */
  readonly providers: ReadonlyMap<string, Block>;
  readonly files: readonly SourceFile[];
  /** A file of the module that can't be read, or not all of it: what is declared nowhere else may be declared in it. */
  readonly unread?: string;
  readonly problems: readonly Problem[];
}

const IS_OVERRIDE = /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/;

/**
 * The names of the files of a module: OpenTofu reads `x.tofu` in place of `x.tf`.
 * https://developer.hashicorp.com/terraform/language/files, https://opentofu.org/docs/language/files/
 */
export function configurationsOf(workspace: Workspace, folder: string): readonly string[] {
  const names = workspace.names(folder).filter(isConfiguration);
  const all = new Set(names);
  return names.filter((name) => !all.has(name.replace(/\.tf(?=\.json$|$)/, ".tofu")) || /\.tofu\b/.test(name));
}

/** Reads all files of a module. */
export async function readModule(workspace: Workspace, path: string): Promise<ModuleSource> {
  const problems: Problem[] = [];
  const bodies: Body[] = [];
  const overrides: Body[] = [];
  const files: SourceFile[] = [];
  let unread: string | undefined;
  let length = 0;
  for (const name of configurationsOf(workspace, path)) {
    const file = path === "." ? name : `${path}/${name}`;
    const read = workspace.read(file);
    if ("why" in read) {
      unread = file;
      if (!isEncrypted(workspace, file))
        problems.push(cut({ path: file, message: `The file was not read: ${read.why}.` }));
      continue;
    }
    length += read.file.text.length;
    if (length > MAX_MODULE) {
      unread = file;
      problems.push(cut({ path: file, message: TOO_LONG }));
      continue;
    }
    files.push(read.file);
    const parsed = await parseBody(read.file);
    problems.push(...parsed.problems);
    if (parsed.bodies.some(({ broken }) => broken !== undefined)) unread = file;
    (IS_OVERRIDE.test(name) ? overrides : bodies).push(...parsed.bodies);
  }
  const module = moduleOf(path, bodies, overrides);
  const all = [...problems, ...module.problems];
  return { ...module, files, ...(unread !== undefined && { unread }), problems: all };
}

/** Whether git-crypt (https://github.com/AGWA/git-crypt) has encrypted a file. */
function isEncrypted(workspace: Workspace, path: string): boolean {
  const bytes = workspace.bytes(path)?.subarray(0, 10);
  return bytes !== undefined && String.fromCharCode(...bytes) === "\0GITCRYPT\0";
}

export function moduleOf(path: string, bodies: readonly Body[], overrides: readonly Body[]): ModuleSource {
  const problems: Problem[] = [];
  const blocks = (type: string, labels: number) => collect(bodies, overrides, { type, labels, problems });
  return {
    path,
    providers: collect(bodies, overrides, { type: "provider", labels: 1, problems, key: providerName }),
    variables: blocks("variable", 1),
    outputs: blocks("output", 1),
    calls: blocks("module", 1),
    resources: blocks("resource", 2),
    data: blocks("data", 2),
    actions: blocks("action", 2),
    backend: [...bodies, ...overrides]
      .flatMap((body) => blocksOf(body, "terraform", 0))
      .flatMap(({ body }) => [...blocksOf(body, "backend", 1), ...blocksOf(body, "cloud", 0)])
      .at(-1),
    imports: [...bodies, ...overrides].flatMap((body) => blocksOf(body, "import", 0)),
    locals: new Map(
      [...bodies, ...overrides].flatMap((body) =>
        blocksOf(body, "locals").flatMap((block) =>
          block.body.attributes.map((attribute): [string, Attribute] => [attribute.name, attribute]),
        ),
      ),
    ),
    files: [],
    problems,
  };
}

/** A module with what a tool writes beside its files: where it is deployed, and where its state is kept. */
export function withGenerated(source: ModuleSource, bodies: readonly Body[]): ModuleSource {
  if (bodies.length === 0) return source;
  const { providers, locals, data, backend = source.backend } = moduleOf(source.path, bodies, []);
  return {
    ...source,
    providers: new Map([...source.providers, ...providers]),
    locals: new Map([...source.locals, ...locals]),
    data: new Map([...source.data, ...data]),
    backend,
  };
}

/** Characters of a file; a tree takes some 150 bytes for each. */
const MAX_LENGTH = 2_000_000;

/** Characters of all files of a module. */
const MAX_MODULE = 8_000_000;
const TOO_LONG = `The files of this module are longer than ${grouped(MAX_MODULE)} characters together, so this one was not read.`;

function providerName({ labels, body }: Block): string {
  const alias = attributeOf(body, "alias");
  const name = labels[0]?.name ?? "";
  return alias ? `${name}.${literalString(alias.value) ?? ""}` : name;
}

export async function parseBody(file: SourceFile): Promise<{ bodies: readonly Body[]; problems: readonly Problem[] }> {
  if (file.text.length > MAX_LENGTH) {
    const message = `The file is longer than ${grouped(MAX_LENGTH)} characters, so it was not read.`;
    return { bodies: [], problems: [cut({ path: file.path, message })] };
  }
  if (!file.path.endsWith(".json")) {
    const { tree, problems } = parseConfiguration(file);
    return { bodies: [tree], problems };
  }
  const { documents, problems } = await parseDocuments(file);
  const parsed = documents.map(({ value }) => parseJsonConfiguration(value));
  return { bodies: parsed.map(({ tree }) => tree), problems: [...problems, ...parsed.flatMap((one) => one.problems)] };
}

/** Which blocks are collected, by what, and where those are told that are declared twice. */
interface Collected {
  readonly type: string;
  readonly labels: number;
  readonly problems: Problem[];
  readonly key?: (block: Block) => string;
}

function collect(
  bodies: readonly Body[],
  overrides: readonly Body[],
  { type, labels, problems, key = nameOf }: Collected,
): Map<string, Block> {
  const found = new Map<string, Block>();
  for (const body of bodies) {
    for (const block of blocksOf(body, type, labels)) {
      if (found.has(key(block))) problems.push(declaredTwice(block));
      found.set(key(block), block);
    }
  }
  for (const body of overrides) {
    for (const block of blocksOf(body, type, labels)) {
      const known = found.get(key(block));
      found.set(key(block), known ? overridden(known, block) : block);
    }
  }
  return found;
}

function nameOf({ labels }: Block): string {
  return labels.map(({ name }) => name).join(".");
}

/** https://developer.hashicorp.com/terraform/language/resources/syntax */
function declaredTwice(block: Block): Problem {
  const message = `${block.type} ${nameOf(block)} is declared twice in this module, which Terraform refuses.`;
  return { path: block.at.file.path, message, line: locate(headOf(block)).start.line };
}

/**
 * Arguments of an override replace those of the block; its nested blocks replace all of their type.
 * https://developer.hashicorp.com/terraform/language/files/override
 */
function overridden(block: Block, { body }: Block): Block {
  const names = new Set(body.attributes.map(({ name }) => name));
  const types = new Set(body.blocks.map((nested) => nested.type));
  return {
    ...block,
    body: {
      ...block.body,
      attributes: [...block.body.attributes.filter(({ name }) => !names.has(name)), ...body.attributes],
      blocks: [...block.body.blocks.filter((nested) => !types.has(nested.type)), ...body.blocks],
    },
  };
}

/** The head of a block: from its type to its last label. */
export function headOf({ typeAt, labels }: Block): Place {
  return { ...typeAt, end: labels.at(-1)?.at.end ?? typeAt.end };
}

/** Whether a module declares what an address names: `aws_iam_role.job`, `data.aws_vpc.main`, `module.jobs`. */
export function declares({ resources, data, calls }: ModuleSource, address: string): boolean {
  if (address.startsWith("data.")) return data.has(address.slice("data.".length));
  return address.startsWith("module.") ? calls.has(address.slice("module.".length)) : resources.has(address);
}
