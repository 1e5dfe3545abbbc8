/** Text of others in HTML. Nothing of it becomes markup: every string goes through `escaped`. */
import type { Location } from "../../source.ts";
import { cleanLines, place, say } from "../visible.ts";

/** Markup of our own, or strings that are escaped. */
export type Markup = string & { readonly __markup?: never };

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function entities(text: string): Markup {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A string on one line, for an element or an attribute. */
export function escaped(text: string): Markup {
  return entities(say(text));
}

/** Several lines, for `<pre>`. */
export function escapedLines(text: string): Markup {
  return entities(cleanLines(text));
}

/** A sentence, with what is between backticks as code. */
export function sentence(text: string): Markup {
  const parts = say(text).split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 === 1 ? `<code>${entities(part)}</code>` : entities(part))).join("");
}

/** Where something is. */
export function placed(location: Location): Markup {
  return `<code class="at">${entities(place(location))}</code>`;
}

export function list(items: readonly Markup[], attributes = ""): Markup {
  return items.length === 0 ? "" : `<ul${attributes}>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}

/** A section with a heading, that assistive tools name by it; empty without a body. */
export function section(id: string, heading: Markup, body: Markup): Markup {
  if (body === "") return "";
  return `<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${body}</section>\n`;
}
