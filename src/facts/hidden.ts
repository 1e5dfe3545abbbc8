/**
 * The values of a run that its files mark as sensitive, as far as they can be told from what is around them. Rules see
 * them, since an ARN may be judged that nobody may read; what is printed is searched for them.
 */
import { isLiteral, knownRuns } from "./text.ts";

const values = new Set<string>();

/** Begins a run. */
export function forgetHidden(): void {
  values.clear();
}

/** Shorter strings may be anywhere by chance. */
const SHORTEST = 4;
/** Words of an ARN that are in every ARN. */
const COMMON = /^(?:arn|aws(?:-[a-z-]+)?|secretsmanager|ssm|iam|kms|secret|parameter|role|key|true|false|null)$/;

/** Notes a value that must not be printed: what is known of it and, of an ARN, each field by itself. */
export function hideValue(value: string): void {
  for (const known of isLiteral(value) ? [value] : knownRuns(value)) {
    const fields = known.includes(":") ? known.split(":") : [];
    for (const part of [known, ...fields.flatMap(withoutSuffix)]) {
      for (const line of part.includes("\n") ? part.split("\n") : [part]) {
        const text = line.trim();
        if (text.length >= SHORTEST && !COMMON.test(text)) values.add(text);
      }
    }
  }
}

/** The name of a secret is shown with and without the six characters at its end. */
function withoutSuffix(field: string): string[] {
  const name = /^(.+)-[A-Za-z0-9]{6}$/.exec(field)?.[1];
  return [
    field,
    ...(name === undefined ? [] : [name]),
    ...(field.includes("/") ? [field.slice(field.indexOf("/") + 1)] : []),
  ];
}

/** The values of this run, the longest first. */
export function hiddenValues(): readonly string[] {
  return [...values].sort((a, b) => b.length - a.length);
}
