#!/usr/bin/env node
/** The command: arguments → check → print → exit code. What it does is in cli/run.ts. */
import { stream } from "./cli/output.ts";
import { run } from "./cli/run.ts";
import type { ExitCode } from "./verdict/verdict.ts";

async function main(): Promise<ExitCode> {
  try {
    return await run({ args: process.argv.slice(2), workingFolder: process.cwd(), environment: process.env });
  } catch (error) {
    const { failureMessage } = await import("./failure.ts");
    stream(2).write(`${failureMessage(error)}\n`);
    return 2;
  }
}

// All output is written by now.
process.exit(await main());
