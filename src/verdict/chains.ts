/**
 * The chain of a reference: everything that must hold before the secret arrives in its container, link by link (DESIGN
 * §1, §5). Pure: a link is proven only because a rule said so, never because nobody complained.
 */
import type { Assumption } from "../facts/assumptions.ts";
import { groupBy } from "../maps.ts";
import { links as LINKS, type Link } from "../policy/rules.ts";
import { type Location, locate, type Place } from "../source.ts";

/** Without these links no reference is proven. The others may be outside of the files, or not concern the reference. */
export const CORE: ReadonlySet<Link> = new Set(["reference", "role", "trust", "read"]);

/**
 * What is there proves only a part of these links: a job definition does not say what it runs in, and the description of
 * a secret not what is in it.
 */
const ELSEWHERE: ReadonlySet<Link> = new Set(["agent", "content"]);

/**
 * broken: a rule found an error or a warning. open: a rule can't tell. proven: every rule of the link that applies
 * showed why it holds. outside: what the link is about is not in the files at all. not applicable: no rule of the link
 * concerns the reference. not checked: the link has no rule, or one that is switched off, or is of the core and got no
 * answer.
 */
export type LinkState = "broken" | "open" | "proven" | "outside" | "not applicable" | "not checked";

export type ChainState = "with findings" | "unverified" | "proven" | "fully proven";

/** Why a link is in its state, and where that can be read. */
export interface Evidence {
  readonly rule: string;
  readonly because: string;
  readonly location: Location;
  readonly assumes: readonly Assumption[];
}

/**
 * A rule's answer about a reference. A run keeps all of them, so lines and columns are computed only when it is shown.
 */
export interface Answer extends Omit<Evidence, "location"> {
  /** silent: the rule is off for the subject. */
  readonly says: "broken" | "open" | "proven" | "silent";
  readonly at: Place;
}

export interface JudgedLink {
  readonly state: LinkState;
  /** Null when there is nothing to say of it. */
  readonly because: string | null;
  readonly location: Location | null;
  readonly rule: string | null;
  /** What all the answers take for granted. */
  readonly assumes: readonly Assumption[];
  /** What other rules of the link answered to the same end. */
  readonly also?: readonly Evidence[];
}

export type Links = Readonly<Record<Link, JudgedLink>>;

/** Who judges the links. A link with a rule that is switched off is not checked, whatever its other rules say. */
export interface Judges {
  /** The link that a rule judges; undefined for a rule that judges none. */
  readonly linkOf: (rule: string) => Link | undefined;
  readonly asked: Readonly<Record<Link, "all" | "not all" | "no rule">>;
}

/** The judges of a run: all rules that there are, but for the ids in `off`. */
export function judges(
  rules: readonly { readonly id: string; readonly link: Link | null }[],
  off: ReadonlySet<string>,
): Judges {
  const byLink = groupBy(rules, ({ link }) => link);
  const asked = (link: Link) => {
    const all = byLink.get(link) ?? [];
    if (all.length === 0) return "no rule";
    return all.some(({ id }) => off.has(id)) ? "not all" : "all";
  };
  const links = new Map(rules.map(({ id, link }) => [id, link ?? undefined]));
  return { linkOf: (rule) => links.get(rule), asked: perLink(asked) };
}

/** What became of a link: the answers that decided it, or why none did. */
interface Decided {
  readonly state: LinkState;
  readonly answers: readonly Answer[];
  readonly because: string | null;
}

/**
 * What became of the links of a reference, from the answers about it. `outside` says for which links their thing is not
 * in the files, and why.
 */
export function decide(
  answers: readonly Answer[],
  outside: Readonly<Partial<Record<Link, string>>>,
  { linkOf, asked }: Judges,
): Readonly<Record<Link, Decided>> {
  const byLink = groupBy(answers, ({ rule }) => linkOf(rule));
  return perLink((link) => {
    const said = byLink.get(link) ?? [];
    for (const state of ["broken", "open"] as const) {
      const those = said.filter(({ says }) => says === state);
      if (those.length > 0) return { state, answers: those, because: null };
    }
    if (asked[link] === "no rule") return silent("not checked", "no rule checks this yet");
    if (asked[link] === "not all" || said.some(({ says }) => says === "silent"))
      return silent("not checked", "a rule is switched off");
    const why = outside[link];
    if (said.length > 0 && (why === undefined || !ELSEWHERE.has(link)))
      return { state: "proven", answers: said, because: null };
    if (CORE.has(link)) return silent("not checked", "no rule answered");
    return why === undefined ? silent("not applicable", null) : silent("outside", why);
  });
}

function silent(state: LinkState, because: string | null): Decided {
  return { state, answers: [], because };
}

/** The links of a reference as reports show them. */
export function linksOf(...given: Parameters<typeof decide>): Links {
  const decided = decide(...given);
  return perLink((link) => shown(decided[link]));
}

/** What became of a reference whose links are these. */
export function stateOf(links: Readonly<Record<Link, Pick<Decided, "state">>>, { asked }: Judges): ChainState {
  const states = LINKS.map((link) => links[link].state);
  if (states.includes("broken")) return "with findings";
  const holds = LINKS.every((link) => {
    const { state } = links[link];
    if (state === "proven") return true;
    if (CORE.has(link)) return false;
    return state === "outside" || state === "not applicable" || asked[link] === "no rule";
  });
  if (!holds) return "unverified";
  return states.includes("outside") || states.includes("not checked") ? "proven" : "fully proven";
}

/** Something for each link, in their order. */
export function perLink<T>(make: (link: Link) => T): Record<Link, T> {
  return Object.fromEntries(LINKS.map((link) => [link, make(link)])) as Record<Link, T>;
}

function shown({ state, answers, because }: Decided): JudgedLink {
  const sorted = answers.toSorted((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
  const [first, ...others] = sorted;
  const also = others.map(({ rule, because, at, assumes }) => ({ rule, because, location: locate(at), assumes }));
  return {
    state,
    because: first?.because ?? because,
    location: first ? locate(first.at) : null,
    rule: first?.rule ?? null,
    assumes: [...new Set(sorted.flatMap(({ assumes }) => assumes))],
    ...(also.length > 0 ? { also } : {}),
  };
}
