/** The module of the console's expressions: what its variables and locals are, and its files. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { createBudget } from "../../src/formats/terraform/language/evaluate/bounds.ts";
import type { Fault, Files, Scope, Setting } from "../../src/formats/terraform/language/evaluate/context.ts";
import { evaluate } from "../../src/formats/terraform/language/evaluate/evaluate.ts";
import type { TerraformValue } from "../../src/formats/terraform/language/evaluate/values.ts";
import { attributeOf, blocksOf } from "../../src/syntax/hcl/body.ts";
import { parseConfiguration } from "../../src/syntax/hcl/parse.ts";
import type { Expression } from "../../src/syntax/hcl/tree.ts";
import { CONSOLE_MODULE } from "./console-expressions.ts";

export interface ConsoleModule {
  /** A new setting to evaluate one expression in. */
  readonly setting: () => Setting;
}

export async function loadConsoleModule(): Promise<ConsoleModule> {
  const text = readFileSync(join(CONSOLE_MODULE, "main.tf"), "utf8");
  const { tree } = parseConfiguration({ path: "main.tf", text });
  const locals = new Map<string, Expression>();
  for (const block of blocksOf(tree, "locals")) {
    for (const attribute of block.body.attributes) locals.set(attribute.name, attribute.value);
  }
  const variables = new Map(blocksOf(tree, "variable").map((block) => [block.labels[0]?.name, block.body]));
  const scope: Scope = ({ root, steps, at }) => {
    const [step] = steps;
    const name = step?.kind === "attribute" ? step.name : "";
    const found = (value: TerraformValue) => ({ value, used: 1 });
    const constant = CONSTANTS[`${root}.${name}`];
    if (constant !== undefined) return found({ kind: "text", value: constant, at });
    const local = root === "local" ? locals.get(name) : undefined;
    if (local !== undefined) return found(evaluate(local, setting()));
    const variable = root === "var" ? variables.get(name) : undefined;
    const value = variable && attributeOf(variable, "default")?.value;
    if (variable === undefined || value === undefined) return undefined;
    const known = evaluate(value, setting());
    return found(attributeOf(variable, "sensitive") === undefined ? known : { ...known, sensitive: true });
  };
  const setting = (): Setting => ({ scope, files, budget: createBudget(), faults: [] as Fault[] });
  return { setting };
}

const CONSTANTS: Readonly<Record<string, string>> = {
  "path.module": ".",
  "path.root": ".",
  "terraform.workspace": "default",
};

/** The module's files, as a reader bounded to a workspace gives them. */
const files: Files = {
  read: (path) => {
    const file = join(CONSOLE_MODULE, path);
    if (!existsSync(file)) return { missing: true, why: "there is no such file" };
    if (statSync(file).isDirectory()) return { why: "it is a folder" };
    return { file: { path: normalize(path), text: readFileSync(file, "utf8") } };
  },
  bytes: (path) => {
    const file = join(CONSOLE_MODULE, path);
    return existsSync(file) ? readFileSync(file) : undefined;
  },
  exists: (path) => existsSync(join(CONSOLE_MODULE, path)),
  list: (folder) => {
    const top = join(CONSOLE_MODULE, folder);
    if (!existsSync(top)) return [];
    const all = readdirSync(top, { recursive: true, encoding: "utf8" });
    return all.filter((name) => statSync(join(top, name)).isFile());
  },
};
