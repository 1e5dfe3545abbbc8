/** The formats that are read. A document belongs to the first that recognises it. */
import { cloudFormation } from "./cloudformation/format.ts";
import { evidence } from "./evidence/format.ts";
import type { Format, Kind } from "./format.ts";
import { raw } from "./raw/format.ts";
import { terraform } from "./terraform/format.ts";

export const FORMATS: readonly Format[] = [terraform, cloudFormation, evidence, raw];

/** The kind of an example by its name, a file's or a folder's; undefined when no format has such a name. */
export function exampleKind(name: string): Kind | undefined {
  return FORMATS.flatMap(({ kinds = [] }) => kinds).find(({ ending }) => ending.test(name));
}
