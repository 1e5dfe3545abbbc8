/**
 * A grant lets its grantee use the key: a statement of the key policy by another name.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
import type { Cause } from "../../facts/causes.ts";
import type { Condition, Statement, Text } from "../../facts/located.ts";
import type { Place } from "../../source.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { isAbsent, toText } from "../read.ts";

export interface Grant {
  readonly grantee: Text;
  /** `Decrypt`, `Encrypt`, …; a wide hole may be any. */
  readonly operations: readonly Text[];
  /** What the encryption context must have, among others or alone. */
  readonly constraints: readonly { readonly subset: Value | undefined; readonly equals: Value | undefined }[];
}

/** The statement of a grant; `maybe` says what is not known, so that it may not be there. */
export function grantStatement(
  { grantee, operations, constraints }: Grant,
  { policy, maybe, at }: { readonly policy: string; readonly maybe: Cause | null; readonly at: Place },
): Statement {
  return {
    sid: null,
    effect: { value: "Allow", at },
    actions: operations.map((one) => ({ ...one, value: `kms:${one.value}` })),
    not_actions: null,
    resources: [{ value: "*", at }],
    not_resources: null,
    principals: [{ type: "AWS", values: [grantee] }],
    not_principals: null,
    conditions: constraints.flatMap(({ subset, equals }) => [
      ...pairs(subset, at),
      ...pairs(equals, at),
      ...(equals?.kind === "object" ? [onlyKeys(equals)] : []),
    ]),
    maybe,
    policy,
    at,
  };
}

const CONTEXT = "kms:EncryptionContext";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
function pairs(value: Value | undefined, at: Place): readonly Condition[] {
  if (isAbsent(value)) return [];
  const unknown: Condition = { operator: "StringEquals", key: `${CONTEXT}:`, values: null, at };
  if (value.kind !== "object" || value.open !== undefined) return [unknown];
  return value.entries.map((pair) => {
    const text = toText(pair.value);
    return { ...unknown, key: `${CONTEXT}:${pair.key}`, values: text && [text] };
  });
}

function onlyKeys({ entries, at }: ObjectValue): Condition {
  const values = entries.map(({ key, keyAt }) => ({ value: key, at: keyAt }));
  return { operator: "ForAllValues:StringEquals", key: `${CONTEXT}Keys`, values, at };
}
