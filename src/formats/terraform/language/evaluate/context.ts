/** What an expression is evaluated in: the scope of its names, the files, the budget, and what loops bind. */

import type { Cause } from "../../../../facts/causes.ts";
import type { Place, SourceFile } from "../../../../source.ts";
import type { Value } from "../../../../syntax/value.ts";
import type { Budget } from "./bounds.ts";
import { unknownValue } from "./unknown.ts";
import type { TerraformUnknown, TerraformValue } from "./values.ts";
import { expressionAt } from "./written.ts";

/** One step behind the root of a reference. `at` is the reference up to and with this step. */
export type Step =
  | { readonly kind: "attribute"; readonly name: string; readonly at: Place }
  | { readonly kind: "index"; readonly key: TerraformValue; readonly at: Place };

/** A reference as the scope sees it. `at` is the whole of it, `rootAt` its first word. */
export interface Reference {
  readonly root: string;
  readonly rootAt: Place;
  readonly steps: readonly Step[];
  readonly at: Place;
}

/**
 * `used`: how many of the steps the value is already behind. `maybe`: what is not known, so that the value may not be
 * there; absent when it certainly is.
 */
export interface Resolved {
  readonly value: Value;
  readonly used: number;
  readonly maybe?: Cause;
}

export type Scope = (reference: Reference) => Resolved | undefined;

/** Reads files for `file()`, `templatefile()`, `fileset()` and the like. Paths are as the expression gives them. */
export interface Files {
  /**
   * A file, or why it can't be read. `missing`: there is certainly no such file, which Terraform would refuse. Without
   * it (a file outside the workspace, one that is too large or not text) the result is unknown.
   */
  readonly read: (path: string) => { readonly file: SourceFile } | { readonly missing?: true; readonly why: string };
  /** The bytes of a file, for hashes and base64; undefined when it can't be read. */
  readonly bytes?: (path: string) => Uint8Array | undefined;
  /** Whether a regular file is there; undefined when that is unknown. */
  readonly exists: (path: string) => boolean | undefined;
  /** The regular files at any depth of a folder, as relative paths with `/`; undefined when it can't be listed. */
  readonly list: (folder: string) => readonly string[] | undefined;
}

export interface Fault {
  readonly why: string;
  readonly at: Place;
}

export interface Setting {
  readonly scope: Scope;
  readonly files: Files;
  readonly budget: Budget;
  /** Faults are added here, at most `MAX_FAULTS`. */
  readonly faults: Fault[];
  /** Reads `list(a, b)` and `map(k, v)`, which Terraform had until version 0.15, instead of refusing them. */
  readonly legacy?: true;
  /** The expression is in `try` or `can`, so that it may be one that Terraform refuses. */
  readonly tried?: true;
  /** What is unique to the module: its blocks that go over one unknown collection have the same keys. */
  readonly module?: string;
}

/** Names that for-expressions bind, the innermost first. */
export interface Bindings {
  readonly name: string;
  readonly value: TerraformValue;
  readonly outer: Bindings | undefined;
}

/** The setting and what is bound at the expression. `item` is the item of the innermost splat. */
export interface Context {
  readonly setting: Setting;
  readonly bindings: Bindings | undefined;
  readonly item: TerraformValue | undefined;
}

/** More than these say nothing new. */
const MAX_FAULTS = 100;

/** Notes an expression that is beyond a limit, and gives the unknown value that it has here. */
export function beyond(context: Context, at: Place, why: string): TerraformUnknown {
  context.setting.budget.beyond ??= { why, at };
  return fault(context, at, why);
}

/** Notes an expression that Terraform would refuse, and gives the unknown value that it has here. */
export function fault(context: Context, at: Place, why: string, cause?: Cause): TerraformUnknown {
  const { faults, budget } = context.setting;
  budget.faults++;
  if (faults.length < MAX_FAULTS) faults.push({ why, at });
  const unit = at.file.path;
  const words = expressionAt(at);
  const about = { words, unit, cause: cause ?? ({ kind: "refused", name: words, unit } as const) };
  return { ...unknownValue(`error.${at.start}@${unit}`, about, at), fault: true };
}
