/** Addresses and references of Terraform, as the JSON of a plan writes them. */

/** One name of an address with its index: `job["nightly"]`. `index` is empty, `[0]` or `["nightly"]`. */
export interface Part {
  readonly name: string;
  readonly index: string;
}

const PART = /([^.[\]]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)/y;

/** The parts of `module.jobs["a"].aws_iam_role.job[0]`; empty when it has another form. */
export function partsOf(address: string): readonly Part[] {
  const parts: Part[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < address.length) {
    const match = PART.exec(address);
    if (!match) return [];
    parts.push({ name: match[1] ?? "", index: match[2] ?? "" });
  }
  return parts;
}

/** The position of a resource: the module calls that lead to it, the outermost first, and its name there. */
export interface Position {
  readonly modules: readonly Part[];
  /** `aws_iam_role.job` or `data.aws_vpc.main`. */
  readonly resource: string;
  readonly index: string;
}

/** The position of a resource by its address, undefined when it is no address. */
export function positionOf(address: string): Position | undefined {
  const { modules, rest } = splitModules(partsOf(address));
  const data = rest[0]?.name === "data";
  const last = rest[data ? 2 : 1];
  if (!last || rest.length > (data ? 3 : 2)) return undefined;
  return { modules, resource: rest.map(({ name }) => name).join("."), index: last.index };
}

/** The calls of modules at the beginning of an address. */
export function splitModules(parts: readonly Part[]): { modules: readonly Part[]; rest: readonly Part[] } {
  let next = 0;
  const modules: Part[] = [];
  for (let call = parts[next + 1]; parts[next]?.name === "module" && call; call = parts[next + 1]) {
    modules.push(call);
    next += 2;
  }
  return { modules, rest: parts.slice(next) };
}

/** What addresses in a module begin with: `module.jobs["a"].`, empty in the root. */
export function prefixOf(modules: readonly Part[]): string {
  return modules.map(({ name, index }) => `module.${name}${index}.`).join("");
}
