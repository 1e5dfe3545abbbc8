/** A call of an account, as it is settled with the others of its unit. */
import type { Unit } from "../../facts/unit.ts";
import type { Place } from "../../source.ts";
import type { Found } from "../raw/found.ts";
import type { Subject } from "./calls.ts";
import type { Page } from "./pages.ts";

/** A call of a unit: what it was about, and what came of it. */
export interface Asked extends Page {
  readonly path: string;
  readonly at: Place;
  readonly time: string;
  readonly about: readonly Subject[];
  readonly found: readonly Found[];
  readonly error: { readonly code: string; readonly at: Place } | null;
}

/** With whether it is a page of a list of which others are not there. */
export type Call = Asked & { readonly isOpen: boolean };

export type Deployment = NonNullable<Unit["deployment"]>;
