/** Asks GitHub: GraphQL first, REST where it does not answer. */
import type { RepositoryApi } from "./api.ts";
import type { Repository } from "./event.ts";
import { askBy, openOctokit } from "./octokit.ts";
import { type Found, look, type Wanted } from "./query.ts";
import { pullRequestApi, readState, unlessMissing } from "./rest.ts";
import { readBlob, readSnapshot } from "./snapshot.ts";

/**
 * The API of a repository through a token. `deadline` is in milliseconds since 1970: nothing is asked or waited for
 * after it.
 */
export async function connect(token: string, repository: Repository, deadline: number): Promise<RepositoryApi> {
  const octokit = await openOctokit(token, deadline);
  const { owner, name: repo } = repository;
  // A server that has no GraphQL isn't asked for it again.
  let missing = false;
  const lookOnce = async (wanted: Wanted): Promise<Found> => {
    if (missing) return {};
    try {
      return await look(askBy(octokit), repository, wanted);
    } catch {
      missing = true;
      return {};
    }
  };
  const bytesAt = async (path: string, ref: string | undefined) => {
    const wanted = { owner, repo, path, ...(ref === undefined ? {} : { ref }) };
    const data = await unlessMissing(octokit.request("GET /repos/{owner}/{repo}/contents/{path}", wanted));
    if (data === undefined || Array.isArray(data) || data.type !== "file" || !("content" in data)) return undefined;
    // Beyond 1 MB the content is left out: https://docs.github.com/en/rest/repos/contents#get-repository-content
    return data.encoding === "base64"
      ? Buffer.from(data.content, "base64")
      : readBlob(octokit, { owner, repo }, data.sha);
  };
  return {
    look: lookOnce,
    fileAt: async (path, ref) => (await bytesAt(path, ref))?.toString("utf8"),
    bytesAt,
    snapshot: (commit) => readSnapshot(octokit, askBy(octokit), { owner, repo }, commit),
    parents: async (commit_sha) => {
      const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
        owner,
        repo,
        commit_sha,
      });
      return data.parents.map(({ sha }) => sha);
    },
    mergeBase: async (one, other) => {
      const basehead = `${one}...${other}`;
      const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
        owner,
        repo,
        basehead,
        per_page: 1,
      });
      return data.merge_base_commit.sha;
    },
    openPullRequests: async (from, branch) => {
      const wanted = { owner, repo, state: "open" as const, head: `${from}:${branch}`, per_page: 100 };
      const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls", wanted);
      return data.map(({ number, head }) => ({
        number,
        head: head.sha,
        headRepository: head.repo ? Number(head.repo.id) : undefined,
      }));
    },
    pullRequest: (number) => ({
      ...pullRequestApi(octokit, { owner, repo, number }),
      state: async () => (await lookOnce({ pullRequest: number })).pull ?? readState(octokit, { owner, repo, number }),
    }),
  };
}
