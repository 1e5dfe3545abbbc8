/** How code is written in the language of a file: what remedies are put together from. */
import type { Place } from "../source.ts";

/** A new value of a place, with the names of the unit in place of its holes. */
export interface Written {
  readonly text: string;
  /** The value that is there and the new one, both with holes: what they have in common can stay as it is written. */
  readonly from: string | undefined;
  readonly to: string;
}

/** A new text for a range of a file. */
export interface Edit {
  readonly place: Place;
  readonly text: string;
}

/** A statement that allows actions on resources, for a role with that address. */
export interface Grant {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The address of a resource as its own module writes it: `aws_iam_role.run` of `module.job["a"].aws_iam_role.run`. */
export function inModule(address: string): string {
  return address.replace(/^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)+/, "");
}

/** Whom a statement of a resource's policy, or of a trust policy, is about. */
export interface Whom {
  readonly type: string;
  readonly value: string;
}

/** Code to add to files, and where: no edits where that is for people to decide. */
export interface Addition {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** Writes code for a place of a file: a value in its stead, or a statement for the policy that it belongs to. */
export interface Writer {
  readonly language: "json" | "yaml" | "hcl";
  /** What a value replaces: the place, with what must be replaced beside it. */
  readonly place: Place;
  readonly value: (written: Written) => string;
  /** A statement as the one at the place is written. One without resources has no such element. */
  readonly statement: (actions: readonly string[], resources: readonly string[], principal?: Whom | null) => string;
  /** A policy for the role at the place. */
  readonly policy: (grant: Grant) => Addition;
}

/** Where a string is to appear: in a file, for a subject with that address. */
export interface Where {
  readonly place: Place;
  readonly address: string;
}

export interface LocalNames {
  /** The expression of each symbolic ARN, and of each hole such as the account and Region, that has a name there. */
  readonly names: ReadonlyMap<string, string>;
  /** Anything else by its key in the table of holes, for people. */
  readonly say: (hole: string) => string;
  /** The same for code: `<…>` for what can't be written there. */
  readonly write: (hole: string) => string;
}
