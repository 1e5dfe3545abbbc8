/**
 * Makes dist/ from nothing, with `npm run build`: the policies by OPA, JavaScript by tsc, the programs by ncc.
 *
 * dist/index.js is the action, dist/cli.js the command; what a run doesn't always need is in files beside them that are
 * loaded then. The result depends on the sources and the lock file only: no paths, no dates, so that CI can compare it.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bundle } from "./bundle.ts";
import { licensesOf } from "./licenses.ts";
import { root } from "./opa.ts";
import { buildPolicies } from "./policy.ts";
import { listsOfLexer, listsOfParser } from "./yaml.ts";

const dist = join(root, "dist");
const lib = join(root, "lib");
/** Where dist/ is made, so that the old one stays until the new one is complete. */
const made = join(lib, "dist");

/** The JavaScript of src/, in lib/. */
function compile(): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" });
}

/**
 * Puts copies of packages where the bundler finds them first, less what would be loaded at each start and is not
 * needed: the YAML parser of the OPA SDK (5 ms, a fifth of what Node itself takes, for functions `yaml.*` that no rule
 * needs), and the tables of the JSON formatter (0.6 ms), which its package does not say can be left out.
 */
function slimPackages(): void {
  const sdk = "@open-policy-agent/opa-wasm";
  copyPackage(sdk, "src");
  const yaml = join(lib, "node_modules", sdk, "node_modules/yaml");
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
  copyPackage("jsonc-parser", "lib/esm", { sideEffects: false });
  // The parser of the YAML package is a quarter of it, and all that is needed. Its ES modules are those for browsers.
  copyPackage("yaml", "browser", { sideEffects: false, exports: { ".": "./browser/parse.js" } });
  const files = { lexer: listsOfLexer, parser: listsOfParser };
  for (const [name, lists] of Object.entries(files)) {
    const path = join(lib, `node_modules/yaml/browser/dist/parse/${name}.js`);
    writeFileSync(path, lists(readFileSync(path, "utf8")));
  }
  writeFileSync(
    join(lib, "node_modules/yaml/browser/parse.js"),
    'export { Lexer } from "./dist/parse/lexer.js";\nexport { Parser } from "./dist/parse/parser.js";\n',
  );
}

/**
 * Of undici, which the toolkit of GitHub takes requests from, what the toolkit takes of it: two thirds. The packages of
 * the toolkit are copied too, so that they find this one.
 */
function slimToolkit(): void {
  for (const name of ["core", "github", "http-client"]) {
    const from = join("node_modules/@actions", name);
    cpSync(join(root, from), join(lib, from), { recursive: true });
  }
  copyPackage("undici", "lib", { main: "toolkit.js" });
  // Its parser of HTTP is there twice, and as good without SIMD.
  writeFileSync(
    join(lib, "node_modules/undici/lib/llhttp/llhttp_simd-wasm.js"),
    'module.exports = require("./llhttp-wasm.js");\n',
  );
  // A method for each route of GitHub's API: src/github names the routes itself.
  const methods = "@octokit/plugin-rest-endpoint-methods";
  copyPackage(methods, "dist-src", { exports: "./none.js" });
  writeFileSync(join(lib, "node_modules", methods, "none.js"), "export const restEndpointMethods = () => ({});\n");
  writeFileSync(
    join(lib, "node_modules/undici/toolkit.js"),
    `Object.assign(require("./lib/dispatcher/dispatcher").prototype, require("./lib/api"));
exports.ProxyAgent = require("./lib/dispatcher/proxy-agent");
exports.fetch = require("./lib/web/fetch").fetch;
`,
  );
}

/**
 * Of the clients of AWS, no classes of errors, a fifth of each: an answer that has no class is an error of the client's
 * own class with the same name, code and message, which are what src/aws asks for.
 */
function slimClients(): void {
  const scope = "node_modules/@aws-sdk";
  for (const name of readdirSync(join(root, scope)).filter((one) => one.startsWith("client-"))) {
    copyPackage(`@aws-sdk/${name}`, "dist-es");
    const path = join(lib, scope, name, "dist-es/schemas/schemas_0.js");
    const text = readFileSync(path, "utf8");
    const slim = text.replace(
      /^(?:n0_registry\.registerError\(.*\);|import \{[^}]*\} from "\.\.\/models\/errors";)\n/gm,
      "",
    );
    if (/n0_registry\.registerError|models\/errors/.test(slim)) throw new Error(`${path} still has errors`);
    writeFileSync(path, slim);
  }
}

/** Copies a package's `code` folder and manifest, with entries that its manifest lacks. */
function copyPackage(name: string, code: string, entries: Readonly<Record<string, unknown>> = {}): void {
  const [from, to] = [join(root, "node_modules", name), join(lib, "node_modules", name)];
  cpSync(join(from, code), join(to, code), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as object;
  writeFileSync(join(to, "package.json"), JSON.stringify({ ...manifest, ...entries }));
}

/**
 * The programs: a line each over one bundle, so that they share what they load. Their modules run when they are asked
 * for. What the command needs for any of its tasks is in the bundle's main file, for that is started often and in a
 * hurry. Gives the paths of all modules in them.
 */
async function bundlePrograms(): Promise<readonly string[]> {
  const entry = join(lib, "main.js");
  writeFileSync(
    entry,
    `export const cli = () => import(/* webpackMode: "eager" */ "./src/cli.js");
export const action = () => import("./src/action.js");
export const ownPolicy = () => import("./src/policy/own/worker.js");
export const judge = () => import("./src/policy/pool/worker.js");
`,
  );
  const { files, modules } = await bundle(entry, "main.js");
  for (const [file, text] of files) writeFileSync(join(made, file), text);
  writeFileSync(join(made, "cli.js"), '#!/usr/bin/env node\nimport { cli } from "./main.js";\nawait cli();\n', {
    mode: 0o755,
  });
  const programs = { "index.js": "action", "policy-worker.js": "ownPolicy", "judge-worker.js": "judge" };
  for (const [file, name] of Object.entries(programs)) {
    writeFileSync(join(made, file), `import { ${name} } from "./main.js";\nawait ${name}();\n`);
  }
  return modules;
}

// The bundler numbers modules by their paths from here.
process.chdir(root);
rmSync(lib, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
buildPolicies(made);
compile();
slimPackages();
slimToolkit();
slimClients();
const table = "aws-managed-policies.json";
writeFileSync(join(made, `${table}.br`), brotliCompressSync(readFileSync(join(root, "src/facts", table))));
writeFileSync(join(made, "licenses.txt"), licensesOf(await bundlePrograms()));
writeFileSync(join(made, "package.json"), '{ "type": "module" }\n');
rmSync(dist, { recursive: true, force: true });
renameSync(made, dist);
