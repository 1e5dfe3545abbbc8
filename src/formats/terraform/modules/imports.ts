/**
 * `import` blocks: resources that exist already have the id by which they are imported.
 * https://developer.hashicorp.com/terraform/language/block/import
 */
import { isLiteral } from "../../../facts/text.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { get, type Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import { bind } from "./body.ts";
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

/** Where a repeated import has the key of its instance. */
const EACH = "[each.key]";

/** Notes what the import blocks of a root module say: by what each address is imported, or each instance of one. */
export function noteImports(frame: Frame): void {
  const { tree, loaded, repeated, scope, setting } = frame;
  for (const block of loaded.source.imports) {
    const to = attributeOf(block.body, "to");
    const given = attributeOf(block.body, "id") ?? attributeOf(block.body, "identity");
    if (!to || !given) continue;
    const { file, start, end } = to.value.at;
    const address = file.text.slice(start, end).replace(/^"(?:\$\{)?|\}?"$/g, "");
    tree.imported.set(address, (index) => {
      const one = repeated(block, `import.${address}`).instances.find((instance) => instance.index === index);
      return one && evaluate(given.value, setting(bind(scope, one.names)));
    });
  }
}

/** The instance with what the id, or the identity, by which it is imported tells of it. */
export function withImport(instance: Instance, { imported }: Frame["tree"]): Instance {
  const name = Object.hasOwn(IDS, instance.type) ? IDS[instance.type] : undefined;
  if (instance.mode !== "managed" || name === undefined) return instance;
  const by = importOf(instance.address, imported);
  const id = by?.kind === "object" ? get(by, name) : by;
  if (id?.kind !== "text" || !isLiteral(id.value) || get(instance.value, name)) return instance;
  const { value, at } = instance;
  const given = { key: name, keyAt: at, value: { ...id, at } };
  return { ...instance, value: { ...value, entries: [...value.entries, given] } };
}

function importOf(address: string, imported: Frame["tree"]["imported"]): Value | undefined {
  const [index] = /\[[^[]*\]$/.exec(address) ?? [""];
  const repeated = `${address.slice(0, address.length - index.length)}${EACH}`;
  return imported.get(address)?.("") ?? imported.get(repeated)?.(index);
}
