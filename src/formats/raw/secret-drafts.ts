/** One secret from everything the files of a unit tell of it. */
import { secretArn } from "../../facts/arn.ts";
import type { Tags, Text } from "../../facts/located.ts";
import { bareSecret, type SecretResource } from "../../facts/resources.ts";
import { hole, isLiteral } from "../../facts/text.ts";
import type { FoundSecret, Identity } from "./found.ts";
import { secretName } from "./secrets.ts";

/** The part of a secret that is unseen where it is not known whether there is a value. */
export const VALUE = "value";

/** The facts of one secret: by its name, and apart where they name different accounts or regions. */
export type SecretDraft = readonly [FoundSecret, ...FoundSecret[]];

/** Groups what is known of secrets, in the order in which they first appear. */
export function draftSecrets(facts: readonly FoundSecret[]): readonly SecretDraft[] {
  const byName = new Map<string, [FoundSecret, ...FoundSecret[]]>();
  for (const fact of facts) {
    const name = secretName(fact.secret.value);
    const same = byName.get(name);
    if (same) same.push(fact);
    else byName.set(name, [fact]);
  }
  return [...byName.values()];
}

/**
 * The secret that the facts tell of. Its key is a wide hole when none of them tells it; it rotates when one says so,
 * and is not known to rotate when only values are given.
 */
export function readSecret(draft: SecretDraft, { id, address, unit }: Identity): SecretResource {
  const [first] = draft;
  const name = nameOf(draft);
  const arns = draft.flatMap(({ arn }) => arn ?? []);
  const keys = draft.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const rotates = draft.flatMap((fact) => (fact.rotates === undefined ? [] : [fact.rotates]));
  const scope = `${address}@${unit}`;
  const contents = contentsOf(draft, { id, address, unit });
  const versions = versionsOf(draft);
  const unseen = draft.flatMap((fact) => fact.unseen ?? []);
  const isHidden = contents.length === 0 && versions === null;
  return {
    ...bareSecret,
    id,
    address,
    unit,
    at: first.at,
    unseen,
    name,
    arn: arns.find(({ value }) => isLiteral(value)) ??
      arns[0] ?? { value: secretArn({ id, address, unit }, name?.value ?? null), at: first.secret.at },
    key_reference:
      keys.length === 0
        ? { value: hole(`${scope}.key`, "wide"), at: first.at }
        : (keys.find((key) => key !== null) ?? null),
    tags: tagsOf(draft),
    contents,
    rotates: rotates.includes(true) ? true : rotates.length > 0 && !rotates.includes(null) ? false : null,
    versions,
    declared: draft.some(({ declared }) => declared),
    gone: draft.map(({ gone }) => gone).find((gone) => gone !== null) ?? null,
    filled_by: isHidden
      ? (unseen.find(({ part }) => part === VALUE)?.cause ?? { kind: "content", name: address, unit })
      : null,
  };
}

/** The tags that the files show. A description that has tags has all of them. */
function tagsOf(draft: SecretDraft): Tags {
  return {
    given: draft.flatMap(({ tags }) => tags.given),
    complete: draft.some(({ tags, described }) => described !== null && tags.complete && tags.given.length > 0),
  };
}

/** The values that files show; when none does, that there is one which is unknown. */
function contentsOf(draft: SecretDraft, { address, unit }: Identity): SecretResource["contents"] {
  const shown = draft.flatMap(({ contents }) => contents);
  if (shown.length > 0) return shown;
  const open = { kind: "content", name: address, unit } as const;
  return draft.flatMap(({ described: at }) =>
    at === null ? [] : [{ kind: "unknown", keys: null, open, stages: null, at }],
  );
}

/** A name that a file gives. An ARN without its suffix may be cut short, so it gives none. */
function nameOf(draft: SecretDraft): Text | null {
  const named = draft.find(({ secret }) => !secret.value.startsWith("arn:"));
  if (named) return named.secret;
  const [first] = draft;
  const name = secretName(first.secret.value);
  return first.secret.value.endsWith(`:${name}`) ? null : { value: name, at: first.secret.at };
}

/** What `describe-secret` and its like tell of the versions; several of them are added up by version id. */
function versionsOf(draft: SecretDraft): SecretResource["versions"] {
  const told = draft.flatMap(({ versions }) => (versions === null ? [] : [versions]));
  if (told.length === 0) return null;
  const byId = new Map(told.flat().map((version) => [version.id, version]));
  return [...byId.values()];
}
