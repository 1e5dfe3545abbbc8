/** Accounts for every secret reference of a run: proven good, with a finding, or unverified. */
import type { World } from "../facts/link.ts";
import { references } from "../facts/references.ts";
import type { Case, Judgement } from "../facts/schema.ts";

export interface Account {
  /** Takes in what the rules answered about one case. */
  readonly settle: (input: Case, judgement: Judgement) => void;
  readonly totals: () => { references: number; proven: number; unverified: number };
}

type State = "proven" | "unverified" | "found";

/**
 * Opens the account of all jobs. A reference that nothing is said of is proven: each rule says what it can't decide.
 * What is said of a network is said of every reference to Secrets Manager that is read there.
 */
export function openAccount({ jobs, networks }: World): Account {
  const state = new Map(
    jobs.flatMap((job) => references(job).map(({ id }): [string, State] => [key(job.id, id), "proven"])),
  );
  const mark = (reference: string, to: State) => {
    const known = state.get(reference);
    if (known !== undefined && known !== "found") state.set(reference, to);
  };
  const keysOf = ({ subject }: Case, ids: readonly string[]): string[] => {
    if (subject.kind === "job_definition") return ids.map((id) => key(subject.id, id));
    const readers = networks.readers.get(subject.id) ?? [];
    return readers.flatMap(({ job_definition, reference, service }) =>
      service === "secretsmanager" ? [key(job_definition, reference)] : [],
    );
  };
  return {
    settle: (input, { findings, unverified }) => {
      for (const { references: ids } of findings) for (const one of keysOf(input, ids)) mark(one, "found");
      for (const { references: ids } of unverified) for (const one of keysOf(input, ids)) mark(one, "unverified");
    },
    totals: () => {
      const count = { proven: 0, unverified: 0, found: 0 };
      for (const one of state.values()) count[one]++;
      return { references: state.size, proven: count.proven, unverified: count.unverified };
    },
  };
}

function key(job: string, reference: string): string {
  return `${job}\n${reference}`;
}
