/**
 * Secrets of other accounts: moto looks for them in the caller's. AWS answers what the secret's resource policy lets the
 * other account do, and denies the rest:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
import { type Answer, type AwsRequest, json } from "./request.ts";

type Forward = (request: AwsRequest) => Promise<Answer>;

export function openSecrets(forward: Forward): { readonly answer: Forward } {
  const keys = new Map<string, string>();
  /** Credentials of an account: those of a role there, which moto does not look for. */
  const keyOf = async (account: string, request: AwsRequest): Promise<string> => {
    const known = keys.get(account);
    if (known !== undefined) return known;
    const role = `arn:aws:iam::${account}:role/any`;
    const body = `Action=AssumeRole&Version=2011-06-15&RoleSessionName=any&RoleArn=${encodeURIComponent(role)}`;
    const answer = await forward({ ...signedFor(request, "sts"), path: "/", body });
    const [, key = ""] = /<AccessKeyId>([^<]+)</.exec(answer.body) ?? [];
    keys.set(account, key);
    return key;
  };
  return {
    answer: async (request) => {
      const { SecretId = "" } = JSON.parse(request.body || "{}") as { readonly SecretId?: string };
      const [, account] = /^arn:aws:secretsmanager:[^:]+:(\d{12}):/.exec(SecretId) ?? [];
      const own = await ownAccount(request, forward);
      if (account === undefined || account === own) return forward(request);
      const owner = withKey(request, await keyOf(account, request));
      const asked = { ...owner, body: JSON.stringify({ SecretId }) };
      const target = { ...asked.headers, "x-amz-target": "secretsmanager.GetResourcePolicy" };
      const policy = await forward({ ...asked, headers: target });
      if (policy.status === 200 && policy.body.includes(own)) return forward(owner);
      const message = `User is not authorized to perform: secretsmanager:${request.operation} on resource: ${SecretId}`;
      return json(400, { __type: "AccessDeniedException", Message: message }, "AccessDeniedException");
    },
  };
}

async function ownAccount(request: AwsRequest, forward: Forward): Promise<string> {
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const answer = await forward({ ...signedFor(request, "sts"), path: "/", body });
  return /<Account>(\d+)</.exec(answer.body)?.[1] ?? "";
}

/** The same signature for another service: moto reads service and key from it, and checks nothing. */
function signedFor(request: AwsRequest, service: string): AwsRequest {
  const authorization = (request.headers["authorization"] ?? "").replace(`/${request.service}/`, `/${service}/`);
  const { "x-amz-target": _, ...headers } = request.headers;
  return {
    ...request,
    headers: {
      ...headers,
      authorization,
      "content-type": "application/x-www-form-urlencoded",
      host: `${service}.amazonaws.com`,
    },
  };
}

function withKey(request: AwsRequest, key: string): AwsRequest {
  const authorization = (request.headers["authorization"] ?? "").replace(/Credential=[^/]+/, `Credential=${key}`);
  return { ...request, headers: { ...request.headers, authorization } };
}
