/** JSON reports as reports again, and several of them as one: the repositories of an organization, shards of a run. */
import { createHash } from "node:crypto";
import type { Problem } from "../source.ts";
import type { Reference } from "../verdict/account.ts";
import type { Finding, Remedy, Unverified } from "../verdict/finding.ts";
import { type Report, remedyIn, type Summary } from "./report.ts";

/** A report and what it is of: its paths are below that. */
export interface Named {
  readonly name: string;
  readonly report: Report;
}

type Json = Readonly<Record<string, unknown>>;

/** The report in the text of a file, undefined for anything else. What a program of others wrote is not trusted. */
export function reportIn(text: string): Report | undefined {
  const json = parsed(text);
  if (!isObject(json) || json["version"] !== 1 || !isObject(json["summary"])) return undefined;
  const { verdict, scope = "all" } = json;
  if ((verdict !== "pass" && verdict !== "fail") || (scope !== "all" && scope !== "new")) return undefined;
  const lists = {
    findings: listOf(json["findings"], findingIn),
    fixed: listOf(json["fixed"] ?? [], findingIn),
    unverified: listOf(json["unverified"], unverifiedIn),
    references: listOf(json["references"], referenceIn),
    problems: listOf(json["problems"], problemIn),
    notes: listOf(json["notes"] ?? [], problemIn),
  };
  const { findings, fixed, unverified, references, problems, notes } = lists;
  if (!findings || !fixed || !unverified || !references || !problems || !notes) return undefined;
  const summary = summaryIn(json["summary"]);
  return { version: 1, verdict, scope, base: null, findings, fixed, unverified, references, problems, notes, summary };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf<T>(value: unknown, read: (item: Json) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.flatMap((item) => (isObject(item) ? (read(item) ?? []) : []));
  return items.length === value.length ? items : undefined;
}

function hasStrings(item: Json, keys: readonly string[]): boolean {
  return keys.every((key) => typeof item[key] === "string");
}

function isLocation(value: unknown): boolean {
  const isPosition = (at: unknown) =>
    isObject(at) && typeof at["line"] === "number" && typeof at["column"] === "number";
  return isObject(value) && typeof value["path"] === "string" && isPosition(value["start"]) && isPosition(value["end"]);
}

function isOneOf(value: unknown, words: string): boolean {
  return typeof value === "string" && words.split("|").includes(value);
}

function findingIn(item: Json): Finding | undefined {
  const known = {
    remedy: "",
    related: [],
    assumes: [],
    help: "",
    status: "new",
    deployments: [],
    fingerprintAnywhere: "",
    ...item,
  };
  const isRight =
    hasStrings(known, ["rule", "message", "fingerprint", "remedy", "help"]) &&
    isOneOf(known["status"], "new|existing|suppressed") &&
    isOneOf(item["severity"], "error|warning|info") &&
    isOneOf(item["confidence"], "certain|likely") &&
    isLocation(item["location"]) &&
    isObject(item["subject"]) &&
    [known.related, known.assumes, known.deployments].every(Array.isArray) &&
    known.related.every((one: unknown) => isObject(one) && hasStrings(one, ["message"]) && isLocation(one["location"]));
  if (!isRight) return undefined;
  const { fix, ...rest } = known as typeof known & Pick<Finding, "location"> & { readonly fix?: unknown };
  return { ...rest, remedy: remedyIn(String(known.remedy), editsIn(fix), rest.location.path) } as unknown as Finding;
}

function editsIn(fix: unknown): Remedy["edits"] {
  const written = isObject(fix) ? fix["edits"] : undefined;
  return Array.isArray(written)
    ? written.filter((one) => isObject(one) && isLocation(one["location"]) && typeof one["text"] === "string")
    : [];
}

function unverifiedIn(item: Json): Unverified | undefined {
  const { cause, settles = null, reason } = item;
  const isRight =
    hasStrings(item, ["rule", "reason"]) &&
    isObject(cause) &&
    hasStrings(cause, ["kind", "name"]) &&
    (settles === null || isObject(settles)) &&
    isObject(item["subject"]) &&
    isLocation(item["location"]);
  if (!isRight) return undefined;
  const because = String(reason).split(": ").at(-1);
  return { ...item, settles, because, references: [] } as unknown as Unverified;
}

function referenceIn(item: Json): Reference | undefined {
  const isRight =
    hasStrings(item, ["job", "container", "state"]) && isLocation(item["location"]) && isObject(item["links"]);
  return isRight ? ({ deployments: [], ...item } as unknown as Reference) : undefined;
}

function problemIn(item: Json): Problem | undefined {
  return hasStrings(item, ["path", "message"]) ? (item as unknown as Problem) : undefined;
}

const COUNTS = [
  ...["files", "jobDefinitions", "references", "proven", "fullyProven", "errors", "warnings", "infos"],
  ...["unverified", "suppressed", "existing", "durationMs"],
] as const satisfies readonly (keyof Summary)[];

function summaryIn(summary: Json): Summary {
  return summaryOf((key) => Number(summary[key] ?? 0) || 0);
}

function summaryOf(count: (key: keyof Summary) => number): Summary {
  return Object.fromEntries(COUNTS.map((key) => [key, count(key)])) as Record<keyof Summary, number>;
}

/** One report: it fails when one of them does. */
export function mergeReports(all: readonly Named[]): Report {
  const reports = named(all).map(({ name, report }) => below(name, report));
  const joined = <K extends "findings" | "fixed" | "unverified" | "references" | "problems" | "notes">(key: K) =>
    reports.flatMap((one) => one[key] as readonly Report[K][number][]);
  return {
    version: 1,
    verdict: reports.some(({ verdict }) => verdict === "fail") ? "fail" : "pass",
    scope: reports.every(({ scope }) => scope === "new") && reports.length > 0 ? "new" : "all",
    base: null,
    findings: joined("findings"),
    fixed: joined("fixed"),
    unverified: joined("unverified"),
    references: joined("references"),
    problems: joined("problems"),
    notes: joined("notes"),
    summary: summaryOf((key) => reports.reduce((sum, { summary }) => sum + summary[key], 0)),
  };
}

/** The reports with names that are all different. */
function named(all: readonly Named[]): readonly Named[] {
  const taken = new Map<string, number>();
  return all.map(({ name, report }) => {
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return { name: before === 0 ? name : `${name}-${before + 1}`, report };
  });
}

/** A report whose paths are in a folder; findings of two folders never have one fingerprint. */
function below(name: string, report: Report): Report {
  const fingerprint = (one: string) => createHash("sha256").update(`${name}\n${one}`).digest("hex").slice(0, 16);
  const moved = inFolder(name, report);
  const renamed = ({ fingerprint: own, ...rest }: Finding): Finding => ({ ...rest, fingerprint: fingerprint(own) });
  return {
    ...moved,
    findings: moved.findings.map(renamed),
    fixed: moved.fixed.map(renamed),
    unverified: moved.unverified.map((one) => {
      const { cause } = one;
      return { ...one, cause: { ...cause, unit: typeof cause.unit === "string" ? `${name}/${cause.unit}` : null } };
    }),
  };
}

/** A copy in which each path is below a folder. */
function inFolder<T>(name: string, value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => inFolder(name, one)) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) {
    copy[key] = key === "path" && typeof one === "string" ? `${name}/${one}` : inFolder(name, one);
  }
  return copy as T;
}
