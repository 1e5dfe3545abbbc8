/** Where output goes: a standard stream or a file. Synchronous, since nothing else needs to be done meanwhile. */
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";

export interface Output {
  /** Writes all of a string. False when nobody reads any more, as with `| head`: the rest may be left out. */
  readonly write: (text: string) => boolean;
  /** Ends the output. A file is there, with all that was written, only after this. */
  readonly close: () => void;
}

/** How long to wait before a full pipe is tried again, in milliseconds. */
const PAUSE = 2;

export function stream(descriptor: 1 | 2): Output {
  let open = true;
  return {
    write: (text) => {
      open &&= writeAll(descriptor, text);
      return open;
    },
    close: () => {},
  };
}

/** A file that is there only when it is complete; devices and pipes are written directly. Throws a sentence. */
export function fileOutput(path: string): Output {
  const direct = attempt(path, () => statSync(path, { throwIfNoEntry: false })?.isFile() === false);
  const target = direct ? path : `${path}.${process.pid}.tmp`;
  const descriptor = attempt(path, () => openSync(target, "w"));
  const discard = () => {
    if (!direct) rmSync(target, { force: true });
  };
  return {
    write: (text) => attempt(path, () => writeAll(descriptor, text), discard),
    close: () => {
      closeSync(descriptor);
      if (!direct) attempt(path, () => renameSync(target, path), discard);
    },
  };
}

function attempt<T>(path: string, action: () => T, undo: () => void = () => {}): T {
  try {
    return action();
  } catch (error) {
    undo();
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new Error(`${path} can't be written${code === undefined ? "" : ` (${code})`}`, { cause: error });
  }
}

function writeAll(descriptor: number, text: string): boolean {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
  return true;
}
