/** `templatefile` and `templatestring`. */

import type { SourceFile } from "../../../../source.ts";
import { freeNames } from "../../../../syntax/hcl/names.ts";
import { parseTemplateFile, parseTemplateText } from "../../../../syntax/hcl/parse.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import { spend, spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import type { Bindings } from "../evaluate/context.ts";
import { derived } from "../evaluate/derive.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { goQuote } from "../evaluate/quote.ts";
import { ANY, STRING } from "../evaluate/types.ts";
import { marked, markOf, sortedEntries, type TerraformObject, type TerraformValue } from "../evaluate/values.ts";
import { parameter, text, textAt } from "./arguments.ts";
import { fileOf } from "./filesystem.ts";

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Renders a template with nothing in scope but the given names. @throws Complaint */
function render(template: Expression, names: TerraformObject, call: Call): TerraformValue {
  if (template.kind === "invalid") throw new Complaint(template.why);
  let bindings: Bindings | undefined;
  const known = new Set<string>();
  for (const { key, value } of sortedEntries(names)) {
    if (!IDENTIFIER.test(key)) {
      throw new ArgumentComplaint(
        1,
        `invalid template variable name ${goQuote(key)}: must start with a letter, followed by zero or more letters, digits, and underscores`,
      );
    }
    known.add(key);
    bindings = { name: key, value, outer: bindings };
  }
  for (const { name, at } of freeNames(template)) {
    if (known.has(name) || (bindings === undefined && names.open !== undefined)) continue;
    if (names.open === undefined) {
      throw new ArgumentComplaint(1, `vars map does not contain key ${goQuote(name)}, referenced at ${at.file.path}`);
    }
    bindings = { name, value: derived(name, [names], at, undefined, names.open), outer: bindings };
  }
  const result = call.render(template, bindings);
  if (result.kind === "null")
    throw new Complaint("The result of the template is null, which is not a valid result for a templatestring call.");
  return marked(result, markOf(names));
}

function namesAt(values: readonly TerraformValue[]): TerraformObject | undefined {
  const names = values[1];
  if (names?.kind === "object") return names;
  if (names?.kind === "unknown") return undefined;
  throw new ArgumentComplaint(1, "invalid vars value: must be a map");
}

function templatefile(values: readonly TerraformValue[], call: Call): TerraformValue {
  const names = namesAt(values);
  const found = fileOf("templatefile", values, call);
  if ("kind" in found) return found;
  if (names === undefined) return derived("templatefile", values, call.at);
  return render(templateOf(found.file, call), names, call);
}

/** Parsing takes longer for a character than copying it. */
const CHARACTERS_A_STEP = 4;
/** A template is often rendered for many jobs, and parsed once. */
const parsed = new WeakMap<SourceFile, Expression>();

function templateOf(file: SourceFile, { budget }: Call): Expression {
  const known = parsed.get(file);
  if (known) return known;
  spendText(budget, file.text.length);
  spend(budget, Math.ceil(file.text.length / CHARACTERS_A_STEP));
  const { tree } = parseTemplateFile(file);
  parsed.set(file, tree);
  return tree;
}

function templatestring(values: readonly TerraformValue[], call: Call): TerraformValue {
  const names = namesAt(values);
  if (names === undefined) return derived("templatestring", values, call.at, STRING);
  const result = render(parseTemplateText(textAt(values, 0)).tree, names, call);
  return result.kind === "text" ? result : derived("templatestring", values, call.at, STRING);
}

const names = parameter("vars", ANY, { known: "nothing" });

export const templateFunctions: Readonly<Record<string, FunctionSpec>> = {
  templatefile: { parameters: [text("path"), names], run: templatefile },
  templatestring: { parameters: [text("template"), names], returns: STRING, run: templatestring },
};
