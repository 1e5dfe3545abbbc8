/** Answers of moto as AWS would give them. */
import { type Answer, type AwsRequest, pageOf } from "./request.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The answer as AWS documents it, in pages where AWS pages. */
export function corrected(request: AwsRequest, answer: Answer, pageSize: number): Answer {
  const correct = CORRECTIONS[`${request.service}:${request.operation}`];
  if (!correct || answer.status !== 200) return answer;
  const input = JSON.parse(request.body || "{}") as Fields;
  return { ...answer, body: JSON.stringify(correct(JSON.parse(answer.body) as Fields, input, request, pageSize)) };
}

type Correct = (output: Fields, input: Fields, request: AwsRequest, pageSize: number) => Fields;

const CORRECTIONS: Readonly<Record<string, Correct>> = {
  /** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html */
  "ssm:DescribeParameters": (output, _, { region }) => ({
    ...output,
    Parameters: listOf(output["Parameters"]).map(({ Value: _value, ...one }) => ({
      ...one,
      ARN: `arn:aws:ssm:${region}:123456789012:parameter${`${one["Name"]}`.replace(/^(?!\/)/, "/")}`,
    })),
  }),
  /** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key */
  "kms:DescribeKey": (output, { KeyId }) =>
    `${KeyId}`.includes("alias/aws/")
      ? { ...output, KeyMetadata: { ...(output["KeyMetadata"] as Fields), KeyManager: "AWS" } }
      : output,
  "kms:ListGrants": (output, input, _, size) => paged(output, "Grants", input, size),
  "kms:ListAliases": (output, input, _, size) => paged(output, "Aliases", input, size),
};

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value : [];
}

/** KMS pages with a marker: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
function paged(output: Fields, list: string, { Marker }: Fields, size: number): Fields {
  const { items, next } = pageOf(listOf(output[list]), Marker, size);
  return { ...output, [list]: items, Truncated: next !== undefined, ...(next && { NextMarker: next }) };
}
