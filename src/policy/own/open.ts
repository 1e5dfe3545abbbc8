/** Policies of the user's own beside the built-in ones: bundles that anyone builds over the contract of the case. */

import type { Judgement } from "../../facts/schema/judgement.ts";
import type { Case } from "../../facts/schema.ts";
import { jsonOf } from "../evaluate.ts";
import type { Rule } from "../rules.ts";
import { judgementOf, rulesOf } from "./answers.ts";
import { type OwnBundle, readBundle } from "./bundle.ts";
import { type Limits, openThread } from "./thread.ts";

/** A bundle as it was read. */
export interface PolicyFile {
  /** As people named it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface OwnPolicies {
  readonly rules: readonly Rule[];
  /** What the built-in policies say of a case, and what these do. */
  readonly beside: (input: Case, builtIn: Judgement) => Judgement;
  readonly end: () => void;
}

const PACKAGE = "batch_secrets_check";

/** Opens bundles. Throws a sentence that names the bundle when one is broken, or doesn't keep to the contract. */
export function openOwnPolicies(files: readonly PolicyFile[], limits?: Limits): OwnPolicies {
  const all: Opened[] = [];
  const end = () => {
    for (const one of all) one.end();
  };
  try {
    for (const { path, bytes } of files) all.push(openOne(readBundle(path, bytes), limits));
    const owners = new Map<string, string>();
    for (const { path, rules } of all) {
      for (const { id } of rules) {
        const other = owners.get(id);
        if (other !== undefined) throw new Error(`the policy ${path} has the rule ${id}, which ${other} has too`);
        owners.set(id, path);
      }
    }
  } catch (error) {
    end();
    throw error;
  }
  return {
    rules: all.flatMap(({ rules }) => rules),
    beside: (input, builtIn) => all.map(({ judge }) => judge(input)).reduce(joined, builtIn),
    end,
  };
}

interface Opened {
  readonly path: string;
  readonly rules: readonly Rule[];
  readonly judge: (input: Case) => Judgement;
  readonly end: () => void;
}

function openOne(bundle: OwnBundle, limits: Limits | undefined): Opened {
  const { path } = bundle;
  const { ask, end } = openThread(bundle, limits);
  const read = <T>(entrypoint: string, input: string | null, reader: (value: unknown) => T, about = ""): T => {
    const value = ask(`${PACKAGE}/${entrypoint}`, input);
    try {
      if (value === undefined) throw new Error(`${entrypoint} is undefined`);
      return reader(value);
    } catch (error) {
      end();
      throw new Error(`the policy ${path} answered wrongly${about}: ${error instanceof Error ? error.message : error}`);
    }
  };
  const rules = read("rules", null, rulesOf);
  const kinds = new Set(rules.map(({ subject }) => subject));
  return {
    path,
    rules,
    end,
    judge: (input) => {
      const { kind, id } = input.subject;
      if (!kinds.has(kind)) return NOTHING;
      return read("report", jsonOf(input), (value) => judgementOf(value, rules, kind), ` about ${id}`);
    },
  };
}

const NOTHING: Judgement = { findings: [], unverified: [], proofs: [] };

function joined(a: Judgement, b: Judgement): Judgement {
  return {
    findings: [...a.findings, ...b.findings],
    unverified: [...a.unverified, ...b.unverified],
    proofs: [...a.proofs, ...b.proofs],
  };
}
