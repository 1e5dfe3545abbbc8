/** What an envelope is told by, without reading it. */
import { get, type Value } from "../../syntax/value.ts";

/** Whether a document means to be an envelope. */
export function isEnvelope(value: Value): boolean {
  return get(value, "evidence")?.kind === "number" && get(value, "call") !== undefined;
}
