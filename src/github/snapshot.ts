/** The files of a commit through the API: its tree by REST, contents by GraphQL, a hundred with one request. */
import { idOf, type Snapshot } from "../base/listing.ts";
import type { Octokit } from "./octokit.ts";
import type { Ask } from "./query.ts";

/** All contents of one run, in bytes. */
const mostBytes = 64 * 1024 * 1024;
/** Contents that are asked for with one request: so many, and so many bytes. */
const batchFiles = 100;
const batchBytes = 1024 * 1024;
/** GraphQL cuts texts that are longer, in bytes: they come by REST. */
const longestText = 500_000;

interface Which {
  readonly owner: string;
  readonly repo: string;
}

/** Throws a sentence when GitHub doesn't list all files, or more is asked for than a run may hold. */
export async function readSnapshot(octokit: Octokit, ask: Ask, which: Which, commit: string): Promise<Snapshot> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...which,
    tree_sha: commit,
    recursive: "1",
  });
  if (data.truncated) {
    // https://docs.github.com/en/rest/git/trees#get-a-tree: 100,000 entries, 7 MB
    throw new Error("GitHub lists only a part of the repository's files, because it has too many.");
  }
  const blobs = data.tree.filter(({ type }) => type === "blob");
  const sizes = new Map(blobs.map(({ sha, size }) => [sha, size ?? 0]));
  let left = mostBytes;
  return {
    files: new Map(blobs.map(({ path, mode, sha }) => [path, { mode, id: sha }])),
    load: async (ids) => {
      left -= ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
      if (left < 0) throw new Error(`Its files are larger than ${mostBytes / (1024 * 1024)} MB together.`);
      const found = new Map<string, Buffer | string>();
      for (const batch of batches(ids, sizes)) {
        for (const [id, content] of await texts(ask, which, batch)) found.set(id, content);
      }
      for (const id of ids) if (!found.has(id)) found.set(id, await readBlob(octokit, which, id));
      return found;
    },
  };
}

function batches(ids: readonly string[], sizes: ReadonlyMap<string, number>): readonly (readonly string[])[] {
  const all: string[][] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = sizes.get(id) ?? 0;
    if (size > longestText) continue;
    bytes += size;
    const last = all.at(-1);
    if (last === undefined || last.length >= batchFiles || bytes > batchBytes) {
      all.push([id]);
      bytes = size;
    } else last.push(id);
  }
  return all;
}

/** The contents that GraphQL gives exactly: no binary ones, and none that it changes. Nothing where it doesn't answer. */
async function texts(ask: Ask, { owner, repo }: Which, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const variables = ids.map((_, index) => `$id${index}: GitObjectID!`).join(", ");
  const objects = ids.map((_, index) => `blob${index}: object(oid: $id${index}) { ... on Blob { text isTruncated } }`);
  const document = `query($owner: String!, $name: String!, ${variables}) {
  repository(owner: $owner, name: $name) {
    ${objects.join("\n    ")}
  }
}`;
  const given = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
  const answer = (await ask(document, { owner, name: repo, ...given }).catch(() => undefined)) as
    | { repository?: Record<string, { text?: string | null; isTruncated?: boolean } | null> | null }
    | undefined;
  const found = new Map<string, Buffer>();
  for (const [index, id] of ids.entries()) {
    const { text = null, isTruncated = true } = answer?.repository?.[`blob${index}`] ?? {};
    const content = text === null || isTruncated ? undefined : Buffer.from(text);
    if (content && idOf(content, id) === id) found.set(id, content);
  }
  return found;
}

/** A content by the name that git gives to it, of up to 100 MB: https://docs.github.com/en/rest/git/blobs#get-a-blob. */
export async function readBlob(octokit: Octokit, which: Which, file_sha: string): Promise<Buffer> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { ...which, file_sha });
  return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
}
