/** The chains of proven references for people: the evidence that each secret arrives. */
import { ASSUMPTIONS, type Assumption } from "../facts/assumptions.ts";
import { groupBy, into } from "../maps.ts";
import { type Link, links } from "../policy/rules.ts";
import type { Reference } from "../verdict/account.ts";
import type { Evidence } from "../verdict/chains.ts";
import { quantity } from "../words.ts";
import type { Paint } from "./paint.ts";
import { place, say } from "./visible.ts";
import { wrap } from "./width.ts";

const LINK_WIDTH = Math.max(...links.map(({ length }) => length));
const STATE_WIDTH = "not applicable".length;
const INDENT = " ".repeat(4);
/** The text about a link begins in this column. */
const MARGIN = INDENT.length + LINK_WIDTH + STATE_WIDTH + 4;

/** The chain of every proven reference, by job. Each is a block of lines. */
export function renderProven(references: readonly Reference[], paint: Paint, width: number): string[][] {
  const proven = references.filter(({ state }) => state === "proven" || state === "fully proven");
  const count = `${proven.length} of ${quantity(references.length, "secret reference")}`;
  const head = `${paint("green", "proven")}: ${paint("bold", count)}`;
  const jobs = [...groupBy(proven, ({ job, location }) => `${job}\n${location.path}`).values()];
  return [[head], ...jobs.map((of) => renderJob(of, paint, width))];
}

function renderJob(references: readonly Reference[], paint: Paint, width: number): string[] {
  const [first] = references;
  return [
    paint("bold", first ? `job ${say(first.job)} in ${say(first.location.path)}` : ""),
    ...references.flatMap((reference) => ["", ...renderReference(reference, paint, width)]),
  ];
}

function renderReference(reference: Reference, paint: Paint, width: number): string[] {
  const { name, secret, container, location, state, deployments } = reference;
  const what = [name ?? "registry credentials", ...(secret === null ? [] : [secret])].map(say).join(" = ");
  return [
    ...wrap(`${what} (${[container, ...deployments].map(say).join(", ")}): ${state}`, width - INDENT.length).map(
      (line, index) => `${index === 0 ? "  - " : INDENT}${line}`,
    ),
    `${INDENT}${paint("blue", "-->")} ${place(location)}`,
    ...links.flatMap((link) => renderLink(link, reference, paint, width)),
    ...renderAssumptions(reference, width),
  ];
}

/** A line for the link, and one more for each further rule that proves a part of it. */
function renderLink(link: Link, reference: Reference, paint: Paint, width: number): string[] {
  const { path } = reference.location;
  const { state, because, location, rule, assumes, also = [] } = reference.links[link];
  const label = `${INDENT}${link.padEnd(LINK_WIDTH)}  ${state.padEnd(STATE_WIDTH)}  `;
  const painted = state === "proven" ? label.replace(state, paint("green", state)) : paint("dim", label);
  const said =
    because === null || location === null || rule === null
      ? [because ?? ""]
      : [{ because, location, rule, assumes }, ...also].map(
          (one, index) => `${index === 0 ? "" : "and "}${evidence(one, path)}`,
        );
  const lines = said.flatMap((one) => wrap(one, width - MARGIN));
  return (lines.length === 0 ? [""] : lines).map((line, index) =>
    (index === 0 ? painted + line : " ".repeat(MARGIN) + line).trimEnd(),
  );
}

/** Why, by which rule, and where: only the line in the file of the reference. */
function evidence({ because, location, rule }: Evidence, path: string): string {
  const where = location.path === path ? `line ${location.start.line}` : place(location);
  return `${say(because)} (${say(rule)}, ${where})`;
}

/** Each assumption once, with the links that rest on it. */
function renderAssumptions({ links: judged }: Reference, width: number): string[] {
  const resting = new Map<Assumption, Link[]>();
  for (const link of links) for (const one of judged[link].assumes) into(resting, one, (): Link[] => []).push(link);
  return [...resting].flatMap(([assumption, those]) =>
    wrap(`${ASSUMPTIONS[assumption]} (${those.join(", ")})`, width - MARGIN).map((line, index) =>
      index === 0 ? `${INDENT}${"assumes".padEnd(MARGIN - INDENT.length)}${line}` : " ".repeat(MARGIN) + line,
    ),
  );
}
