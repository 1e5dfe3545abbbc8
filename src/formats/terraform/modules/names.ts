/** How the code of a module can name ARNs, the account and the Region: it can name only what the module declares. */
import { ACCOUNT, hole, holes, isLiteral, PARTITION, REGION } from "../../../facts/text.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import type { Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import type { ModuleNames } from "../names.ts";
import { computedNames } from "../resources/spellings.ts";
import type { Frame } from "./frame.ts";

/** Data sources for the partition, account and Region, and the attribute that holds each. */
const PSEUDO = [
  { type: "aws_region", attribute: "name", text: REGION },
  { type: "aws_caller_identity", attribute: "account_id", text: ACCOUNT },
  { type: "aws_partition", attribute: "partition", text: PARTITION },
] as const;

/** A data source with one of these has several instances. */
const REPEATED = ["count", "for_each"];

/** A data source with one of these may be about another account or Region. */
const FOREIGN = ["provider", "region"];

/** Maps and objects are searched for names to this depth, unless they have more entries than that. */
const MAX_DEPTH = 2;
const MAX_ENTRIES = 100;

/** Instances, and the values of variables, locals and outputs by how they are written. */
export interface Evaluated {
  readonly instances: Iterable<Instance>;
  readonly values: Iterable<readonly [name: string, value: Value]>;
}

/** The names in a module, nearest first: resources, then variables, outputs of called modules, and locals. */
export function moduleNames({ loaded, prefix }: Frame, { instances, values }: Evaluated): ModuleNames {
  const names = new Map<string, string>();
  const { source } = loaded;
  for (const { type, attribute, text } of PSEUDO) {
    const single = [...source.data].find(
      ([key, { body }]) =>
        key.startsWith(`${type}.`) && ![...REPEATED, ...FOREIGN].some((argument) => attributeOf(body, argument)),
    );
    if (single) names.set(text, `data.${single[0]}.${attribute}`);
  }
  const addressOf = ({ address }: Instance) => {
    const own = address.slice(prefix.length);
    return own.includes("…") || isForeign(own, source.data) ? undefined : own;
  };
  for (const [text, name] of computedNames(instances, isNamed, addressOf)) addTo(names, text, name);
  for (const [name, value] of values) for (const [text, path] of texts(value, name)) addTo(names, text, path);
  return { folder: source.path, prefix, names };
}

function isForeign(address: string, data: Frame["loaded"]["source"]["data"]): boolean {
  const [, key = ""] = /^data\.([\w-]+\.[\w-]+)/.exec(address) ?? [];
  const block = PSEUDO.some(({ type }) => key.startsWith(`${type}.`)) ? data.get(key) : undefined;
  return block !== undefined && FOREIGN.some((argument) => attributeOf(block.body, argument));
}

function addTo(names: Map<string, string>, text: string, path: string): void {
  if (isNamed(text) && !names.has(text)) names.set(text, path);
}

/** Whether a string needs a name: an ARN that is only partly known, or a value that is not known at all. */
function isNamed(text: string): boolean {
  return (text.startsWith("arn:") && !isLiteral(text)) || holes(text)[0]?.token === text;
}

/** The strings in a value, with the expressions that produce them. */
function* texts(value: Value, path: string, depth = 0): Generator<readonly [text: string, path: string]> {
  if (value.kind === "text") yield [value.value, path];
  if (value.kind === "unknown") yield [hole(value.name, "wide"), path];
  if (value.kind !== "object" || depth === MAX_DEPTH || value.entries.length > MAX_ENTRIES) return;
  for (const entry of value.entries) {
    const step = /^[A-Za-z_][\w-]*$/.test(entry.key) ? `.${entry.key}` : `[${JSON.stringify(entry.key)}]`;
    if (isLiteral(entry.key)) yield* texts(entry.value, `${path}${step}`, depth + 1);
  }
}
