/**
 * The part of a registry module that concerns the rules: its inputs, and the resources and outputs that follow from
 * them. It is written in Terraform's own language, so that it is evaluated like any other module, with the addresses
 * and outputs of the real one.
 */
export interface KnownModule {
  /** Inputs that count, with their defaults as expressions. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs that don't affect the blocks. */
  readonly ignored: readonly string[];
  /**
   * Whether the two lists are complete. A call with any other input is then of an unknown version and is not read: for
   * modules that grant rights, since the input may grant or remove some.
   */
  readonly strict: boolean;
  /** Resources, data sources, locals and outputs. `local.major` is the major version, null if the call has none. */
  readonly blocks: string;
}

export function names(text: string): string[] {
  return text.trim().split(/\s+/);
}

export function outputs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `output "${name}" {\n  value = ${value}\n}\n`)
    .join("");
}

/** The statements of a policy document, given as a list or map of objects. */
export function statements(given: string): string {
  const several = (block: string, key: string, fields: readonly string[]) => `
      dynamic "${block}" {
        for_each = lookup(statement.value, "${key}", [])
        content {
          ${fields.map((field) => `${field} = ${block}.value.${field}`).join("\n          ")}
        }
      }`;
  return `
  dynamic "statement" {
    for_each = ${given}
    content {
      ${names("sid effect actions not_actions resources not_resources")
        .map((field) => `${field} = lookup(statement.value, "${field}", null)`)
        .join("\n      ")}
${several("principals", "principals", ["type", "identifiers"])}
${several("not_principals", "not_principals", ["type", "identifiers"])}
${several("condition", "condition", ["test", "variable", "values"])}
${several("condition", "conditions", ["test", "variable", "values"])}
    }
  }`;
}
