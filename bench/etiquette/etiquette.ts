/** Plays the story on the action and on reviewdog, and prints who is the better guest. */
import { spawnSync } from "node:child_process";
import { openPullRequest } from "../../test/e2e/pull-request.ts";
import { head as heading, print, row } from "../print.ts";
import { base, story } from "./files.ts";
import { action, type Play, type Player, reviewdog } from "./players.ts";
import { type Score, score } from "./score.ts";

/** Plays all heads in turn. Checks of one head run at the same time. */
async function play(player: Player): Promise<readonly Score[]> {
  const [first = { title: "", wrong: [] }] = story;
  using pull = openPullRequest(base, first.files ?? base);
  const scores: Score[] = [];
  let checks: readonly string[] = ["staging"];
  for (const [index, head] of story.entries()) {
    if (index > 0 && head.files !== undefined) pull.push(head.files);
    const merge = head.merged === undefined ? undefined : pull.merge(head.merged);
    checks = head.checks ?? checks;
    const plays = checks.map((check): Play => ({ event: head.event ?? "pull_request", merge, check }));
    const requests = await Promise.all(plays.map((one) => player(pull, one)));
    scores.push(score(pull.state, head, requests.flat()));
    if (merge !== undefined) pull.checkout(pull.state.head);
  }
  return scores;
}

const sum = (scores: readonly Score[], of: (score: Score) => number) =>
  scores.reduce((total, one) => total + of(one), 0);
const worst = (scores: readonly Score[], of: (score: Score) => number) => Math.max(...scores.map(of));

const rows: readonly (readonly [string, (scores: readonly Score[]) => string | number])[] = [
  ["notifications, in all", (all) => sum(all, ({ notifications }) => notifications)],
  ["notifications, most for one push", (all) => worst(all, ({ notifications }) => notifications)],
  ["texts that stand twice", (all) => worst(all, ({ twice }) => twice)],
  ["threads about what is fixed, most after a push", (all) => worst(all, ({ stale }) => stale)],
  [
    "comments and links on a wrong line, of all",
    (all) => `${sum(all, ({ misplaced }) => misplaced)} of ${sum(all, ({ places }) => places)}`,
  ],
  ["old findings called new", (all) => worst(all, ({ old }) => old)],
  [
    "pushes that tell the finding whose cause is elsewhere, of those that have it",
    (all) => `${sum(all, ({ told }) => Number(told))} of ${story.filter(({ cause }) => cause !== undefined).length}`,
  ],
  ["… with a comment on the cause", (all) => sum(all, ({ onCause }) => Number(onCause))],
  ["requests when nothing is new", (all) => all[1]?.requests ?? 0],
];

/**
 * The table. reviewdog is taken from the PATH: `go install github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0`.
 */
export async function etiquette(): Promise<void> {
  const isThere = spawnSync("reviewdog", ["-version"]).status === 0;
  const ours = await play(action);
  const theirs = isThere ? await play(reviewdog) : undefined;
  heading("A pull request of twelve heads", "measure", "the action", ...(theirs ? ["reviewdog"] : []));
  for (const [name, tell] of rows) row(name, String(tell(ours)), ...(theirs ? [String(tell(theirs))] : []));
  if (theirs === undefined) print("\nNot on the PATH, so not measured: reviewdog.");
}
