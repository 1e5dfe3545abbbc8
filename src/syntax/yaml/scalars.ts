/** What the scalars of YAML mean. */

import type { CST } from "yaml";
import type { Place } from "../../source.ts";
import type { Value } from "../value.ts";

/** What is needed of a scalar's token in the package's concrete syntax tree. */
export type ScalarToken =
  | Pick<CST.FlowScalar, "type" | "offset" | "source">
  | (Pick<CST.BlockScalar, "type" | "offset" | "source" | "indent"> & { readonly props: readonly TokenProp[] });
export type FlowToken = Extract<ScalarToken, { type: CST.FlowScalar["type"] }>;
export type BlockToken = Extract<ScalarToken, { type: "block-scalar" }>;

/** Of a block scalar: its header, white space, comments. */
interface TokenProp {
  readonly type: string;
  readonly source?: string;
}

/**
 * What a plain scalar means when it isn't text. CloudFormation reads YAML 1.1
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html), the AWS command line 1.2;
 * where they differ, `yes`, `0777`, `1_000`, `12:30`, `1e3` and dates, the text as written is kept.
 */
export function resolvePlain(source: string, at: Place): Value | undefined {
  if (/^(?:|~|null|Null|NULL)$/.test(source)) return { kind: "null", at };
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(source)) {
    return { kind: "boolean", value: source.toLowerCase() === "true", at };
  }
  if (!/^(?:[-+]?(?:0|[1-9]\d*)|[-+]?(?:\.\d+|(?:0|[1-9]\d*)\.\d*)(?:[eE][-+]?\d+)?|0x[\da-fA-F]+)$/.test(source))
    return undefined;
  const value = Number(source);
  // A longer number would lose digits.
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? { kind: "number", value, at } : undefined;
}
