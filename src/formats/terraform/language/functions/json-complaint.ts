/** Terraform's words for why a text is no JSON. They are those of Go's decoder, which reads token by token. */
import { goQuote } from "../evaluate/quote.ts";

/** For a text that is known to be no JSON. */
export function jsonComplaint(text: string): string {
  let position = 0;
  const skip = () => {
    while (/[ \t\r\n]/.test(text.charAt(position))) position++;
  };
  const invalid = (context: string) => `invalid character ${singleQuoted(text.charAt(position))}${context}`;
  const scalar = (): string | undefined => {
    const rest = text.slice(position);
    const match = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(rest);
    if (match !== null) {
      position += match[0].length;
      return undefined;
    }
    if (/^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-)$/.test(rest)) return "unexpected EOF";
    return invalid(" looking for beginning of value");
  };
  const string = (): string | undefined => {
    for (position++; position < text.length; position++) {
      const character = text.charAt(position);
      if (character < " ") return invalid(" in string literal");
      if (character === '"') {
        position++;
        return undefined;
      }
      if (character === "\\") {
        position++;
        if (!/["\\/bfnrtu]/.test(text.charAt(position)) && position < text.length)
          return invalid(" in string escape code");
      }
    }
    return "unexpected EOF";
  };
  const value = (depth: number): string | undefined => {
    skip();
    const character = text.charAt(position);
    if (character === "" || depth > 200) return "EOF";
    if (character === "{" || character === "[") return container(character === "{", depth);
    return character === '"' ? string() : scalar();
  };
  const container = (object: boolean, depth: number): string | undefined => {
    const close = object ? "}" : "]";
    position++;
    skip();
    if (text.charAt(position) === close) {
      position++;
      return undefined;
    }
    for (;;) {
      if (object) {
        skip();
        if (position >= text.length) return "EOF";
        if (text.charAt(position) !== '"') return invalid("");
        const wrong = string();
        if (wrong !== undefined) return wrong;
        skip();
        if (position >= text.length) return "EOF";
        if (text.charAt(position) !== ":") return invalid(" after object key");
        position++;
      }
      const wrong = value(depth + 1);
      if (wrong !== undefined) return wrong;
      skip();
      const next = text.charAt(position);
      if (next === "") return "EOF";
      if (next !== close && next !== ",")
        return invalid(object ? " after object key:value pair" : " after array element");
      position++;
      if (next === close) return undefined;
    }
  };
  return value(0) ?? "extraneous data after JSON object";
}

/** A character as Go quotes it in a complaint. */
function singleQuoted(character: string): string {
  if (character === "'") return "'\\''";
  return character === '"' ? "'\"'" : `'${goQuote(character).slice(1, -1)}'`;
}
