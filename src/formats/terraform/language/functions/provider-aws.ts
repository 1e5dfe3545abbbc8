/**
 * Functions of the provider for AWS:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse
 */
import { knownEnds } from "../../../../facts/text.ts";
import { piecesOf, slicePieces } from "../../../../syntax/text.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { derived } from "../evaluate/derive.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { interpolated, textOfPieces } from "../evaluate/text.ts";
import { STRING } from "../evaluate/types.ts";
import { type TerraformText, type TerraformValue, textOf } from "../evaluate/values.ts";
import { holed, parameter, textAt } from "./arguments.ts";
import { split } from "./string.ts";

const FIELDS = ["partition", "service", "region", "account_id", "resource"] as const;

function withColons(fields: readonly TerraformValue[], { at }: Call): TerraformText {
  const pieces = fields.flatMap((field, index) => [
    ...(index === 0 ? [] : [{ text: ":", at }]),
    ...interpolated(field, at),
  ]);
  return textOfPieces(pieces, at);
}

function parsed(values: readonly TerraformValue[], call: Call): TerraformValue {
  const fields = split([textOf(":", call.at), textAt(values, 0)], call);
  if (fields.kind !== "list") return derived("provider::aws::arn_parse", values, call.at);
  const [, ...known] = fields.items;
  if (known.length < FIELDS.length) throw new Complaint("argument");
  const last = FIELDS.length - 1;
  const parts = [...known.slice(0, last), withColons(known.slice(last), call)];
  return {
    kind: "object",
    entries: FIELDS.flatMap((key, index) => {
      const value = parts[index];
      return value ? [{ key, keyAt: call.at, value }] : [];
    }),
    at: call.at,
  };
}

const OF_ROLE = ":role/";

/** A role's ARN without the folders in front of its name. */
function withoutPath(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const arn = textAt(values, 0);
  const [, end] = knownEnds(arn.value);
  const type = end.indexOf(OF_ROLE);
  if (type === -1) return derived("provider::aws::trim_iam_role_path", values, at, STRING);
  const start = arn.value.length - end.length + type + OF_ROLE.length;
  const pieces = piecesOf(arn);
  const name = arn.value.lastIndexOf("/") + 1;
  return textOfPieces(
    [...slicePieces(pieces, 0, start), ...slicePieces(pieces, name, arn.value.length)],
    at,
    arn.sensitive,
  );
}

const field = parameter(STRING, { known: "nothing" });

export const providerFunctions: Readonly<Record<string, FunctionSpec>> = {
  "provider::aws::arn_build": {
    parameters: FIELDS.map(() => field),
    returns: STRING,
    run: (values, call) => withColons([textOf("arn", call.at), ...values], call),
  },
  "provider::aws::arn_parse": { parameters: [holed], run: parsed },
  "provider::aws::trim_iam_role_path": { parameters: [holed], returns: STRING, run: withoutPath },
};
