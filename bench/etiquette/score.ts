/** What people are left with after each head, in numbers. */
import type { FakeState } from "../../test/fake-github/state.ts";
import type { Head } from "./files.ts";
import type { Requests } from "./players.ts";

export interface Score {
  /** Messages that GitHub sends: a review, a new comment. An edit or a deletion notifies nobody. */
  readonly notifications: number;
  /** Comments whose text stands on the same line already. */
  readonly twice: number;
  /** Threads that say a mistake which is no more. */
  readonly stale: number;
  /** Places that comments stand on or link, and how many of them hold no mistake and no cause of one. */
  readonly places: number;
  readonly misplaced: number;
  /** Comments about what the base had already. */
  readonly old: number;
  /** Whether the finding whose cause is in another file is told, and whether a comment stands on that cause. */
  readonly told: boolean;
  readonly onCause: boolean;
  readonly requests: number;
}

const plain = (body: string) => body.replace(/<!--[\s\S]*?-->/g, "").trim();

/** Whether a comment says that its mistake is gone. */
const isEnded = (body: string) => /^✅ /m.test(plain(body));

export function score(state: FakeState, { wrong, cause }: Head, requests: Requests): Score {
  const open = state.reviewComments.filter(({ body, login }) => login.endsWith("[bot]") && !isEnded(body));
  const standing = open.filter(({ line }) => line !== null);
  const linked = [...state.issueComments, ...state.reviews].flatMap(({ body }) => findingLinks(body));
  const pieces = cause === undefined ? wrong : [...wrong, cause.line, cause.reference];
  const isRight = (line: string | undefined) => pieces.some((piece) => line?.includes(piece));
  const lineAt = ({ commit, path, line }: Link) => state.contents(commit, path)?.split("\n")[line - 1];
  const texts = [...state.issueComments, ...state.reviews, ...open].map(({ body }) => body);
  const keys = open.map(({ path, line, body }) => `${path}\n${line}\n${plain(body)}`);
  return {
    notifications: requests.filter((one) => /^POST .*\/(?:reviews|comments)$/.test(one)).length,
    twice: keys.length - new Set(keys).size,
    stale: open.filter(({ text }) => !isRight(text)).length,
    places: standing.length + linked.length,
    misplaced:
      standing.filter(({ text }) => !isRight(text)).length + linked.filter((link) => !isRight(lineAt(link))).length,
    old: open.filter(({ path }) => path.endsWith("old.json")).length,
    told: cause !== undefined && texts.some((text) => text.includes(cause.reference)),
    onCause: cause !== undefined && open.some(({ text }) => text.includes(cause.line)),
    requests: requests.length,
  };
}

interface Link {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

/** The places of the new findings that a summary lists, which stand before all details. */
function findingLinks(body: string): readonly Link[] {
  const [list = ""] = body.split(/<details>|^### /m);
  return [...list.matchAll(/\/blob\/([0-9a-f]{40})\/([^\s)#]+)#L(\d+)/g)]
    .map(([, commit = "", path = "", line]) => ({ commit, path: decodeURIComponent(path), line: Number(line) }))
    .filter(({ path }) => !path.endsWith("old.json"));
}
