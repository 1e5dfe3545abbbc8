/** What the SDK gives → what the AWS CLI prints for it. */
import type { Call, Output } from "../collect/calls.ts";

/** The documents of IAM, which its API encodes as a part of a URL and the AWS CLI prints as objects. */
const DOCUMENTS: ReadonlySet<string> = new Set(["AssumeRolePolicyDocument", "PolicyDocument", "Document"]);

/** The output of a call as `aws … --output json` prints it. */
export function plainOutput({ service }: Call, output: object): Output {
  const { $metadata: _, ...own } = output as Output & { readonly $metadata?: unknown };
  return plain(own, "", service === "iam") as Output;
}

function plain(value: unknown, key: string, isIam: boolean): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value === "string") return isIam && DOCUMENTS.has(key) ? document(value) : value;
  if (Array.isArray(value)) return value.map((item) => plain(item, key, isIam));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, plain(inner, name, isIam)]),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html: "URL-encoded compliant with RFC 3986" */
function document(encoded: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(encoded));
  } catch {
    return encoded;
  }
}
