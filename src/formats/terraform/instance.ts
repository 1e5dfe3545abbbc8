/** Instances of resources: what the evaluation of a root module, or a plan, gives the readers. */
import type { Deployment } from "../../facts/arn.ts";
import type { Cause } from "../../facts/causes.ts";
import type { Place } from "../../source.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { unknownAt } from "./language/evaluate/unknown.ts";

/** Where a configuration of a provider deploys to, and the tags that it gives. */
export interface Provider extends Deployment {
  /** Undefined for none; left out when the configuration is not in the files. */
  readonly tags?: () => Value | undefined;
}

/** The configurations of providers that a module has, by their names: `aws` or `aws.alias`. */
export type Providers = (name: string) => Provider;

/** One instance of a resource or data source. */
export interface Instance {
  readonly mode: "managed" | "data";
  readonly type: string;
  /** What addresses in its module begin with: `module.jobs["nightly"].`, or nothing. */
  readonly prefix: string;
  /** As Terraform writes it: `module.jobs["nightly"].aws_batch_job_definition.job[0]`, `data.aws_kms_alias.db`. */
  readonly address: string;
  /** The path of the root module. */
  readonly unit: string;
  /** Its arguments as given, without defaults; nested blocks are lists of objects. */
  readonly value: ObjectValue;
  /** Whether the configuration gives an argument; each that has a value when it is left out. */
  readonly isGiven?: (argument: string) => boolean;
  /** Names of attributes that another provider has, with those that the provider of its type has. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The head of its block. */
  readonly at: Place;
  /** Where its provider deploys to; anywhere when it is left out. Evaluated when it is asked for. */
  readonly deployment?: () => Provider;
  /** What is not known, so that it may not exist (its `count` or `for_each`); null when it certainly does. */
  readonly maybe: Cause | null;
}

/**
 * An argument of an instance; unknown when it may be behind a syntax error. Providers take an empty string for none:
 * https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-types#typestring
 */
export function argument({ value }: Pick<Instance, "value">, name: string): Value | undefined {
  const found = get(value, name);
  if (!found && value.open) return unknownAt(`argument ${name}`, name, value.open, value.at);
  return found?.kind === "null" || (found?.kind === "text" && found.value === "") ? undefined : found;
}

/** The nested blocks of a name, without unknown ones. */
export function blocks(of: Pick<Instance, "value">, name: string): ObjectValue[] {
  const found = argument(of, name);
  const list = found?.kind === "list" ? found.items : found ? [found] : [];
  return list.filter((item) => item.kind === "object");
}
