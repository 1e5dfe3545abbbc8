/** What the commands that ask AWS have in common. */
import type { Mistake } from "./arguments.ts";
import { stream } from "./output.ts";

/** The oldest Node that the AWS SDK keeps working on. */
const OLDEST_NODE = 22;

/** What to say on a Node that is too old for the AWS SDK; everything else runs on Node 20.11. */
export function nodeTooOld(command: string, version: string): Mistake | undefined {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return undefined;
  return {
    name: "mistake",
    message: `The command ${command} needs Node ${OLDEST_NODE} or later, and this is Node ${version}.`,
    hint: "All other commands run on it.",
  };
}

/** Shows on a terminal how far the calls are, in a line that is rewritten; nothing anywhere else. */
export function openProgress(isTerminal: boolean): {
  readonly progress: (made: number, known: number) => void;
  readonly end: () => void;
} {
  const out = stream(2);
  let shown = 0;
  return {
    progress: (made, known) => {
      if (!isTerminal) return;
      shown = made;
      out.write(`\r\u001b[KAsking AWS: ${made} of ${known} calls`);
    },
    end: () => {
      if (shown > 0) out.write("\r\u001b[K");
      shown = 0;
    },
  };
}
