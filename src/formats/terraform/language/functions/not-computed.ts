/**
 * Functions that are known but not computed: modules that use AWS Batch hardly ever call them, or no rule needs their
 * result, and no library computes them exactly as Terraform does. The result is unknown; its type is known.
 */

import { derived } from "../evaluate/derive.ts";
import type { FunctionSpec } from "../evaluate/function-spec.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, type Type } from "../evaluate/types.ts";
import { madeAtApply, unknownValue } from "../evaluate/unknown.ts";
import { anything } from "./arguments.ts";

const RESULTS: Readonly<Record<string, Type>> = {
  abs: NUMBER,
  abspath: STRING,
  chunklist: listOf(ANY),
  cidrhost: STRING,
  cidrnetmask: STRING,
  ephemeralasnull: ANY,
  formatdate: STRING,
  issensitive: BOOL,
  log: NUMBER,
  matchkeys: listOf(ANY),
  parseint: NUMBER,
  pathexpand: STRING,
  pow: NUMBER,
  rsadecrypt: STRING,
  signum: NUMBER,
  strrev: STRING,
  sum: NUMBER,
  textdecodebase64: STRING,
  textencodebase64: STRING,
  timeadd: STRING,
  timecmp: NUMBER,
  urlencode: STRING,
  transpose: mapOf(listOf(STRING)),
  uuidv5: STRING,
};

function notComputed(name: string, returns: Type): FunctionSpec {
  return { parameters: [], rest: anything, returns, run: (values, { at }) => derived(name, values, at, returns) };
}

/** A value that is made when Terraform runs: one for the whole run, or another for each call. */
function madeByRun(name: string, each: boolean): FunctionSpec {
  return {
    parameters: [],
    rest: anything,
    returns: STRING,
    run: (_, { at, serial }) => {
      const key = each ? `${name}.${at.start}.${serial()}@${at.file.path}` : `${name}()`;
      return { ...unknownValue(key, madeAtApply(name), at), type: STRING };
    },
  };
}

export const notComputedFunctions: Readonly<Record<string, FunctionSpec>> = {
  ...Object.fromEntries(Object.entries(RESULTS).map(([name, returns]) => [name, notComputed(name, returns)])),
  bcrypt: madeByRun("bcrypt", true),
  uuid: madeByRun("uuid", true),
  plantimestamp: madeByRun("plantimestamp", false),
  timestamp: madeByRun("timestamp", false),
};
