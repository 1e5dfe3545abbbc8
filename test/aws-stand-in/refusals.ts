/** What goes wrong on purpose, in the form in which each service says so. */
import { type Answer, type AwsRequest, json } from "./request.ts";

export interface Fault {
  /** Permissions that the caller lacks: `iam:GetRole`. */
  readonly denied?: ReadonlySet<string>;
  /** The only permissions that the caller has. */
  readonly allowed?: ReadonlySet<string>;
  /** How often each operation is throttled before it is answered. */
  readonly throttled?: number;
  /** After how many calls the credentials expire. */
  readonly expiresAfter?: number;
  /** Whether AWS knows the credentials at all. */
  readonly unknown?: boolean;
}

type Refused = "denied" | "throttled" | "expired" | "unknown";

/** What is wrong with a request; `calls` are all so far, this one included. */
export function faultOf(
  { denied, allowed, throttled = 0, expiresAfter = Number.POSITIVE_INFINITY, unknown }: Fault,
  { service, operation, region }: AwsRequest,
  calls: readonly string[],
): Refused | undefined {
  if (unknown) return "unknown";
  if (calls.length > expiresAfter) return "expired";
  const permission = `${service}:${operation}`;
  // Everybody may ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  const lacks = denied?.has(permission) || (allowed && service !== "sts" && !allowed.has(permission));
  if (lacks) return "denied";
  const same = calls.filter((one) => one === `${permission} ${region}`).length;
  return same <= throttled ? "throttled" : undefined;
}

/** The codes of the JSON protocols, of IAM, STS and Route 53, which speak XML, and of EC2, which has its own. */
const CODES = {
  denied: ["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"],
  throttled: ["ThrottlingException", "Throttling", "RequestLimitExceeded"],
  expired: ["ExpiredTokenException", "ExpiredToken", "RequestExpired"],
  unknown: ["UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure"],
} as const;

const STATUS = { denied: 403, throttled: 400, expired: 403, unknown: 403 } as const;

export function refusalOf({ service, operation }: AwsRequest, refused: Refused): Answer {
  const [jsonCode, queryCode, ec2Code] = CODES[refused];
  const message = `The stand-in says so: ${refused} ${service}:${operation}`;
  if (service === "ec2") {
    const status = refused === "throttled" ? 503 : STATUS[refused];
    return xml(
      status,
      `<Response><Errors><Error><Code>${ec2Code}</Code><Message>${message}</Message></Error></Errors><RequestID>1</RequestID></Response>`,
    );
  }
  if (service === "iam" || service === "sts" || service === "route53") {
    return xml(
      STATUS[refused],
      `<ErrorResponse><Error><Type>Sender</Type><Code>${queryCode}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
    );
  }
  // Services that speak JSON answer 400 where REST has the status that belongs to it.
  const status = service === "batch" ? (refused === "throttled" ? 429 : STATUS[refused]) : 400;
  return json(status, { __type: jsonCode, message }, jsonCode);
}

function xml(status: number, body: string): Answer {
  return { status, type: "text/xml", body: `<?xml version="1.0" encoding="UTF-8"?>${body}` };
}
