/** Which deployments of the configuration a unit has, and what they give it. */
import { type Deployment, inRegion } from "../facts/arn.ts";
import { isLiteral } from "../facts/text.ts";
import type { Deployed, Suggested } from "../facts/unit.ts";
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
  /** The workspace of Terraform. */
  readonly workspace?: string | undefined;
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
  const { name, place, workspace } = planned;
  const known = Object.entries(place).filter(([key, value]) => key !== "partition" && isLiteral(value));
  const all = new Map([...values, ...known.map(([key, value]) => [`the ${key}`, value] as const)]);
  if (workspace !== undefined) all.set("the workspace", workspace);
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

/** A deployment for each of the files with values, each with a name of its own. */
function deploymentsFor(unit: string, key: ValuesKey, files: NamedFiles): readonly Suggested[] {
  const taken = new Set<string>();
  return files.slice(0, MOST_SUGGESTED).map(({ path, name: own = nameFor(path) }) => {
    let name = own;
    for (let count = 2; taken.has(name); count++) name = `${own}-${count}`;
    taken.add(name);
    return { name, unit, key, path };
  });
}

/** The lines of the configuration with which they are used. */
function linesFor(suggested: readonly Suggested[]): string {
  const entries = suggested.map(
    ({ name, unit, key, path }) => `{name: ${quoted(name)}, unit: ${quoted(unit)}, ${key}: [${quoted(path)}]}`,
  );
  return `\`deployments: [${entries.join(", ")}]\``;
}

const MOST_SUGGESTED = 6;

type ValuesKey = Suggested["key"];
type NamedFiles = readonly { readonly path: string; readonly name?: string }[];

/** Files with values that nothing uses: the note about them, and the deployments that would use them. */
export interface Unused {
  readonly note: Problem;
  readonly suggested: readonly Suggested[];
}

/** What to say of files whose values were not used for a unit, on the first of them; undefined when there are none. */
export function unusedValues(
  unit: string,
  key: ValuesKey,
  files: NamedFiles,
  { why, them }: { readonly why: string; readonly them: "it" | "them" },
): Unused | undefined {
  const [path, ...more] = new Set(files.map((one) => one.path));
  if (path === undefined) return undefined;
  const others =
    more.length === 0 ? "" : ` Neither ${more.length === 1 ? `was ${more[0]}` : `were ${more.length} more`}.`;
  const suggested = deploymentsFor(unit, key, files);
  const message = `The values in this file were not used: ${why}.${others}`;
  const note = { path, message: `${message} To check with ${them}, add to the configuration: ${linesFor(suggested)}` };
  return { note, suggested };
}

/** A string as a flow scalar of YAML. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./@-]*$/.test(text) ? text : JSON.stringify(text);
}
