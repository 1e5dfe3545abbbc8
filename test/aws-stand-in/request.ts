/** A request to AWS, as far as the stand-in looks at it. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKey: string;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** The code of an error, for the header in which services that speak REST have it. */
  readonly error?: string;
}

/** Service, Region and operation are in the signature, and in the header, the form or the path. */
export function requestOf(
  { method = "GET", url = "/", headers }: IncomingMessage,
  body: string,
  operationAt: (path: string) => string | undefined,
): AwsRequest {
  const signed = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "");
  const [, accessKey = "", region = "", service = ""] = signed ?? [];
  const target = headers["x-amz-target"];
  const operation =
    (typeof target === "string" ? target.split(".").at(-1) : undefined) ??
    new URLSearchParams(body).get("Action") ??
    operationAt(url) ??
    "";
  return { method, path: url, headers: single(headers), body, service, operation, region, accessKey };
}

function single(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The items of one page, and the token of the next one, which is where that begins. */
export function pageOf<T>(all: readonly T[], token: unknown, size: number): { items: readonly T[]; next?: string } {
  const start = Number(token ?? 0);
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length && { next: String(end) }) };
}

export function json(status: number, value: unknown, error?: string): Answer {
  return { status, type: "application/x-amz-json-1.1", body: JSON.stringify(value), ...(error && { error }) };
}
