/** How to ask a body for its attributes and blocks, whether it was written as Terraform or as JSON. */
import { type Attribute, type Block, type Body, type Expression, type Label, literalString } from "./tree.ts";

/** The attribute of a name, the last when a file gives it twice. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.findLast((attribute) => attribute.name === name);
}

/**
 * The blocks of a type, in order. In a body read from JSON they are the objects under that name, `labels` levels of
 * keys deep, each alone or in an array, and so they are under a quoted name.
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function blocksOf(body: Body, type: string, labels = 0): readonly Block[] {
  const objects = body.attributes.flatMap((attribute) =>
    attribute.name === type && (body.json || attribute.quoted)
      ? jsonBlocks(attribute, attribute.value, labels, [])
      : [],
  );
  return [...body.blocks.filter((block) => block.type === type), ...objects];
}

function jsonBlocks(
  attribute: Attribute,
  value: Expression,
  labels: number,
  named: readonly Label[],
): readonly Block[] {
  if (value.kind === "tuple") return value.items.flatMap((item) => jsonBlocks(attribute, item, labels, named));
  if (value.kind !== "object") return [];
  const body = jsonBody(value);
  if (labels > 0) {
    return body.attributes.flatMap((inner) =>
      jsonBlocks(attribute, inner.value, labels - 1, [...named, { name: inner.name, at: inner.nameAt }]),
    );
  }
  return [{ type: attribute.name, typeAt: attribute.nameAt, labels: named, body, at: value.at }];
}

/** An object of a JSON file as a body. A key of `//` is a comment. */
export function jsonBody(value: Expression): Body {
  const attributes: Attribute[] = [];
  for (const item of value.kind === "object" ? value.items : []) {
    const name = literalString(item.key);
    if (name === undefined || name === "//") continue;
    const at = { file: item.key.at.file, start: item.key.at.start, end: item.value.at.end };
    attributes.push({ name, nameAt: item.key.at, value: item.value, at });
  }
  return { attributes, blocks: [], json: true, at: value.at };
}
