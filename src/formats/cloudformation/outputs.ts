/** The outputs of a stack: what others can import, and a parent stack can ask for. */
import type { Entry } from "../../syntax/value.ts";
import { expandLoops } from "./loop.ts";
import type { Scope } from "./scope.ts";

export function outputsOf(scope: Scope): readonly Entry[] {
  const { outputs } = scope.template;
  return outputs ? expandLoops(outputs, scope).entries : [];
}
