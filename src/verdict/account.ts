/** Accounts for every secret reference of a run: what became of it, and the chain that shows why. */
import { restsOn } from "../evidence/answers.ts";
import type { BuiltCase } from "../facts/cases.ts";
import { likeness } from "../facts/readers.ts";
import { referencesOf } from "../facts/references.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import type { Case } from "../facts/schema.ts";
import type { Readers, World } from "../facts/world.ts";
import { addTo, into } from "../maps.ts";
import type { Link } from "../policy/rules.ts";
import { type Location, locate, type Place } from "../source.ts";
import { type Answer, type ChainState, decide, type Judges, type Links, linksOf, stateOf } from "./chains.ts";
import { withCause } from "./questions.ts";

/** One secret reference with its chain. */
export interface Reference {
  /** The address of the job definition, and the path of the container in it. */
  readonly job: string;
  readonly container: string;
  /** The name of the variable or log option; null for registry credentials, and where it is unknown. */
  readonly name: string | null;
  /** The `valueFrom`, null where there is none; `***` when the files mark it as sensitive. */
  readonly secret: string | null;
  /** The deployment that its job definition was read for; none where nothing distinguishes any. */
  readonly deployments: readonly string[];
  readonly location: Location;
  readonly state: ChainState;
  readonly links: Links;
}

/** What became of the reference with an id. */
export interface Fate {
  readonly id: string;
  readonly state: ChainState;
}

/** How many references there are. `proven` includes the fully proven ones; the rest has findings. */
export interface Totals {
  readonly references: number;
  readonly proven: number;
  readonly fullyProven: number;
  readonly unverified: number;
}

export interface Account {
  /**
   * Takes in what the rules answered about one case. `say` writes a string for people who read it at a place. `silent`
   * are rules that are off for its subject.
   */
  readonly settle: (built: BuiltCase, judgement: Judgement, say: Say, silent?: readonly Said[]) => void;
  /** Every reference, in the order of the cases, when all cases are settled. */
  readonly close: () => Accounted;
}

export interface Accounted {
  /** What became of every reference. */
  readonly fates: readonly Fate[];
  /** The same references with their chains; none where chains are not shown. */
  readonly references: readonly Reference[];
}

export type Say = (text: string, at: number) => string;

interface Entry {
  readonly id: string;
  readonly outside: Outside;
  readonly shown: Shown | undefined;
}

/** What is shown of a reference besides what became of it. */
type Shown = Omit<Reference, "state" | "links" | "location"> & { readonly at: Place };

type Outside = Readonly<Partial<Record<Link, string>>>;

/**
 * Opens the account of a run. Each reference is entered by the case of its job definition; answers about other subjects
 * count by the ids of references that they give. Only where chains are shown is what proves them kept.
 */
export function openAccount(
  { readers, networks }: Pick<World, "readers" | "networks">,
  judges: Judges,
  chains = true,
  deploymentsOf: (unit: string) => readonly string[] = () => NONE,
): Account {
  const entries: Entry[] = [];
  const answers = new Map<string, Answer[]>();
  const inNetworks = new Set([...networks.readers.values()].flat().map(({ reference }) => reference));
  const write = chains ? answersOf : withoutEvidence();
  return {
    settle: (built, judgement, say, silent = []) => {
      const show = chains ? shower(built, say, deploymentsOf(built.input.subject.unit)) : () => undefined;
      for (const one of entriesOf(built, inNetworks, show)) entries.push(one);
      for (const { references, answer } of [...write(built, judgement, say), ...silences(built, silent)]) {
        for (const one of keysOf(built.input, references, readers)) addTo(answers, one, answer);
      }
    },
    close: () => {
      const closed = entries.map((entry) => {
        const said = answers.get(entry.id) ?? [];
        const state = stateOf(decide(said, entry.outside, judges), judges);
        const reference = entry.shown && referenceOf(entry.shown, state, () => linksOf(said, entry.outside, judges));
        return { fate: { id: entry.id, state }, reference };
      });
      return { fates: closed.map(({ fate }) => fate), references: closed.flatMap(({ reference }) => reference ?? []) };
    },
  };
}

/** The chains and places of many references are large: they are made when asked. */
function referenceOf(shown: Shown, state: ChainState, links: () => Links): Reference {
  const { job, container, name, secret, deployments, at } = shown;
  // Written out, since the bundler puts `state` before `location` behind a spread, and the report is in this order.
  return {
    job,
    container,
    name,
    secret,
    deployments,
    get location() {
      return locate(at);
    },
    state,
    get links() {
      return links();
    },
  };
}

/** Counts references by what became of them. */
export function totals(references: readonly Pick<Fate, "state">[]): Totals {
  const count = { "with findings": 0, unverified: 0, proven: 0, "fully proven": 0 };
  for (const { state } of references) count[state]++;
  return {
    references: references.length,
    proven: count.proven + count["fully proven"],
    fullyProven: count["fully proven"],
    unverified: count.unverified,
  };
}

type SecretReference = Case["job_definitions"][string]["containers"][number]["secrets"][number];
type Show = (container: string, reference: SecretReference) => Shown | undefined;

/** Shows the references of a job's case. */
function shower({ places, address }: BuiltCase, say: Say, deployments: readonly string[]): Show {
  return (container, { name, value_from, at }) => ({
    job: address,
    container,
    name: name && say(name.value, name.at),
    secret: value_from && (value_from.sensitive === undefined ? say(value_from.value, value_from.at) : MASK),
    deployments,
    at: placeIn(places, at),
  });
}

/** The references of a job definition's case. */
function entriesOf({ input }: BuiltCase, inNetworks: ReadonlySet<string>, show: Show): Entry[] {
  if (input.subject.kind !== "job_definition") return [];
  const job = input.job_definitions[input.subject.id];
  const hasPlace = (job?.runs_in?.environments.length ?? 0) > 0;
  return (job?.containers ?? []).flatMap(({ path, kind, platform, ...container }) =>
    referencesOf(container).map((reference): Entry => {
      const { id, secret, parameter } = reference;
      return {
        id,
        shown: show(path, reference),
        outside: {
          ...(secret === null && parameter === null ? NOT_DECLARED : {}),
          ...(isLookedUp(input, secret ?? parameter) ? LOOKED_UP : {}),
          ...(isOnlyNamed(input, secret) ? NOT_DECLARED : {}),
          ...(isDescribed(input, secret) ? DESCRIBED : {}),
          ...(kind === "eks" ? {} : inNetworks.has(id) ? PARTLY : NO_NETWORK),
          ...(hasPlace || MANAGED_AGENT.has(platform) ? {} : NO_ENVIRONMENT),
        },
      };
    }),
  );
}

/** Whether the files only look up a secret or parameter, so that nothing is known of what it holds. */
function isLookedUp({ secrets, parameters }: Case, id: string | null): boolean {
  return id !== null && (secrets[id] ?? parameters[id])?.declared === false;
}

/** Whether the files have nothing of a secret but policies, so that nothing is known of its key. */
function isOnlyNamed({ secrets }: Case, id: string | null): boolean {
  const secret = id === null ? undefined : secrets[id];
  return secret !== undefined && !secret.declared && secret.key_reference === null;
}

/** Whether an account only describes a secret, so that nothing is known of its value. */
function isDescribed({ secrets }: Case, id: string | null): boolean {
  const contents = (id === null ? undefined : secrets[id])?.contents ?? [];
  return contents.length > 0 && contents.every(({ kind }) => kind === "described");
}

/**
 * The references that an answer is about. A case shows only the first few of many readers: an answer about one of them
 * holds for all that are like it, since a rule can't distinguish them.
 */
export function keysOf({ subject, readers }: Case, ids: readonly string[], all: Readers): readonly string[] {
  const every = all.get(subject.id) ?? [];
  if (every.length <= readers.length) return ids;
  const shown = new Set(readers.map(({ reference }) => reference));
  const meant = new Set(ids);
  const alike = new Set(readers.filter(({ reference }) => meant.has(reference)).map(likeness));
  const hidden = every.filter((one) => !shown.has(one.reference) && alike.has(likeness(one)));
  return [...ids, ...hidden.map(({ reference }) => reference)];
}

const NONE: readonly string[] = [];

/** In place of a value that the files mark as sensitive. */
const MASK = "***";

const NOT_DECLARED = {
  decrypt: "what it names is not declared in these files",
  content: "what it names is not declared in these files",
};
/** Platforms on which AWS runs the agent. */
const MANAGED_AGENT: ReadonlySet<string | null> = new Set(["FARGATE", "MANAGED_INSTANCES"]);
const NO_ENVIRONMENT = { agent: "no compute environment that the job could run in is in these files" };
const LOOKED_UP = { content: "what it names is only looked up in these files" };
const DESCRIBED = { content: "its value is not in the evidence, which has no values" };
const PARTLY = { network: "the subnets that the job could run in are not in these files" };
const NO_NETWORK = { network: "no network that the job could run in is in these files" };

interface Told {
  readonly references: readonly string[];
  readonly answer: Answer;
}

/**
 * What the rules answered, each with the references that it is about. Advice (`info`) breaks nothing and proves
 * nothing.
 */
function answersOf({ places }: BuiltCase, { findings, unverified, proofs }: Judgement, say: Say): Told[] {
  const evidence = (says: Answer["says"], rule: string, because: string, at: number, assumes: Answer["assumes"]) => {
    const place = placeIn(places, at);
    return { says, rule, because: because + restsOn(place.file), at: place, assumes };
  };
  return [
    ...findings.filter(breaks).map(({ references, rule, message, at, assumes }) => ({
      references,
      answer: evidence("broken", rule, say(message, at), at, assumes),
    })),
    ...unverified.map(({ references, rule, reason, cause, at }) => ({
      references,
      answer: evidence("open", rule, withCause(reason, cause, (text) => say(text, at)).reason, at, []),
    })),
    ...proofs.map(({ references, rule, because, at, assumes }) => ({
      references,
      answer: evidence("proven", rule, say(because, at), at, assumes),
    })),
  ];
}

interface Said {
  readonly rule: string;
  readonly at: number;
  readonly references: readonly string[];
}

function silences({ places }: BuiltCase, silent: readonly Said[]): Told[] {
  return silent.map(({ rule, references, at }) => ({
    references,
    answer: { says: "silent", rule, because: "", at: placeIn(places, at), assumes: [] },
  }));
}

/** Every answer as what it says alone, which is equal for thousands of them. */
function withoutEvidence(): typeof answersOf {
  const made = new Map<string, Answer>();
  return ({ places }, { findings, unverified, proofs }) => {
    const brief = (says: Answer["says"], { rule, at, references }: Said) => ({
      references,
      answer: into(made, `${says} ${rule}`, () => ({ says, rule, because: "", at: placeIn(places, at), assumes: [] })),
    });
    return [
      ...findings.filter(breaks).map((one) => brief("broken", one)),
      ...unverified.map((one) => brief("open", one)),
      ...proofs.map((one) => brief("proven", one)),
    ];
  };
}

/** Advice breaks nothing. */
function breaks({ severity }: Judgement["findings"][number]): boolean {
  return severity !== "info";
}

/** The place behind a number of a case. Throws a sentence when the case has none such. */
export function placeIn(places: readonly Place[], at: number): Place {
  const found = places[at];
  if (!found) throw new Error(`a rule answered with the place ${at}, which its case does not have`);
  return found;
}
