/** What it means when GitHub refuses a request or doesn't answer it: said by status, so that the advice is right. */
import { clean, clip } from "../report/visible.ts";

/** The HTTP status with which GitHub refused, undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  // octokit gives 500 to a request that found no server at all: then there is no response.
  const answered = responseOf(error) !== undefined;
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return answered && typeof status === "number" ? status : undefined;
}

export function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  return (responseOf(error) as { headers?: Record<string, unknown> } | undefined)?.headers ?? {};
}

function responseOf(error: unknown): unknown {
  return error instanceof Error && "response" in error ? error.response : undefined;
}

/** What GitHub said, or what kept it from saying anything: one line that is safe to show. */
export function messageOf(error: unknown): string {
  const said = (responseOf(error) as { data?: { message?: unknown } } | undefined)?.data?.message;
  const message = typeof said === "string" ? said : error instanceof Error ? error.message : String(error);
  return clip(clean(message), 300);
}

/** Whether GitHub says that the token may not do this; 404 where it doesn't even tell that something is there. */
export function isDenied(error: unknown): boolean {
  const status = statusOf(error);
  return (status === 403 && !isLimit(error) && !isLocked(error)) || status === 404;
}

/** In a locked conversation nobody but collaborators may write, whatever the permissions of a token. */
function isLocked(error: unknown): boolean {
  return /\blocked\b/i.test(messageOf(error));
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isLimit(error: unknown): boolean {
  return (
    statusOf(error) === 429 || /rate limit/i.test(messageOf(error)) || headersOf(error)["retry-after"] !== undefined
  );
}

/** What octokit throws where there is no response, and what a signal says when the time is up. */
export function isUnanswered(error: unknown): boolean {
  return (
    statusOf(error) === undefined &&
    error instanceof Error &&
    ["HttpError", "AbortError", "TimeoutError"].includes(error.name)
  );
}

/** What could not be done, and why. */
export function failureOf(what: string, error: unknown, permission: string): Error {
  return new Error(`${what}: ${reasonOf(error, permission)}`, { cause: error });
}

/** One or two sentences: why it failed, and the way out. `permission` is what the job needs when that was missing. */
export function reasonOf(error: unknown, permission: string): string {
  const status = statusOf(error);
  const message = messageOf(error);
  if (isUnanswered(error)) return `GitHub did not answer (${message}). Run the job again.`;
  if (status === undefined) return `${message}.`;
  if (status === 401) return `GitHub does not know the token of input github-token (401: ${message}).`;
  if (isLimit(error)) return `GitHub's limit for requests is reached (${status}: ${message}). Run the job again later.`;
  if (isDenied(error)) return `GitHub refused it (${status}: ${message}). The job needs permissions: ${permission}.`;
  return status >= 500
    ? `GitHub failed (${status}: ${message}). Run the job again.`
    : `GitHub refused it (${status}: ${message}).`;
}
