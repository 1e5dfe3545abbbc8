/** What evaluating a root module gives, and what the readers of resources take: it is the same from `.tf` files and from a plan. */
import type { Cause } from "../../facts/causes.ts";
import type { Place } from "../../source.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";

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
  /** Its arguments as they are given; nested blocks are lists of objects. Defaults are not filled in. */
  readonly value: ObjectValue;
  /** The head of its block. */
  readonly at: Place;
  /** Why it may not exist (a `count` or `for_each` that can't be told), null when it surely does. */
  readonly maybe: Cause | null;
}

/** An argument of an instance. */
export function argument({ value }: Pick<Instance, "value">, name: string): Value | undefined {
  const found = get(value, name);
  return found?.kind === "null" ? undefined : found;
}

/** The nested blocks of a name; one that is unknown is not there. */
export function blocks(of: Pick<Instance, "value">, name: string): ObjectValue[] {
  const found = argument(of, name);
  const list = found?.kind === "list" ? found.items : found ? [found] : [];
  return list.filter((item) => item.kind === "object");
}
