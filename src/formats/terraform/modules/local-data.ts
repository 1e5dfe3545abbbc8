/** Data sources that need no service: they compute their values from the files. */

import { isLiteral, replaceHoles } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import type { Expression } from "../../../syntax/hcl/tree.ts";
import type { Entry, ObjectValue, Piece, Value } from "../../../syntax/value.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import type { Setting } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import { encodeJson } from "../language/evaluate/json-encode.ts";
import { interpolated, textOfPieces } from "../language/evaluate/text.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";
import { TEMPLATE_FILE } from "../language/functions/template.ts";
import { unreadOf } from "../unknowns.ts";
import { renderPolicyDocument } from "./policy-document.ts";

/** Returns the arguments of an instance with the attributes that it computes. */
type Render = (instance: Instance, setting: Setting) => ObjectValue;

const withAttribute =
  (name: string, compute: (instance: Instance, setting: Setting) => Value): Render =>
  (instance, setting) => {
    const entry: Entry = { key: name, keyAt: instance.at, value: compute(instance, setting) };
    return { ...instance.value, entries: [...instance.value.entries.filter(({ key }) => key !== name), entry] };
  };

/** https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file */
const template = withAttribute("rendered", (instance, setting) => {
  const text = argument(instance, "template");
  const given = argument(instance, "vars");
  // Before Terraform 0.12 the variables could be given as a block.
  const vars = given?.kind === "list" ? given.items[0] : given;
  const none: Value = { kind: "object", entries: [], at: instance.at };
  if (text === undefined) return unknown(instance, "rendered");
  return isPlain(text) ? text : call(TEMPLATE_FILE, [text, vars ?? none], text.at, setting);
});

/** Whether a string has nothing to fill in. Its unknown pieces count as values. */
function isPlain(text: Value): boolean {
  return text.kind === "text" && !isLiteral(text.value) && !/[$%]\{/.test(replaceHoles(text.value, () => ""));
}

/** https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/file */
const file = withAttribute("content", (instance, setting) => {
  const name = argument(instance, "filename");
  return name ? call("file", [name], name.at, setting) : unknown(instance, "content");
});

/**
 * The parts as one MIME document, neither compressed nor encoded: its readers would undo both. It is compressed unless
 * `gzip` is false.
 * https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs/data-sources/config
 */
const cloudInit = withAttribute("rendered", (instance) => {
  const { at } = instance;
  const parts = blocks(instance, "part").flatMap((part) => {
    const content = argument({ value: part }, "content");
    const type = argument({ value: part }, "content_type");
    return [
      ...lines(at, "--MIMEBOUNDARY", ...(type?.kind === "text" ? [`Content-Type: ${type.value}`] : []), ""),
      ...(content ? piecesOf(content) : []),
      ...lines(at, ""),
    ];
  });
  const head = lines(at, 'Content-Type: multipart/mixed; boundary="MIMEBOUNDARY"', "MIME-Version: 1.0", "");
  const document = textOfPieces([...head, ...parts, ...lines(at, "--MIMEBOUNDARY--")], at);
  const gzip = argument(instance, "gzip");
  return gzip?.kind === "boolean" && !gzip.value ? document : { ...document, isCompressed: true };
});

function lines(at: Place, ...texts: readonly string[]): Piece[] {
  return texts.map((text) => ({ text: `${text}\n`, at }));
}

/** The pieces of a content. What is written as YAML is written as JSON, which is YAML too, and has the same values. */
function piecesOf(value: TerraformValue): readonly Piece[] {
  const plain = value.kind === "list" || value.kind === "object" || value.kind === "null";
  if (plain) return [];
  const pieces = value.kind === "text" && value.pieces ? value.pieces : interpolated(value, value.at);
  return pieces.map((piece) => {
    const put = piece.value as TerraformValue | undefined;
    return put?.kind === "unknown" && put.yaml ? { text: encodeJson(put.yaml), at: piece.at } : piece;
  });
}

function unknown(instance: Instance, attribute: string): Value {
  return unreadOf(instance)(attribute, instance.at);
}

/** The result of a function of the language for these values. */
function call(name: string, values: readonly Value[], at: Place, setting: Setting): Value {
  const names = values.map((_, index): Expression => ({ kind: "variable", name: `argument${index}`, at }));
  const scope: Setting["scope"] = ({ root }) => {
    const value = values[Number(root.slice("argument".length))];
    return value && { value, used: 0 };
  };
  return evaluate({ kind: "call", name, arguments: names, expand: false, at }, { ...setting, scope });
}

const RENDERED: Readonly<Record<string, Render>> = {
  aws_iam_policy_document: renderPolicyDocument,
  template_file: template,
  local_file: file,
  template_cloudinit_config: cloudInit,
  cloudinit_config: cloudInit,
};

/** The instance with the attributes that it computes, if the files are enough to compute them. */
export function withLocalData(instance: Instance, setting: Setting): Instance {
  const render = Object.hasOwn(RENDERED, instance.type) ? RENDERED[instance.type] : undefined;
  if (!render || (instance.mode === "managed" && instance.type === "local_file")) return instance;
  return { ...instance, value: render(instance, setting) };
}
