/** The formats that are read. A document belongs to the first that recognises it. */
import { cloudFormation } from "./cloudformation/format.ts";
import type { Format } from "./format.ts";
import { raw } from "./raw/format.ts";
import { terraform } from "./terraform/format.ts";

export const FORMATS: readonly Format[] = [terraform, cloudFormation, raw];
