import { posix } from "node:path";
import type { Report } from "../report/report.ts";

/** The report with `prefix` (empty, or ending in `/`) before every path. */
export function relocate(report: Report, prefix: string): Report {
  return prefix === "" ? report : (moved(report, prefix) as Report);
}

/** A copy in which every `path`, of a place or a problem, is below the prefix. */
function moved(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, prefix));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === "path" ? posix.normalize(`${prefix}${item}`) : moved(item, prefix),
  ]);
  return Object.fromEntries(entries);
}
