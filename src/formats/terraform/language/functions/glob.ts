/** File patterns as github.com/bmatcuk/doublestar has them: `*`, `**`, `?`, `[a-z]` and `{a,b}`. */

import { createBudget } from "../evaluate/bounds.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { compileRegex, findMatch } from "./regex/match.ts";

/** Whether a path, with `/` between its parts, fits a pattern as a whole. A broken pattern fits nothing. */
export function matchesGlob(pattern: string, path: string): boolean {
  try {
    return findMatch(compileRegex(`^${translate(pattern)}$`), path, 0, createBudget()) !== undefined;
  } catch (error) {
    if (error instanceof Complaint) return false;
    throw error;
  }
}

const PART = /\*\*\/|\*\*|\*|\?|\[[!^]?\]?[^\]]*\]|[{},]|\\.|[^*?[{},\\]+|./gs;

function translate(pattern: string): string {
  let depth = 0;
  return (pattern.replace(/^\.\//, "").match(PART) ?? [])
    .map((part) => {
      switch (part) {
        case "**/":
          return "(?:[^/]+/)*";
        case "**":
          return ".*";
        case "*":
          return "[^/]*";
        case "?":
          return "[^/]";
        case "{":
          depth++;
          return "(?:";
        case "}":
          depth--;
          return ")";
        case ",":
          return depth > 0 ? "|" : ",";
        default:
          if (part.startsWith("[")) return part.replace(/^\[!/, "[^");
          return part.replace(/^\\(?=.)/s, "").replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
      }
    })
    .join("");
}
