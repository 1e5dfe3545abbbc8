/** What a raw document holds, before addresses are given and roles and secrets are joined. */

import type { SecretContent, Tags, Text, Unseen } from "../../facts/located.ts";
import type { PolicyResource, Resources, SecretResource } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import type { ReadStatements } from "../iam/policy-document.ts";

/** The identity of a resource within its unit, given once all files of the unit are known. */
export interface Identity {
  readonly id: string;
  readonly address: string;
  readonly unit: string;
}

/** The identity of what is built only to be looked at. */
export const NOBODY: Identity = { id: "", address: "", unit: "" };

interface Placed {
  /** What people call it; null: it has no name of its own, the file's is taken. */
  readonly name: string | null;
  readonly at: Place;
}

/** A job definition, or the properties of its container alone. */
export interface FoundJob extends Placed {
  readonly about: "job";
  readonly value: ObjectValue;
  readonly style: "api" | "cloudformation";
}

export interface FoundPolicy extends Placed {
  readonly about: "policy";
  readonly kind: PolicyResource["kind"];
  /** The name that IAM knows it by; null for a bare document. */
  readonly policyName: Text | null;
  /** Of a managed policy: its ARN, when a file tells it, else its path. Null for an inline or resource policy. */
  readonly managed: { readonly arn: Text | null; readonly path: string } | null;
  /** Of an answer with one version of a managed policy, which does not name the policy: the version. */
  readonly version?: string;
  readonly statements: (policy: string) => ReadStatements;
  /** Names or ARNs of the roles that the file says carry it. */
  readonly roles: readonly Text[];
  readonly elsewhere: boolean;
  readonly on: Text | null;
}

export interface FoundRole extends Placed {
  readonly about: "role";
  readonly role: Text;
  readonly arn: Text | null;
  readonly path: string;
  readonly managed: readonly Text[];
  readonly boundary: Text | null;
  readonly tags: Tags;
  /**
   * Whether the file lists all its policies, declares the role, describes what there is without its policies, or names
   * one declared elsewhere.
   */
  readonly tells: "whole" | "declared" | "described" | "named";
  /** What may give it other policies. */
  readonly unseen?: readonly Unseen[];
  /** What an answer of the account lists: all its inline policies by name, or that `managed` are all of these. */
  readonly lists?: { readonly inline: readonly Text[] | null; readonly managed: boolean };
}

/** An answer that lists policies of a role. It does not name the role: null, until what is beside it tells. */
export interface FoundList extends Placed {
  readonly about: "list";
  readonly role: Text | null;
  /** ARNs of managed policies, or names of inline ones; null for the list that it is not. */
  readonly managed: readonly Text[] | null;
  readonly inline: readonly Text[] | null;
  /** Whether it is one page of several. */
  readonly isPart: boolean;
}

/** A managed policy without its document, which is that of a version. */
export interface FoundManaged extends Placed {
  readonly about: "managed";
  readonly arn: Text;
  readonly policyName: Text | null;
  readonly path: string;
  readonly version: string;
}

export interface FoundSecret extends Placed {
  readonly about: "secret";
  /** The name or ARN by which the file calls it. */
  readonly secret: Text;
  readonly arn: Text | null;
  /** Undefined: the file doesn't tell which key it has; null: the default key. */
  readonly key: Text | null | undefined;
  readonly tags: Tags;
  readonly contents: readonly SecretContent[];
  /** Where a description says that there is a value, without showing it. */
  readonly described: Place | null;
  /** Whether the file creates or describes it, and does not only name it. */
  readonly declared: boolean;
  /** Undefined: the file says nothing of it; null: the file should, but it is unknown. */
  readonly rotates: boolean | null | undefined;
  readonly versions: SecretResource["versions"];
  readonly gone: SecretResource["gone"];
  /** What may be a part of it, such as a policy that was not asked for. */
  readonly unseen?: readonly Unseen[];
  readonly sensitive: readonly Place[];
}

/** Any other resource: read as soon as it has an identity. */
export type FoundResource = Placed & {
  readonly about: "resource";
  readonly sensitive?: readonly Place[];
} & {
    [K in keyof Resources]: { readonly kind: K; readonly build: (identity: Identity) => Resources[K][number] };
  }[keyof Resources];

type Own<R> = Omit<R, keyof Identity | "at" | "unseen"> & { readonly unseen?: readonly Unseen[] };

/**
 * A resource that a value describes. A literal `name` is its address; `own` gives its fields once it has an identity.
 */
export function resource<K extends keyof Resources>(
  kind: K,
  { at }: Value,
  name: Text | null,
  own: (identity: Identity) => Own<Resources[K][number]>,
): FoundResource {
  const address = name && isLiteral(name.value) ? name.value : null;
  const build = (identity: Identity) => ({ ...identity, at, unseen: [], ...own(identity) });
  return { about: "resource", kind, name: address, at, build } as unknown as FoundResource;
}

export type Found = FoundJob | FoundPolicy | FoundManaged | FoundRole | FoundList | FoundSecret | FoundResource;

/** Recognises one shape of document by its content. Placeholders are holes already. */
export type Recogniser = (value: Value) => readonly Found[];

/** A resource with some of its parts put in place of those that its answer gives it. */
export function withParts<F extends FoundResource>(found: F, parts: object): F {
  const build = (identity: Parameters<F["build"]>[0]) => ({ ...found.build(identity), ...parts });
  return { ...found, build };
}
