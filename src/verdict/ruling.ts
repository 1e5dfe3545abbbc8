/** Which findings count: all but those that the configuration, a comment or the baseline takes out. */
import type { Config } from "../config/config.ts";
import type { Rule } from "../policy/rules.ts";
import type { SourceFile } from "../source.ts";
import type { Baseline, Digest } from "./baseline.ts";
import type { Finding } from "./finding.ts";
import { inlineSuppressions } from "./inline/find.ts";
import { asInBase, configured, type Suppressed, suppress } from "./suppress.ts";

export interface Rulings {
  readonly config: Config;
  /** All rules that there are. */
  readonly rules: readonly Rule[];
  /** The checked files, with their comments. */
  readonly files: readonly SourceFile[];
  /** A day in UTC, as YYYY-MM-DD. */
  readonly today: string;
  /** The fingerprints of findings that comments of the base suppress; undefined: every comment counts. */
  readonly approved?: ReadonlySet<string> | undefined;
  readonly baseline?: Baseline | undefined;
  readonly digest: Digest;
}

export async function ruled(
  found: readonly Finding[],
  { config, rules, files, today, approved, baseline, digest }: Rulings,
): Promise<Suppressed> {
  const ids = rules.map(({ id }) => id);
  const inline = await inlineSuppressions(files, ids);
  const suppressors = [...(await configured(config.suppressions)), ...inline.suppressors];
  const marked = suppress(found, suppressors, today);
  const suppressed = approved === undefined ? marked : asInBase(marked, found, approved);
  const told = { findings: suppressed.findings, notes: [...suppressed.notes, ...inline.notes] };
  if (baseline === undefined) return told;
  const { applyBaseline } = await import("./baseline.ts");
  return applyBaseline(told, baseline, digest, notInBaseline(rules));
}

/** The ids of rules whose findings no baseline may hold. */
export function notInBaseline(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.filter(({ baseline }) => baseline === false).map(({ id }) => id));
}
