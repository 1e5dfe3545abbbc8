/** Which deployments of the configuration a unit has, and what they give it. */
import { type Deployment, inRegion } from "../facts/arn.ts";
import type { Deployed } from "../facts/resources.ts";
import { isLiteral } from "../facts/text.ts";
import type { Problem } from "../source.ts";
import type { Workspace } from "../sources/workspace.ts";

/** A deployment, as far as formats need to know it. */
export interface Planned {
  readonly name: string;
  /** Where it is, as far as the configuration says. */
  readonly place: Deployment;
  /** Paths of files with values, of Terraform and of CloudFormation. */
  readonly varFiles: readonly string[];
  readonly parameters: readonly string[];
}

export interface Deployments {
  /**
   * The deployments of the unit that a file or folder is; undefined where the configuration has none of it, empty where
   * it has others than the one that is asked for.
   */
  readonly of: (path: string) => readonly Planned[] | undefined;
  /** The files with values that any deployment names. */
  readonly files: ReadonlySet<string>;
  /** What is wrong in the configuration, once all units are read. */
  readonly complaints: (looked: LookedAt) => {
    readonly problems: readonly Problem[];
    readonly notes: readonly Problem[];
  };
}

/** What a run looked at. */
export interface LookedAt {
  readonly paths: readonly string[];
  readonly workspace: Pick<Workspace, "isFile" | "folder">;
  /** Whether that is all of the checked folder. */
  readonly isAll: boolean;
}

export const NO_DEPLOYMENTS: Deployments = {
  of: () => undefined,
  files: new Set(),
  complaints: () => ({ problems: [], notes: [] }),
};

/** The deployment in a Region that only its files show. */
export function withRegion(planned: Planned, region: string): Planned {
  const { place } = planned;
  return isLiteral(place.region) ? planned : { ...planned, place: { ...place, region, ...inRegion(region) } };
}

/** The id of a unit in a deployment, and what is known of the deployment. */
export function deployedUnit(
  of: string,
  planned: Planned | undefined,
  values: ReadonlyMap<string, string> = new Map(),
): { readonly id: string; readonly deployed?: Deployed } {
  if (!planned) return { id: of };
  const { name, place } = planned;
  const known = Object.entries(place).filter(([key, value]) => key !== "partition" && isLiteral(value));
  const all = new Map([...values, ...known.map(([key, value]) => [`the ${key}`, value] as const)]);
  return { id: `${of} (${name})`, deployed: { name, of, values: all } };
}

/**
 * Whether a file with values that the configuration names is for what is in a folder: for the nearest of `roots` around
 * it, or for all of them when none is around it.
 */
export function isFor(root: string, { path }: { readonly path: string }, roots: readonly string[]): boolean {
  const around = roots.filter((one) => one === "." || path.startsWith(`${one}/`));
  const nearest = around.reduce((best, one) => (one.length > best.length || best === "." ? one : best), ".");
  return around.length === 0 || root === nearest;
}

/** Words for environments, as people name files and folders after them. */
const ENVIRONMENT =
  /(?:^|[-_./])((?:non-?|pre-?)?prod(?:uction)?|live|stag(?:e|ing)|dev(?:elopment)?|test(?:ing)?|qa|uat|sandbox|sbx|demo|integration|int)(?=$|[-_./])/i;

/** The deployment that a path is probably for: the word for an environment in its name, or the name itself. */
export function environmentIn(path: string): string | undefined {
  return ENVIRONMENT.exec(path)?.[1]?.toLowerCase();
}

/** A name for the deployment whose values a file has. */
function nameFor(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/(?:\.auto)?\.(?:tfvars(?:\.json)?|json|ya?ml|toml)$/, "");
  return environmentIn(base) ?? environmentIn(path) ?? base.replace(/[^\w.@-]+/g, "-");
}

/** The lines of the configuration with which files with values are used, one deployment for each. */
function linesFor(unit: string, key: ValuesKey, files: NamedFiles): string {
  const taken = new Set<string>();
  const entries = files.slice(0, MOST_SUGGESTED).map(({ path, name: own = nameFor(path) }) => {
    let name = own;
    for (let count = 2; taken.has(name); count++) name = `${own}-${count}`;
    taken.add(name);
    return `{name: ${quoted(name)}, unit: ${quoted(unit)}, ${key}: [${quoted(path)}]}`;
  });
  return `\`deployments: [${entries.join(", ")}]\``;
}

const MOST_SUGGESTED = 6;

type ValuesKey = "var-files" | "parameters";
type NamedFiles = readonly { readonly path: string; readonly name?: string }[];

/** The note that the values in files were not used for a unit, on the first of them; undefined when there are none. */
export function unusedNote(
  unit: string,
  key: ValuesKey,
  files: NamedFiles,
  { why, them }: { readonly why: string; readonly them: "it" | "them" },
): Problem | undefined {
  const [path, ...more] = new Set(files.map((one) => one.path));
  if (path === undefined) return undefined;
  const others =
    more.length === 0 ? "" : ` Neither ${more.length === 1 ? `was ${more[0]}` : `were ${more.length} more`}.`;
  const message = `The values in this file were not used: ${why}.${others}`;
  return { path, message: `${message} To check with ${them}, add to the configuration: ${linesFor(unit, key, files)}` };
}

/** A deployment that a sentence suggests. */
export interface Suggested {
  readonly name: string;
  readonly units: readonly string[];
  readonly varFiles: readonly string[];
  readonly parameters: readonly string[];
}

/** The deployments in a sentence that `unusedNote` wrote. */
export function suggestedIn(sentence: string): readonly Suggested[] {
  const [, list = ""] = /`deployments: \[(.*)\]`/.exec(sentence) ?? [];
  const VALUE = /("(?:[^"\\]|\\.)*"|[^\s,[\]{}]+)/.source;
  const entry = new RegExp(`\\{name: ${VALUE}, unit: ${VALUE}, (var-files|parameters): \\[${VALUE}\\]\\}`, "g");
  const plain = (text: string) => (text.startsWith('"') ? String(JSON.parse(text)) : text);
  return [...list.matchAll(entry)].map(([, name = "", unit = "", key = "", file = ""]) => ({
    name: plain(name),
    units: [plain(unit)],
    varFiles: key === "var-files" ? [plain(file)] : [],
    parameters: key === "parameters" ? [plain(file)] : [],
  }));
}

/** A string as a flow scalar of YAML. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./@-]*$/.test(text) ? text : JSON.stringify(text);
}
