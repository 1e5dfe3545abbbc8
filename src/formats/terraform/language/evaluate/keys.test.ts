/** Keys of objects that are not known. */
import { expect, test } from "vitest";
import { plain } from "../../../testing.ts";
import { attributes } from "./testing.ts";

const value = (text: string) => plain(attributes(`x = ${text}\n`).of("x"));
const unknown = { unknown: expect.anything() };

test("a key that is not known may be the one that is asked for, and then its value is the one that counts", () => {
  const cases: Readonly<Record<string, unknown>> = {
    'try({ "x-${var.e}" = 1 }["x-prod"], 2)': unknown,
    'can({ "x-${var.e}" = 1 }["x-prod"])': unknown,
    'lookup({ "x-${var.e}" = 1 }, "x-prod", 2)': unknown,
    'merge({ "x-prod" = 1 }, { "x-${var.e}" = 2 })["x-prod"]': unknown,
    "{ prod = 1, (var.e) = 2 }.prod": unknown,
    "{ prod = 1, (var.e) = 1 }.prod": 1,
    'try({ "x-${var.e}" = 1 }["y-prod"], 2)': 2,
    'lookup({ "x-${var.e}" = 1 }, "y-prod", 2)': 2,
    'merge({ "y-prod" = 1 }, { "x-${var.e}" = 2 })["y-prod"]': 1,
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});

test("a value is found by the key that it is given, also where that is not known", () => {
  const cases: Readonly<Record<string, unknown>> = {
    "{ (var.e) = 1 }[var.e]": 1,
    "lookup({ (var.e) = 1 }, var.e, 2)": 1,
    "{ for key in [var.e] : key => 1 }[var.e]": 1,
    "zipmap([var.e], [1])[var.e]": 1,
    "length({ for key in [var.e, var.f] : key => 1 })": 2,
    "{ for key in [var.e, var.f] : key => 1... }[var.e]": unknown,
  };
  for (const [text, result] of Object.entries(cases)) expect([text, value(text)]).toEqual([text, result]);
});
