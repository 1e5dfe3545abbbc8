/** Date and time functions. What time it is, is not known: it differs with every run of Terraform. */

import { Complaint } from "../evaluate/complaint.ts";
import { ArgumentComplaint, type Call, type FunctionSpec } from "../evaluate/function-spec.ts";
import { INTEGER_PRECISION } from "../evaluate/number.ts";
import { goQuote } from "../evaluate/quote.ts";
import { NUMBER, STRING } from "../evaluate/types.ts";
import { madeAtApply, unknownValue } from "../evaluate/unknown.ts";
import { numberOf, type TerraformUnknown, type TerraformValue } from "../evaluate/values.ts";
import { text, textAt } from "./arguments.ts";
import { made } from "./string.ts";

interface Timestamp {
  /** Seconds since 1970 in UTC. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Of the zone it is written in, in seconds. */
  readonly zone: number;
}

const PARTS = [
  { name: "year", pattern: /^\d{4}/, follows: "-" },
  { name: "month", pattern: /^\d{2}/, follows: "-" },
  { name: "day of month", pattern: /^\d{2}/, follows: "T" },
  { name: "hour", pattern: /^\d{1,2}/, follows: ":" },
  { name: "minute", pattern: /^\d{2}/, follows: ":" },
  { name: "second", pattern: /^\d{2}/, follows: "" },
] as const;

/** A timestamp of RFC 3339. @throws Complaint in Terraform's words */
function parseTimestamp(source: string): Timestamp {
  const wrong = (why: string) => new Complaint(`not a valid RFC3339 timestamp: ${why}`);
  let rest = source;
  const numbers: number[] = [];
  for (const { name, pattern, follows } of PARTS) {
    if (rest === "") throw wrong(`end of string before ${name}`);
    const found = pattern.exec(rest)?.[0];
    const value = Number(found);
    const impossible = name === "month" ? value < 1 || value > 12 : false;
    if (found === undefined || impossible) {
      throw wrong(`cannot use ${goQuote(impossible ? rest.slice(found?.length ?? 0) : rest)} as ${name}`);
    }
    numbers.push(value);
    rest = rest.slice(found.length);
    if (follows === "" || rest.startsWith(follows)) rest = rest.slice(follows.length);
    else if (follows === "T") throw wrong("missing required time introducer 'T'");
    else if (rest === "") throw wrong(`end of string where ${goQuote(follows)} is expected`);
    else throw wrong(`found ${goQuote(rest)} where ${goQuote(follows)} is expected`);
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day < 1 || day > (month === 2 && !leap ? 28 : days)) throw wrong("day out of range");
  if (hour > 23) throw wrong("hour out of range");
  if (minute > 59) throw wrong("minute out of range");
  if (second > 59) throw wrong("second out of range");
  const fraction = /^[.,](\d+)/.exec(rest);
  if (fraction !== null) rest = rest.slice(fraction[0].length);
  const offset = /^(?:Z|([+-])(\d{2}):(\d{2}))$/.exec(rest);
  if (offset === null)
    throw wrong(rest === "" ? "end of string before UTC offset" : `cannot use ${goQuote(rest)} as UTC offset`);
  const [, sign, hours = "0", minutes = "0"] = offset;
  const zone = (Number(hours) * 3600 + Number(minutes) * 60) * (sign === "-" ? -1 : 1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const nanoseconds = Number((fraction?.[1] ?? "").slice(0, 9).padEnd(9, "0"));
  return { seconds: date.getTime() / 1000 - zone, nanoseconds, zone };
}

function timestampAt(values: readonly TerraformValue[], index: number, own: boolean): Timestamp {
  try {
    return parseTimestamp(textAt(values, index).value);
  } catch (error) {
    if (own && error instanceof Complaint) throw new ArgumentComplaint(index, error.message);
    throw error;
  }
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function zoneText(zone: number, separator: string): string {
  const minutes = Math.abs(zone) / 60;
  return `${zone < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

/** RFC 3339 without a fraction. */
function timestampText({ seconds, zone }: Timestamp): string {
  const local = new Date((seconds + zone) * 1000).toISOString().replace(/\.\d+Z$/, "");
  return `${local.replace(/^\+00/, "")}${zone === 0 ? "Z" : zoneText(zone, ":")}`;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

type Formatter = Readonly<Record<number, (local: Date, zone: number) => string>>;
const counted = (value: (local: Date) => number): Formatter => ({
  1: (local) => String(value(local)),
  2: (local) => two(value(local)),
});
const named = (names: readonly string[], value: (local: Date) => number): Formatter => ({
  3: (local) => (names[value(local)] ?? "").slice(0, 3),
  4: (local) => names[value(local)] ?? "",
});
const half = (morning: string, evening: string): Formatter => ({
  2: (local) => (local.getUTCHours() < 12 ? morning : evening),
});

/** Letter → how often it stands → what it makes. The second column is the complaint when it stands otherwise. */
const VERBS: Readonly<Record<string, readonly [Formatter, string]>> = {
  Y: [
    { 2: (local) => two(local.getUTCFullYear() % 100), 4: (local) => String(local.getUTCFullYear()).padStart(4, "0") },
    'year must either be "YY" or "YYYY"',
  ],
  M: [
    { ...counted((local) => local.getUTCMonth() + 1), ...named(MONTHS, (local) => local.getUTCMonth()) },
    'month must be "M", "MM", "MMM", or "MMMM"',
  ],
  D: [counted((local) => local.getUTCDate()), 'day of month must either be "D" or "DD"'],
  E: [named(DAYS, (local) => local.getUTCDay()), 'day of week must either be "EEE" or "EEEE"'],
  h: [counted((local) => local.getUTCHours()), '24-hour must either be "h" or "hh"'],
  H: [counted((local) => local.getUTCHours() % 12 || 12), '12-hour must either be "H" or "HH"'],
  A: [half("AM", "PM"), 'must be "AA"'],
  a: [half("am", "pm"), 'must be "aa"'],
  m: [counted((local) => local.getUTCMinutes()), 'minute must either be "m" or "mm"'],
  s: [counted((local) => local.getUTCSeconds()), 'second must either be "s" or "ss"'],
  Z: [
    {
      1: (_, zone) => (zone === 0 ? "Z" : zoneText(zone, ":")),
      3: (_, zone) => (zone === 0 ? "UTC" : zoneText(zone, "")),
      4: (_, zone) => zoneText(zone, ""),
      5: (_, zone) => zoneText(zone, ":"),
    },
    "timezone must be Z, ZZZZ, or ZZZZZ",
  ],
};

function formatdate(values: readonly TerraformValue[], call: Call): TerraformValue {
  const format = textAt(values, 0).value;
  const { seconds, zone } = timestampAt(values, 1, true);
  const local = new Date((seconds + zone) * 1000);
  let result = "";
  for (const [token] of format.matchAll(/'(?:[^']|'')*'?|([A-Za-z])\1*|[^'A-Za-z]+/g)) {
    const first = token.charAt(0);
    if (first === "'") {
      if (token.length === 1 || !/^'(?:[^']|'')*'$/.test(token))
        throw new ArgumentComplaint(0, "unterminated literal '");
      result += token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'");
    } else if (/[A-Za-z]/.test(first)) {
      const [formatter, why] = VERBS[first] ?? [];
      const make = formatter?.[token.length];
      if (make === undefined) {
        throw new ArgumentComplaint(
          0,
          `invalid date format verb ${goQuote(token)}${why === undefined ? "" : `: ${why}`}`,
        );
      }
      result += make(local, zone);
    } else result += token;
  }
  return made(result, call);
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** A duration as Go's `time.ParseDuration` reads it, in nanoseconds. @throws Complaint in its words */
function parseDuration(source: string): bigint {
  const invalid = `time: invalid duration ${goQuote(source)}`;
  const unsigned = source.replace(/^[+-]/, "");
  if (unsigned === "0") return 0n;
  if (unsigned === "" || source.length > 100) throw new Complaint(invalid);
  let total = 0n;
  for (let rest = unsigned; rest !== ""; ) {
    const match = /^(\d*)(?:\.(\d*))?/.exec(rest);
    const [whole = "", integer = "", fraction = ""] = match ?? [];
    if (integer === "" && fraction === "") throw new Complaint(invalid);
    rest = rest.slice(whole.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? "";
    if (unit === "") throw new Complaint(`time: missing unit in duration ${goQuote(source)}`);
    const size = UNITS[unit];
    if (size === undefined) throw new Complaint(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(source)}`);
    total +=
      BigInt(integer === "" ? "0" : integer) * size +
      (BigInt(fraction === "" ? "0" : fraction) * size) / 10n ** BigInt(fraction.length);
    rest = rest.slice(unit.length);
  }
  if (total > 2n ** 63n - 1n) throw new Complaint(invalid);
  return source.startsWith("-") ? -total : total;
}

const BILLION = 1_000_000_000n;

function timeadd(values: readonly TerraformValue[], call: Call): TerraformValue {
  const start = timestampAt(values, 0, false);
  const total = BigInt(start.seconds) * BILLION + BigInt(start.nanoseconds) + parseDuration(textAt(values, 1).value);
  const seconds = total >= 0n ? total / BILLION : -((-total + BILLION - 1n) / BILLION);
  return made(timestampText({ ...start, seconds: Number(seconds) }), call);
}

function timecmp(values: readonly TerraformValue[], { at }: Call): TerraformValue {
  const [a, b] = [timestampAt(values, 0, true), timestampAt(values, 1, true)];
  const order = Math.sign(a.seconds - b.seconds) || Math.sign(a.nanoseconds - b.nanoseconds);
  return numberOf(order, at, INTEGER_PRECISION);
}

/** The time of the run. It is the same for the whole run, so all its uses are equal. */
function clock(name: string): FunctionSpec {
  return {
    parameters: [],
    returns: STRING,
    run: (_, { at }): TerraformUnknown => ({
      ...unknownValue(`${name}()`, madeAtApply(name), `${name}() is the time of the run`, at),
      type: STRING,
    }),
  };
}

export const datetimeFunctions: Readonly<Record<string, FunctionSpec>> = {
  formatdate: { parameters: [text("format"), text("time")], returns: STRING, run: formatdate },
  timeadd: { parameters: [text("timestamp"), text("duration")], returns: STRING, run: timeadd },
  timecmp: { parameters: [text("timestamp_a"), text("timestamp_b")], returns: NUMBER, run: timecmp },
  timestamp: clock("timestamp"),
  plantimestamp: clock("plantimestamp"),
};
