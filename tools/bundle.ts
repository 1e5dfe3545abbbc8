/** JavaScript in many files → one program: what ncc puts together, made small. */
import { createRequire } from "node:module";
import { minifySync } from "rolldown/utils";

/** The part of ncc's interface that is used here; the package has no types. */
type Ncc = (
  entry: string,
  options: {
    cache: false;
    esm: true;
    filename: string;
    mainFields: readonly string[];
    quiet: true;
  },
) => Promise<{
  code: string;
  assets: Record<string, { source: string | Buffer }>;
  stats: { compilation: { modules: Iterable<WebpackModule> } };
}>;

/** A module of webpack; one that was joined from several has those. */
interface WebpackModule {
  readonly resource?: string;
  readonly modules?: readonly WebpackModule[];
}

export interface Bundle {
  /** Texts by name: the program itself, and what it loads when it needs it. */
  readonly files: ReadonlyMap<string, string>;
  /** The paths of all modules in them. */
  readonly modules: readonly string[];
}

const ncc: Ncc = createRequire(import.meta.url)("@vercel/ncc");

/**
 * Bundles the module at the path `entry` and all that it imports, as an ES module called `name`.
 */
export async function bundle(entry: string, name: string): Promise<Bundle> {
  // Of packages that have both, the ES modules, for these can be bundled without what is not used.
  const mainFields = ["module", "main"];
  const options = { cache: false, esm: true, filename: name, mainFields, quiet: true } as const;
  const { code, assets, stats } = await ncc(entry, options);
  const { "package.json": _, ...chunks } = assets;
  const chunkTexts = Object.entries(chunks).map(([file, { source }]) => [file, `${source}`] as const);
  const files = [[name, code] as const, ...chunkTexts];
  return {
    files: new Map(files.map(([file, text]) => [file, small(file, resolved(file, text))])),
    modules: [...stats.compilation.modules].flatMap(pathsOf),
  };
}

function pathsOf({ resource, modules = [] }: WebpackModule): readonly string[] {
  return [...(resource === undefined ? [] : [resource]), ...modules.flatMap(pathsOf)];
}

/** Throws for what ncc leaves in place of a module it could not find: it would fail only when it is reached. */
function resolved(name: string, code: string): string {
  const unresolved = /eval\("require"\).*/.exec(code);
  if (unresolved) throw new Error(`${name}: a module was not found when bundling: ${unresolved[0]}`);
  return code;
}

/**
 * The same code without comments, unused functions and long names: a start takes 5 ms less, since V8 parses all of a
 * file, and dist/ is half as large. In ASCII, since V8 reads that faster than any other encoding (0.5 ms). The minifier
 * must leave the brackets around functions that are called at once, which V8 compiles in one pass
 * (https://v8.dev/blog/preparser#pife); terser removes them, and the start is as slow as before.
 */
function small(name: string, code: string): string {
  const { code: result, errors } = minifySync(name, code, {
    module: true,
    compress: { target: "es2022", keepNames: { function: false, class: true } },
    mangle: { keepNames: { function: false, class: true } },
  });
  if (errors[0]) throw new Error(`${name}: ${errors[0].message}`);
  return ascii(result);
}

/**
 * The same program, with escapes for what is not ASCII. In minified code that is in strings, templates and patterns
 * only.
 */
function ascii(code: string): string {
  return code.replace(/[^\n\t -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
