/**
 * `import` blocks: resources that exist already have the id by which they are imported.
 * https://developer.hashicorp.com/terraform/language/block/import
 */
import { isLiteral } from "../../../facts/text.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { get } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import type { Frame } from "./frame.ts";

/** What the id is of a resource, by its type: the attribute that it gives. */
const IDS: Readonly<Record<string, string>> = {
  aws_secretsmanager_secret: "arn",
  aws_iam_policy: "arn",
  aws_iam_role: "name",
  aws_ssm_parameter: "name",
  aws_kms_key: "key_id",
  aws_kms_external_key: "key_id",
};

/** Notes what the import blocks of a root module say. One that is repeated says nothing that we need. */
export function noteImports({ tree, loaded, setting }: Frame): void {
  for (const { body } of loaded.source.imports) {
    const [to, id] = [attributeOf(body, "to"), attributeOf(body, "id")];
    if (!to || !id || attributeOf(body, "for_each")) continue;
    const { file, start, end } = to.value.at;
    const address = file.text.slice(start, end).replace(/^"(?:\$\{)?|\}?"$/g, "");
    tree.imported.set(address, () => evaluate(id.value, setting()));
  }
}

/** The instance with what the id by which it is imported tells of it. */
export function withImport(instance: Instance, { imported }: Frame["tree"]): Instance {
  const name = Object.hasOwn(IDS, instance.type) ? IDS[instance.type] : undefined;
  const id = instance.mode === "managed" && name !== undefined ? imported.get(instance.address)?.() : undefined;
  if (name === undefined || id?.kind !== "text" || !isLiteral(id.value) || get(instance.value, name)) return instance;
  const { value, at } = instance;
  const given = { key: name, keyAt: at, value: { ...id, at } };
  return { ...instance, value: { ...value, entries: [...value.entries, given] } };
}
