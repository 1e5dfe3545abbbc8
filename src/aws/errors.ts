/** Errors of the SDK: which of them are answers, and what the others mean, in a sentence. */

import type { Call, Refusal } from "../collect/calls.ts";
import { isDenied, isMissing } from "../collect/refusals.ts";

interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly code?: string;
  readonly Code?: string;
}

/** An error of AWS that says something of what was asked: denied, not there, not a name that there can be. */
export function answerOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const refusal = { code: codeOf(error), message: error.message };
  const { httpStatusCode } = (error as AwsError).$metadata ?? {};
  if (isDenied(refusal) || isMissing(refusal)) return refusal;
  return httpStatusCode === 400 && INVALID.test(refusal.code) ? refusal : undefined;
}

/** The service can't read the name that was asked for, so there is no such thing. */
const INVALID =
  /^(?:Validation(?:Error|Exception)|InvalidInput|InvalidArn(?:Exception)?|InvalidParameter(?:Value|Exception)?|Invalid\w+(?:ID|Id)\.Malformed|InvalidFilter\w*|ClientException|UnsupportedOperationException|KMSInvalidStateException)$/;

function codeOf(error: Error): string {
  const { Code, code } = error as AwsError;
  return Code ?? (error.name === "Error" && code !== undefined ? code : error.name);
}

/** A sentence for each kind of error with which nothing can go on. */
const STOPS: readonly (readonly [RegExp, (call: Call, message: string) => string])[] = [
  [
    /^(?:ExpiredToken(?:Exception)?|RequestExpired|TokenRefreshRequired|ExpiredTokenException)$/,
    () => "The AWS credentials have expired. Sign in again, for example with `aws sso login`.",
  ],
  [
    /^(?:CredentialsProviderError|ProviderError|TokenProviderError)$/,
    (_, message) =>
      `No AWS credentials were found (${message.replace(/\.$/, "")}). Set AWS_PROFILE, give --profile, or sign in.`,
  ],
  [
    /^(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken\w*)$/,
    ({ region }, message) =>
      `AWS does not accept the credentials in ${region} (${message.replace(/\.$/, "")}). Check the profile, and whether the account has enabled this Region.`,
  ],
  [/^OptInRequired$/, ({ region }) => `The account has not enabled the Region ${region}.`],
  [
    /^(?:Throttling\w*|ThrottledException|RequestLimitExceeded|TooManyRequests\w*|RequestThrottled\w*|SlowDown|LimitExceededException)$/,
    ({ service, operation, region }) =>
      `AWS still throttles ${service} ${operation} in ${region} after several attempts. Try again later.`,
  ],
  [
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
    ({ service, region }) =>
      `The service ${service} has no endpoint that can be reached in the Region ${region}. Check the name of the Region and the network.`,
  ],
  [
    /^(?:ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|EPIPE|NetworkingError|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/,
    ({ service, region }) => `${service} in ${region} can't be reached. Check the network, and try again.`,
  ],
];

/** What to throw for an error with which nothing can go on: a sentence, never an answer's content. */
export function stopped(error: unknown, one: Call): Error {
  if (!(error instanceof Error)) return new Error(`${one.service} ${one.operation} failed`);
  const code = codeOf(error);
  const sentence = STOPS.find(([pattern]) => pattern.test(code))?.[1](one, error.message);
  const { httpStatusCode } = (error as AwsError).$metadata ?? {};
  const other = httpStatusCode !== undefined && httpStatusCode >= 500 ? "AWS has a problem" : "AWS refused";
  return new Error(
    sentence ?? `${other}: ${one.service} ${one.operation} in ${one.region} failed (${code}: ${error.message})`,
    { cause: error },
  );
}
