/** The chains of all references: from the job to the secret, each link with its state and what shows it. */
import { ASSUMPTIONS } from "../../facts/assumptions.ts";
import { groupBy } from "../../maps.ts";
import { links as LINKS, type Link } from "../../policy/rules.ts";
import type { Reference } from "../../verdict/account.ts";
import type { ChainState, Evidence, JudgedLink, LinkState } from "../../verdict/chains.ts";
import { quantity } from "../../words.ts";
import { escaped, type Markup, placed, section, sentence } from "./markup.ts";

/** The links in the words of people who read a chain. */
const NAMES: Readonly<Record<Link, string>> = {
  reference: "Reference",
  role: "Role",
  trust: "Trust",
  read: "Statement",
  decrypt: "Key",
  content: "Secret",
  network: "Network",
  agent: "Agent",
};

/** A sign besides the colour, for those who don't see it. */
const SIGNS: Readonly<Record<LinkState, readonly [sign: string, kind: string]>> = {
  proven: ["✓", "good"],
  broken: ["✗", "bad"],
  open: ["?", "open"],
  outside: ["·", "off"],
  "not applicable": ["·", "off"],
  "not checked": ["·", "off"],
};

interface Shown {
  readonly state: ChainState;
  /** The word of the class and the id. */
  readonly key: string;
  readonly kind: string;
}

const STATES: readonly Shown[] = [
  { state: "with findings", key: "findings", kind: "bad" },
  { state: "unverified", key: "unverified", kind: "open" },
  { state: "proven", key: "proven", kind: "good" },
  { state: "fully proven", key: "fully", kind: "good" },
];

const shownAs = new Map(STATES.map((one) => [one.state, one]));

/** What can be chosen: a state, or a deployment. */
interface Choice {
  readonly id: string;
  /** The class of the references that stay; undefined: all of them. */
  readonly keeps?: string;
  readonly words: Markup;
}

/** The section, and the style that its radio buttons need: without scripts, a checked one hides what it doesn't mean. */
export function referencesSection(references: readonly Reference[]): { readonly body: Markup; readonly style: string } {
  const states = STATES.map(({ state, key }): Choice => {
    const count = references.filter((one) => one.state === state).length;
    return { id: `show-${key}`, keeps: `is-${key}`, words: `${state} (${count})` };
  });
  const names = [...new Set(references.flatMap(({ deployments }) => deployments))];
  const deployments = names.map(
    (name, index): Choice => ({ id: `in-${index}`, keeps: `in-${index}`, words: escaped(name) }),
  );
  const groups = [
    filter("state", "Show", [{ id: "show-all", words: `all (${references.length})` }, ...states]),
    ...(names.length > 1
      ? [filter("deployment", "Deployment", [{ id: "in-all", words: "all deployments" }, ...deployments])]
      : []),
  ];
  const classes = new Map(names.map((name, index) => [name, `in-${index}`]));
  const jobs = [...groupBy(references, ({ job, location }) => `${job}\n${location.path}`).values()];
  const all = jobs.map((of) => jobItem(of, classes)).join("\n");
  return {
    body: section("references", "References", references.length === 0 ? "" : `${groups.join("")}${all}`),
    style: [...states, ...deployments]
      .map(({ id, keeps }) => {
        const off = `section:has(#${id}:checked)`;
        return `${off} .ref:not(.${keeps}),${off} .job:not(:has(.${keeps})){display:none}`;
      })
      .join("\n"),
  };
}

function filter(name: string, legend: string, choices: readonly Choice[]): Markup {
  const radios = choices.map(
    ({ id, words }, index) =>
      `<label><input type="radio" name="${name}" id="${id}"${index === 0 ? " checked" : ""}> ${words}</label>`,
  );
  return `<fieldset><legend>${legend}</legend>${radios.join("")}</fieldset>`;
}

function jobItem(references: readonly Reference[], classes: ReadonlyMap<string, string>): Markup {
  const [first] = references;
  if (!first) return "";
  const head = `${escaped(first.job)} <span class="muted">in ${escaped(first.location.path)}, ${quantity(references.length, "reference")}</span>`;
  return `<div class="job"><h3>${head}</h3><ul class="refs">${references.map((one) => item(one, classes)).join("\n")}</ul></div>`;
}

function item(reference: Reference, classes: ReadonlyMap<string, string>): Markup {
  const { name, secret, container, location, state, deployments, links } = reference;
  const { key = "", kind = "" } = shownAs.get(state) ?? {};
  const own = [`is-${key}`, ...deployments.map((one) => classes.get(one) ?? "")].join(" ");
  const where = [container, ...deployments].map(escaped).join(", ");
  const steps = LINKS.map((link) => {
    const { state: one } = links[link];
    const [sign, as] = SIGNS[one];
    return `<span class="${as}"><span aria-hidden="true">${sign}</span> ${NAMES[link]}<span class="sr"> ${one}</span></span>`;
  });
  return `<li class="ref ${own}"><details><summary><span class="state ${kind}">${state}</span> <code>${escaped(name ?? "registry credentials")}</code> <span class="muted">(${where})</span>${secret === null ? "" : `<br><code>${escaped(secret)}</code>`}<span class="steps">${steps.join(" ")}</span></summary><div class="evidence"><p>${placed(location)}</p><dl>${LINKS.map((link) => evidence(link, links[link])).join("")}</dl></div></details></li>`;
}

/** The state of a link, with everything that shows it. */
function evidence(link: Link, { state, because, location, rule, assumes, also = [] }: JudgedLink): Markup {
  if (because === null) return "";
  const [, kind] = SIGNS[state];
  const all: readonly Pick<Evidence, "because">[] =
    location && rule ? [{ because, location, rule, assumes }, ...also] : [{ because }];
  const resting = [...new Set([...assumes, ...also.flatMap((one) => one.assumes)])];
  const taken =
    resting.length === 0
      ? ""
      : `<p class="muted">Assumes: ${escaped(resting.map((id) => ASSUMPTIONS[id]).join("; "))}</p>`;
  return `<dt>${NAMES[link]}: <span class="${kind === "off" ? "muted" : kind}">${state}</span></dt>${all.map((one) => `<dd>${shown(one)}</dd>`).join("")}${taken === "" ? "" : `<dd>${taken}</dd>`}`;
}

function shown(one: Pick<Evidence, "because"> & Partial<Evidence>): Markup {
  const { because, location, rule } = one;
  return `${sentence(because)}${location ? ` ${placed(location)}` : ""}${rule === undefined ? "" : ` <span class="muted">${escaped(rule)}</span>`}`;
}
