/** The form in which a module that is known by heart is written down. */

/**
 * A module of a registry as far as it makes what the rules look at: what it is given, and the resources and outputs that follow from it. It is
 * written in Terraform's own language, so that it is evaluated like a module that is at hand, with the addresses and outputs of the real one.
 */
export interface KnownModule {
  /** Inputs that count, with their defaults as expressions. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs that change nothing that is written down here. */
  readonly ignored: readonly string[];
  /**
   * Whether the two lists are all inputs there are. A call with any other one is of a version that is not known then, and tells nothing:
   * for what grants rights, since it may grant or take away.
   */
  readonly strict: boolean;
  /** Resources, data sources, locals and outputs. `local.major` is the major version, null when the call does not tell one. */
  readonly blocks: string;
}

/** Names separated by white space, as a list. */
export function names(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** The output of a name as each of the expressions: the outputs of a module are many, and alike. */
export function outputs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `output "${name}" {\n  value = ${value}\n}\n`)
    .join("");
}

/** The statements of a policy document that are given as objects: a list or a map of them. */
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
