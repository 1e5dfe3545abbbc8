/** Types of the case as the formats fill them: with places where the case has indexes of places. */
import type { Place } from "../source.ts";
import type { Case } from "./schema.ts";

/** The keys under which the case has places. */
const PLACE_KEYS = ["at", "role_holder", "written"] as const;
type PlaceKey = (typeof PLACE_KEYS)[number];

export function isPlaceKey(key: string): key is PlaceKey {
  return (PLACE_KEYS as readonly string[]).includes(key);
}

/** A type of the case with its indexes of places replaced by the places themselves. */
export type Located<T> = T extends readonly (infer Item)[]
  ? readonly Located<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends PlaceKey ? Place : Located<T[K]> }
    : T;

/** The facts under one name of the case. */
export type Of<K extends keyof Case> = Case[K] extends Record<string, infer R> ? Located<R> : never;

export type JobDefinition = Of<"job_definitions">;
export type Policy = Of<"policies">;
export type Secret = Of<"secrets">;
export type Parameter = Of<"parameters">;
export type Key = Of<"keys">;
export type Container = JobDefinition["containers"][number];
export type SecretReference = Container["secrets"][number];
export type NamedValue = Container["environment"][number];
export type Credential = NonNullable<JobDefinition["credentials"]>[number];
export type ShapeNote = JobDefinition["shape"][number];
export type Unseen = JobDefinition["unseen"][number];
export type Text = NonNullable<JobDefinition["name"]>;
export type Statement = Of<"roles">["statements"][number];
export type Condition = Statement["conditions"][number];
export type Principal = NonNullable<Statement["principals"]>[number];
export type Tags = Of<"secrets">["tags"];
export type SecretContent = Of<"secrets">["contents"][number];
export type SecretAddition = Of<"secrets">["additions"][number];
export type GroupRule = Of<"security_groups">["ingress"][number];
export type Peer = GroupRule["peers"][number];
export type Settings = NonNullable<Of<"endpoints">["settings"]>;
export type Exit = Of<"networks">["exits"][number];
