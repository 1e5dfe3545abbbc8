/**
 * The evidence contract: one answer of AWS, in one file, with what it is an answer to. `collect` writes it, the reader of
 * evidence trusts nothing else of what it says about accounts. `docs/evidence.schema.json` is generated from this file.
 *
 * Only tests, tools and `collect` load it at run time: loading zod costs a third of the start budget, so that what reads
 * evidence imports types alone and looks at the values itself.
 */
import { z } from "zod";

/** The services that are asked, as the AWS CLI calls them, which is also how IAM prefixes their actions. */
export const evidenceServices = ["secretsmanager", "ssm", "kms", "iam", "batch", "ec2", "route53", "sts"] as const;

const call = z.strictObject({
  service: z.enum(evidenceServices).describe("The service as the AWS CLI calls it."),
  operation: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]*$/)
    .describe("The operation of its API, such as DescribeSecret."),
  input: z
    .record(z.string(), z.unknown())
    .describe("What was asked, with the keys of the API as the AWS CLI's --cli-input-json spells them."),
});

const envelope = {
  evidence: z.literal(1).describe("The version of this format."),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .describe("The account whose credentials asked, as `aws sts get-caller-identity` prints it."),
  region: z
    .string()
    .regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/)
    .describe("The Region that was asked. IAM, which has none, is asked in any; Route 53 in that of the VPC."),
  at: z.iso.datetime().describe("When the answer came, in UTC: 2026-12-01T12:00:00Z."),
  call,
};

const answered = z.strictObject({
  ...envelope,
  output: z
    .record(z.string(), z.unknown())
    .describe("The answer as `aws … --output json` prints it, all pages in one. No secret value belongs in it."),
});

const refused = z.strictObject({
  ...envelope,
  error: z
    .strictObject({
      code: z.string().min(1).describe("The error's code, such as ResourceNotFoundException."),
      message: z.string().describe("The error's message as the service wrote it."),
    })
    .describe("Why there is no answer."),
});

/** One call of the API and what came of it. */
export const evidenceSchema = z.union([answered, refused]);

export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceService = (typeof evidenceServices)[number];
