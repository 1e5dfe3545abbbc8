export interface Refusal {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly method: string;
  readonly retries: number;
  readonly now: number;
}

const mostRetries = 2;
/** Between reads that failed without a reason, in milliseconds. */
const shortWait = 1_000;
/** What to wait when a limit is reached and nothing says how long, in milliseconds. */
const longWait = 60_000;

/**
 * How many milliseconds to wait before the same request is sent again, undefined when it must not be. A rate limit says
 * when in a header (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api). Of
 * failures of the server only reads are repeated: a write that failed may have been done, and a comment must not be
 * there twice.
 */
export function retryDelay({ status, headers, method, retries, now }: Refusal): number | undefined {
  if (retries >= mostRetries) return undefined;
  if (status === 403 || status === 429) {
    const after = Number(headers["retry-after"]);
    if (headers["retry-after"] !== undefined && after >= 0) return after * 1_000;
    if (headers["x-ratelimit-remaining"] === "0") {
      return Math.max(0, Number(headers["x-ratelimit-reset"]) * 1_000 - now) || longWait;
    }
    return status === 429 ? longWait : undefined;
  }
  const failed = status === undefined || status >= 500;
  return failed && method === "GET" ? shortWait * (retries + 1) : undefined;
}
