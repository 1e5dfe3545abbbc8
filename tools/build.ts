/**
 * Makes dist/ from nothing: the policies by OPA, JavaScript by tsc, the bundle by ncc. Run by `npm run build`.
 *
 * dist/index.js (the action) and dist/cli.js (the command) are a few lines each over one shared bundle, whose chunks are
 * loaded when they are needed: a run never compiles the code of what it doesn't do.
 * The result depends on the sources and the lock file only: no paths, no dates, so that CI can rebuild and compare it.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root } from "./opa.ts";
import { buildPolicies } from "./policy.ts";

const require = createRequire(import.meta.url);
const dist = join(root, "dist");
const lib = join(root, "lib");
/** Where dist/ is made, so that the old one stays until the new one is whole. */
const made = join(lib, "dist");

/** The part of ncc's interface that is used here; the package has no types. */
type Bundle = (
  entry: string,
  options: {
    cache: false;
    esm: true;
    filename: string;
    license: string;
    mainFields: readonly string[];
    quiet: true;
  },
) => Promise<{ code: string; assets: Record<string, { source: string | Buffer; permissions: number }> }>;

const bundle: Bundle = require("@vercel/ncc");

/** A program: it runs when its module of the bundle is loaded. */
function program(name: "action" | "cli"): string {
  return `import { ${name} } from "./main.js";\nawait ${name}();\n`;
}

/**
 * ncc makes a new `require` wherever a builtin module is used, 0.08 ms each at start (Node 24). One for each file does.
 */
function shareRequire(code: string): string {
  const creation = "__WEBPACK_EXTERNAL_createRequire(import.meta.url)";
  const statement = 'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n';
  if (!code.startsWith(statement)) return code;
  const body = code.slice(statement.length).replaceAll(creation, "__require");
  return `${statement}const __require = ${creation};\n${body}`;
}

/** Fails on what ncc leaves in place of a module it could not find: it would throw only when it is reached. */
function checkResolved(name: string, code: string): void {
  const unresolved = /eval\("require"\).*/.exec(code);
  if (unresolved) throw new Error(`dist/${name}: a module was not found when bundling: ${unresolved[0]}`);
}

/** The licenses of what is in dist/ but not through ncc. */
function otherLicenses(): string {
  const folder = join(root, "tools/licenses");
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/** The JavaScript of src/, in lib/. */
function compile(): void {
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" });
}

/**
 * Puts a copy of the OPA SDK where the bundler finds it first, with nothing in place of its YAML parser: loading that takes 5 ms at
 * each start, a fifth of what Node itself takes, for `yaml.*` functions that no rule needs.
 */
function slimSdk(): void {
  const sdk = "node_modules/@open-policy-agent/opa-wasm";
  const yaml = join(lib, sdk, "node_modules/yaml");
  for (const part of ["package.json", "LICENSE", "src"]) {
    cpSync(join(root, sdk, part), join(lib, sdk, part), { recursive: true });
  }
  mkdirSync(yaml, { recursive: true });
  writeFileSync(
    join(yaml, "package.json"),
    JSON.stringify({ name: "no-yaml", version: "1.0.0", license: "Apache-2.0" }),
  );
  writeFileSync(
    join(yaml, "index.js"),
    `const no = () => { throw new Error("policies can't use the functions yaml.*"); };
module.exports = { parse: no, stringify: no };
`,
  );
}

/** The bundle's files by name: main.js, the chunks that it loads, and the licenses of the packages in them. */
async function bundled(): Promise<Map<string, string | Buffer>> {
  const { code, assets } = await bundle(join(lib, "tools/bundle.js"), {
    cache: false,
    esm: true,
    filename: "main.js",
    license: "licenses.txt",
    // The ES modules of packages that have both, for these can be bundled without what is not used.
    mainFields: ["module", "main"],
    quiet: true,
  });
  const sources = Object.entries(assets).map(([name, { source }]) => [name, source] as const);
  const files = new Map([["main.js", code], ...sources]);
  files.set("licenses.txt", `${files.get("licenses.txt")}\n${otherLicenses()}`);
  return files;
}

rmSync(lib, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
buildPolicies(made);
compile();
slimSdk();
for (const [name, source] of await bundled()) {
  const text = name.endsWith(".js") ? shareRequire(source.toString()) : source;
  if (typeof text === "string") checkResolved(name, text);
  writeFileSync(join(made, name), text);
}
writeFileSync(join(made, "package.json"), '{ "type": "module" }\n');
writeFileSync(join(made, "index.js"), program("action"));
writeFileSync(join(made, "cli.js"), `#!/usr/bin/env node\n${program("cli")}`);
chmodSync(join(made, "cli.js"), 0o755);
rmSync(dist, { recursive: true, force: true });
renameSync(made, dist);
