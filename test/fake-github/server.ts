/**
 * A stand-in for the GitHub API on loopback: stateful, so that what was written is there in the next run, and strict,
 * so that a test fails when the action sends what GitHub would refuse, or asks for what is not described.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requestViolations, responseViolations } from "./description.ts";
import { mutation, query } from "./graph.ts";
import { answer as answerGraph, Invalid } from "./graphql.ts";
import { type Answer, type Request, routes } from "./routes.ts";
import type { FakeState } from "./state.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** A refusal that GitHub gives once, before it does what was asked. */
export interface Refusal {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeOptions {
  readonly state: FakeState;
  /** Whether the token may write: GitHub answers 403 when it knows that it may not, 404 when it doesn't even tell. */
  readonly write?: "allowed" | 403 | 404;
  /** What happens right before a request is answered, by another run for example. */
  readonly before?: (request: { readonly method: string; readonly path: string }) => void;
  /** The login of the token. */
  readonly login?: string;
  readonly refusals?: readonly Refusal[];
  /** Whether there is GraphQL: 404 where a server has none, 403 where it is refused, `old` where it knows no BigInt. */
  readonly graphql?: "allowed" | 403 | 404 | "old" | "limited";
  /** Whether it takes requests and never answers. */
  readonly silent?: boolean;
  /** Whether the token may resolve threads. */
  readonly resolve?: boolean;
  /** Whether the token may read pull requests. */
  readonly pulls?: boolean;
  /** `/api/v3` as on GitHub Enterprise Server. */
  readonly basePath?: "" | "/api/v3";
}

export interface FakeGitHub extends AsyncDisposable {
  /** What the runner has in `GITHUB_API_URL`. */
  readonly url: string;
  readonly calls: readonly Call[];
  /** Calls that changed something. */
  readonly writes: () => readonly Call[];
}

export const token = "ghs_token_of_the_stand_in";

/** Starts the stand-in. Disposing stops it and throws when anything happened that GitHub would not have let happen. */
export async function startFakeGitHub(options: FakeOptions): Promise<FakeGitHub> {
  const calls: Call[] = [];
  const mistakes: string[] = [];
  const refusals = [...(options.refusals ?? [])];
  const server = createServer((request, response) => {
    options.before?.({ method: request.method ?? "", path: request.url ?? "" });
    // As a server that takes connections and answers nothing.
    if (options.silent) return;
    handle(request, options, refusals, mistakes)
      .then((done) => {
        calls.push({ method: done.method, path: done.path, status: done.answer.status, body: done.body });
        send(response, done.answer);
      })
      .catch((error: unknown) => {
        mistakes.push(String(error));
        send(response, { status: 500, body: { message: String(error) } });
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${options.basePath ?? ""}`,
    calls,
    writes: () =>
      calls.filter((call) => {
        const { method, path, status } = call;
        return method !== "GET" && status < 300 && (!path.endsWith("/graphql") || isMutation(call));
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (mistakes.length > 0) throw new Error(`the stand-in of GitHub saw:\n${mistakes.join("\n")}`);
    },
  };
}

interface Done {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly answer: Answer;
}

async function handle(
  incoming: IncomingMessage,
  options: FakeOptions,
  refusals: Refusal[],
  mistakes: string[],
): Promise<Done> {
  const method = incoming.method ?? "";
  const url = new URL(incoming.url ?? "", `http://${incoming.headers.host}`);
  const text = await readText(incoming);
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const done = (answer: Answer): Done => ({ method, path: url.pathname, body, answer });
  const authorization = incoming.headers.authorization;
  if (authorization !== `token ${token}`) return done({ status: 401, body: { message: "Bad credentials" } });

  const login = options.login ?? "github-actions[bot]";
  const [graphql, base] = options.basePath === "/api/v3" ? ["/api/graphql", "/api/v3"] : ["/graphql", ""];
  if (url.pathname === graphql) {
    return done(
      refuse(method, url, { ...options, write: "allowed" }, refusals) ?? graph(body, options, login, mistakes),
    );
  }

  const found = routes.flatMap((route) => {
    const match = route.method === method ? route.pattern.exec(url.pathname.slice(base.length)) : null;
    return match !== null && url.pathname.startsWith(base) ? [{ route, match }] : [];
  })[0];
  if (found === undefined) {
    mistakes.push(`nothing is known of ${method} ${url.pathname}`);
    return done({ status: 404, body: { message: "Not Found" } });
  }
  const { route, match } = found;
  const say = (violation: string | undefined, what: string) => {
    if (violation !== undefined) mistakes.push(`${what} of ${method} ${url.pathname}: ${violation}`);
  };
  say(requestViolations(route.path, method.toLowerCase(), body), "the request");
  const request: Request = { state: options.state, login, parameters: match.groups ?? {}, url, body };
  const answer = refuse(method, url, options, refusals) ?? route.answer(request);
  say(responseViolations(route.path, method.toLowerCase(), answer.status, answer.body), "the answer");
  return done(answer);
}

function refuse(
  method: string,
  url: URL,
  { write = "allowed", pulls = true }: FakeOptions,
  refusals: Refusal[],
): Answer | undefined {
  const documentation_url = "https://docs.github.com/rest";
  const index = refusals.findIndex((refusal) => refusal.method === method && refusal.path.test(url.pathname));
  const [refusal] = index < 0 ? [] : refusals.splice(index, 1);
  if (refusal) {
    const { status, headers = {}, message } = refusal;
    return { status, headers, body: { message, documentation_url } };
  }
  if (!pulls && /\/(?:pulls|issues)\//.test(url.pathname)) {
    return { status: 403, body: { message: "Resource not accessible by integration", documentation_url } };
  }
  if (method === "GET" || write === "allowed") return undefined;
  const message = write === 403 ? "Resource not accessible by integration" : "Not Found";
  return { status: write, body: { message, documentation_url } };
}

/** GraphQL, which is not in the description of the REST API. What the schema doesn't allow fails the test. */
function graph(body: unknown, options: FakeOptions, login: string, mistakes: string[]): Answer {
  const { graphql = "allowed", resolve = false, pulls = true, state } = options;
  if (graphql === 404) return { status: 404, body: { message: "Not Found" } };
  if (graphql === 403) return { status: 403, body: { message: "Resource not accessible by integration" } };
  const { query: document, variables = {} } = body as { query: string; variables?: Record<string, unknown> };
  if (graphql === "limited") {
    // https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
    const error = { type: "RATE_LIMITED", message: "API rate limit exceeded" };
    return { status: 200, headers: { "x-ratelimit-remaining": "0" }, body: { errors: [error] } };
  }
  if (graphql === "old" && document.includes("fullDatabaseId")) {
    const message = "Field 'fullDatabaseId' doesn't exist on type 'IssueComment'";
    return { status: 200, body: { errors: [{ message }] } };
  }
  try {
    const given = { state, login, resolve, pulls };
    const root = (kind: string) => (kind === "query" ? query(given) : mutation(given));
    return { status: 200, body: answerGraph(root, document, variables) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    mistakes.push(`GraphQL: ${error.message}`);
    return { status: 200, body: { errors: [{ message: error.message }] } };
  }
}

/** Whether a call asked GraphQL to change something. */
function isMutation({ path, body }: Call): boolean {
  return path.endsWith("/graphql") && (body as { query?: string })?.query?.startsWith("mutation") === true;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
