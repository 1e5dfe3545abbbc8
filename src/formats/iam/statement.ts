/** Writing an IAM statement that allows actions, as JSON or as an item of a list in YAML. */

/** A statement as JSON. `value` writes a resource. */
export function jsonStatement(value: (text: string) => string) {
  return (actions: readonly string[], resources: readonly string[]): string =>
    [
      "{",
      '  "Effect": "Allow",',
      `  "Action": ${jsonItems(actions.map((action) => JSON.stringify(action)))},`,
      `  "Resource": ${jsonItems(resources.map(value))}`,
      "}",
    ].join("\n");
}

/** A list with one item is written as the item, a longer one with a line for each. */
function jsonItems(items: readonly string[]): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined) return only;
  return `[\n${items.map((item) => `    ${item}`).join(",\n")}\n  ]`;
}

/** JSON on one line with the blanks that people write. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inlineJson(item)}`);
  return `{ ${entries.join(", ")} }`;
}

/** A statement as an item of a YAML list. `value` writes a resource. */
export function yamlStatement(value: (text: string) => string) {
  return (actions: readonly string[], resources: readonly string[]): string =>
    [
      "- Effect: Allow",
      ...yamlItems("Action", actions.map(plainYaml)),
      ...yamlItems("Resource", resources.map(value)),
    ].join("\n");
}

function yamlItems(key: string, items: readonly string[]): string[] {
  if (items.length === 1) return [`  ${key}: ${items[0]}`];
  return [`  ${key}:`, ...items.map((item) => `    - ${item}`)];
}

export function plainYaml(text: string): string {
  return /^[A-Za-z][\w:/.-]*[\w*]$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
