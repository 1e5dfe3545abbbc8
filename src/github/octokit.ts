/** Octokit, loaded when it is first needed. */
import { setTimeout } from "node:timers/promises";
import type { Ask } from "./query.ts";
import { headersOf, statusOf } from "./refusal.ts";
import { retryDelay } from "./retry.ts";

/** Less its methods for each route, which would be 120 kB of dist/: the build leaves them out. */
export type Octokit = Pick<
  ReturnType<typeof import("@actions/github")["getOctokit"]>,
  "graphql" | "hook" | "paginate" | "request"
>;

/** How long one request may take, in milliseconds: a GitHub that never answers must not hold up the verdict. */
const longestRequest = 15_000;

/** Octokit with a token. `deadline` is in milliseconds since 1970: nothing is asked or waited for after it. */
export async function openOctokit(token: string, deadline: number): Promise<Octokit> {
  const { getOctokit } = await import("@actions/github");
  const octokit = getOctokit(token);
  limitTime(octokit, deadline);
  return octokit;
}

/** Queries of GraphQL. Gives the parts that it could answer, and throws when there are none. */
export function askBy(octokit: Octokit): Ask {
  return async (query, variables) => {
    try {
      return await octokit.graphql(query, { ...variables });
    } catch (error) {
      const data = error instanceof Error && "data" in error ? error.data : undefined;
      if (data === undefined || data === null) throw error;
      return data;
    }
  };
}

/** Ends every request in time, and repeats those that GitHub asks to repeat later as long as there is time. */
function limitTime(octokit: Octokit, deadline: number): void {
  const signal = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
  octokit.hook.wrap("request", async (request, options) => {
    for (let retries = 0; ; retries++) {
      options.request.signal = AbortSignal.any([signal, AbortSignal.timeout(longestRequest)]);
      try {
        return await request(options);
      } catch (error) {
        const now = Date.now();
        const refusal = { status: statusOf(error), headers: headersOf(error), method: options.method, retries, now };
        const wait = signal.aborted ? undefined : retryDelay(refusal);
        if (wait === undefined || now + wait > deadline) throw error;
        await setTimeout(wait, undefined, { signal });
      }
    }
  });
}
