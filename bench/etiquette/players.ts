/** Who plays the story: the action of dist/, and reviewdog, which is fed with the SARIF report of the same findings. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { PullRequest } from "../../test/e2e/pull-request.ts";
import { pullRequest } from "../../test/fake-github/routes.ts";
import { startFakeGitHub, token } from "../../test/fake-github/server.ts";

/** What a run asked of GitHub, as `POST /repos/octo/jobs/pulls/7/reviews`. */
export type Requests = readonly string[];

export interface Play {
  readonly event: "pull_request" | "merge_group";
  /** The commit of the merge, where the checkout is one. */
  readonly merge: string | undefined;
  /** The name of the check; undefined: it has none. */
  readonly check: string | undefined;
}

export type Player = (pull: PullRequest, play: Play) => Promise<Requests>;

const cli = join(import.meta.dirname, "../../dist/cli.js");

/** The action, as a runner runs it. */
export const action: Player = async (pull, { event, merge, check }) => {
  const group = { merge_group: { base_sha: pull.state.base, head_sha: pull.state.head } };
  const run = await pull.run({
    ...(event === "merge_group" ? { event, payload: group, sha: pull.state.head } : {}),
    ...(merge === undefined ? {} : { sha: merge }),
    ...(check === undefined ? {} : { inputs: { name: check } }),
  });
  return run.requests;
};

/** reviewdog, with its review on the whole of each changed file. It has nothing to say in a merge queue. */
export const reviewdog: Player = async (pull, { event, check }) => {
  if (event === "merge_group") return [];
  await using github = await startFakeGitHub({ state: pull.state });
  await using front = await frontOf(github.url, pull);
  const temporary = mkdtempSync(join(tmpdir(), "bench-reviewdog-"));
  try {
    const payload = join(temporary, "event.json");
    const repository = { owner: { login: "octo" }, name: "jobs" };
    writeFileSync(payload, JSON.stringify({ repository, pull_request: pullRequest(pull.state) }));
    const sarif = await output(process.execPath, [cli, "check", "--format", "sarif"], pull.folder, {});
    const flags = ["-f=sarif", "-reporter=github-pr-review", "-filter-mode=file", `-name=${check ?? "check"}`];
    const environment = {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: front.url,
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: payload,
      REVIEWDOG_GITHUB_API_TOKEN: token,
    };
    await output("reviewdog", flags, pull.folder, environment, sarif);
    return front.requests;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

/** What a program prints. Its exit code says only that it found something. */
async function output(
  file: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  input = "",
): Promise<string> {
  const env = { ...process.env, ...environment };
  const child = execFile(file, [...args], { cwd, env, maxBuffer: 1 << 28 });
  let text = "";
  let errors = "";
  child.stdout?.on("data", (chunk: string) => {
    text += chunk;
  });
  child.stderr?.on("data", (chunk: string) => {
    errors += chunk;
  });
  child.stdin?.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 && code !== 1) throw new Error(`${file} ended with ${code}:\n${errors}`);
  return text;
}

interface Front extends AsyncDisposable {
  readonly url: string;
  readonly requests: string[];
}

/** The stand-in with what reviewdog asks besides: the repository, the diff as text, comments on whole files. */
async function frontOf(behind: string, { state, diff }: PullRequest): Promise<Front> {
  const requests: string[] = [];
  const answer = async (incoming: IncomingMessage): Promise<{ status: number; body: string; link?: string }> => {
    const { method = "GET", url = "/" } = incoming;
    const { pathname } = new URL(url, behind);
    requests.push(`${method} ${pathname}`);
    const body = await text(incoming);
    if (pathname === "/repos/octo/jobs")
      return { status: 200, body: JSON.stringify({ html_url: "https://github.example.com/octo/jobs" }) };
    if (incoming.headers.accept?.includes("diff")) return { status: 200, body: diff() };
    if (method === "POST" && pathname === "/repos/octo/jobs/pulls/7/comments") {
      const { path, body: words } = JSON.parse(body) as { path: string; body: string };
      const id = Math.max(0, ...state.reviewComments.map((one) => one.id)) + 1;
      // On the file, not on a line of it.
      state.reviewComments.push({ id, review: 0, login: "github-actions[bot]", body: words, path, text: "", line: 1 });
      return { status: 201, body: "{}" };
    }
    const headers = { authorization: `token ${token}`, "content-type": "application/json" };
    const given = await fetch(`${behind}${url}`, { method, headers, ...(body === "" ? {} : { body }) });
    const link = given.headers.get("link");
    return { status: given.status, body: await given.text(), ...(link === null ? {} : { link }) };
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming).then(
      ({ status, body, link }) => {
        outgoing.writeHead(status, { "content-type": "application/json", ...(link === undefined ? {} : { link }) });
        outgoing.end(status === 204 ? undefined : body);
      },
      (error: unknown) => outgoing.writeHead(500).end(String(error)),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
