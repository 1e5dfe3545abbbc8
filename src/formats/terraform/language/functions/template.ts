/** `templatefile`, `templatestring`, and templates of the template provider. */

import type { SourceFile } from "../../../../source.ts";
import { parseTemplateFile, parseTemplateText } from "../../../../syntax/hcl/parse.ts";
import type { Expression } from "../../../../syntax/hcl/tree.ts";
import { spend, spendText } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { ANY, STRING } from "../evaluate/types.ts";
import { marked, markOf, sortedEntries, type TerraformObject, type TerraformValue } from "../evaluate/values.ts";
import { keepGiven } from "../rendered.ts";
import { parameter, text, textAt } from "./arguments.ts";
import { fileOf } from "./filesystem.ts";

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Renders a template with nothing in scope but the given names. @throws Complaint */
function render(template: Expression, names: TerraformObject, call: Call): TerraformValue {
  if (template.kind === "invalid") throw new Complaint("argument", template.why);
  const known = new Map(sortedEntries(names).map(({ key, value }) => [key, value]));
  if (![...known.keys()].every((key) => IDENTIFIER.test(key))) throw new Complaint("argument");
  let missing: string | undefined;
  const result = call.render(template, ({ root, at }) => {
    const value = known.get(root);
    if (value) return { value, used: 0 };
    if (names.open) return { value: derived(root, [names], at, undefined, names.open), used: 0 };
    missing ??= root;
    return undefined;
  });
  if (missing !== undefined) throw new Complaint("missing", `the template is not given ${missing}`);
  if (result.kind === "null") throw new Complaint("null");
  return marked(result, markOf(names));
}

function namesAt(values: readonly TerraformValue[]): TerraformObject | undefined {
  const names = values[1];
  if (names?.kind === "object") return names;
  if (names?.kind === "unknown") return undefined;
  throw new Complaint("type");
}

function templatefile(values: readonly TerraformValue[], call: Call): TerraformValue {
  const names = namesAt(values);
  const found = fileOf("templatefile", values, call);
  if ("kind" in found) return found;
  if (names === undefined) return derived("templatefile", values, call.at);
  keepGiven(found.file, names.entries);
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

function renderText(values: readonly TerraformValue[], call: Call): TerraformValue {
  const names = namesAt(values);
  const result = names && render(parseTemplateText(textAt(values, 0)).tree, names, call);
  return result?.kind === "text" ? result : derived("template", values, call.at, STRING);
}

/**
 * A template that something else gives: Terraform refuses one that is written in the call.
 * https://developer.hashicorp.com/terraform/language/functions/templatestring
 */
function templatestring(values: readonly TerraformValue[], call: Call): TerraformValue {
  const { at } = textAt(values, 0);
  const isWritten = at.file === call.at.file && at.start >= call.at.start && at.end <= call.at.end;
  if (isWritten) throw new Complaint("argument", "templatestring needs a reference to a template, not the template");
  return renderText(values, call);
}

/** The function behind `template_file` of the template provider, by a name that no configuration can write. */
export const TEMPLATE_FILE = "template file";

const names = parameter(ANY, { known: "nothing" });

export const templateFunctions: Readonly<Record<string, FunctionSpec>> = {
  templatefile: { parameters: [text, names], run: templatefile },
  templatestring: { parameters: [text, names], returns: STRING, run: templatestring },
  [TEMPLATE_FILE]: { parameters: [text, names], returns: STRING, run: renderText },
};
