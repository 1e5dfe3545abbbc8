/** Pages of one answer: together they are one list, if the last one is among them. */
import { groupBy } from "../../maps.ts";
import { get, type ObjectValue, plainText, type Value } from "../../syntax/value.ts";
import { isPart } from "../raw/keys.ts";

/** The keys by which a page is asked for, and those by which an answer names the next one. */
const TOKENS: readonly string[] = ["NextToken", "nextToken", "Marker", "NextMarker"];

export interface Page {
  readonly call: string;
  readonly input: ObjectValue;
  /** What the answer names the next page by: null for the last one, and true for one that is not named. */
  readonly next: string | true | null;
}

/** What an answer names its next page by. */
export function nextPage(output: ObjectValue): Page["next"] {
  return isPart(output) ? (tokenIn(output) ?? true) : null;
}

function tokenIn(value: ObjectValue): string | undefined {
  return TOKENS.map((key) => plainText(get(value, key))).find((token) => token !== undefined && token !== "");
}

/** The pages whose list has more than all that is there. */
export function openPages<P extends Page>(pages: readonly P[]): ReadonlySet<P> {
  const groups = groupBy(pages, ({ call, input }) => `${call} ${JSON.stringify(question(input))}`);
  return new Set([...groups.values()].flatMap((group) => (isClosed(group) ? [] : group)));
}

/** Whether the first page leads to a last one, by all the others. */
function isClosed(group: readonly Page[]): boolean {
  const byToken = new Map(group.map((page) => [tokenIn(page.input), page]));
  let left = byToken.size;
  for (let page = byToken.get(undefined); page && left > 0; left--) {
    if (page.next === null) return left === 1;
    if (page.next === true) return false;
    page = byToken.get(page.next);
  }
  return false;
}

/** What is asked, whichever page of it; with `tokens`, which page. */
export function question(value: Value, tokens = false): unknown {
  switch (value.kind) {
    case "object": {
      const entries = value.entries.filter(({ key }) => tokens || !TOKENS.includes(key));
      return Object.fromEntries(entries.map(({ key, value: inner }) => [key, question(inner, tokens)]));
    }
    case "list":
      return value.items.map((item) => question(item, tokens));
    case "null":
    case "unknown":
      return null;
    default:
      return value.value;
  }
}
