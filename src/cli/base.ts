/** `--base REF`: what findings are compared with, and the configuration that decides. */
import { join, posix, relative, resolve, sep } from "node:path";
import type { Base } from "../base/against.ts";
import { localBase } from "../base/local.ts";
import type { Snapshot } from "../base/snapshot.ts";
import { below, type Config, defaultConfig, isSameConfig } from "../config/config.ts";
import { configNames, parseConfig } from "../config/read.ts";
import { type Problem, problemPlace } from "../source.ts";
import { isWithin } from "../sources/within.ts";
import { type Baseline, parseBaseline } from "../verdict/baseline.ts";
import type { Request } from "./request.ts";

export interface Compared {
  readonly base: Base;
  readonly config: Config;
  /** The baseline that the configuration names, as the base has it; none where it has none yet. */
  readonly known: Baseline | Problem | undefined;
  readonly notes: readonly Problem[];
}

/** Throws a sentence when there is no such base. `named` is the configuration that the command line names, absolute. */
export async function openBase(request: Request, ref: string, named: string | undefined): Promise<Compared> {
  const { snapshot, ...base } = localBase(request.root, request.bounds, ref);
  const found = await configIn(snapshot, request, named);
  const known = (config: Config) => baselineIn(snapshot, request, config);
  if (found === undefined) return { base, config: request.config, known: await known(request.config), notes: [] };
  const note = (message: string): Problem => ({ path: found.path ?? "configuration", message });
  const [mistake] = found.problems;
  if (mistake !== undefined) {
    const message = `It is invalid in ${ref} and was not used: ${problemPlace(mistake)}: ${mistake.message}`;
    return { base, config: defaultConfig, known: undefined, notes: [note(message)] };
  }
  const differs = `The configuration here differs from that of ${ref}, which decides.`;
  const notes = isSameConfig(found.config, request.config) ? [] : [note(differs)];
  return { base, config: found.config, known: await known(found.config), notes };
}

async function baselineIn(
  snapshot: Snapshot,
  { root, bounds }: Request,
  { baseline: path }: Config,
): Promise<Baseline | Problem | undefined> {
  const id = path && snapshot.files.get(relative(bounds, join(root, path)).split(sep).join("/"))?.id;
  if (!path || !id) return undefined;
  const content = (await snapshot.load([id])).get(id);
  return Buffer.isBuffer(content) ? parseBaseline(content.toString("utf8"), path) : { path, message: `${content}` };
}

interface Found {
  readonly path: string | undefined;
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** The configuration in a commit; undefined when the one that counts is in no repository. */
async function configIn(snapshot: Snapshot, request: Request, named: string | undefined): Promise<Found | undefined> {
  const { root, bounds } = request;
  const inRepository = (full: string) => relative(bounds, full).split(sep).join("/");
  if (named !== undefined && !isWithin(bounds, named)) return undefined;
  const [only = ".", ...others] = request.given;
  const folders = named === undefined && others.length === 0 && only !== "." ? [".", only] : ["."];
  const places =
    named === undefined
      ? folders.flatMap((folder) => configNames.map((name) => ({ folder, full: join(root, folder, name) })))
      : [{ folder: ".", full: named }];
  for (const { folder, full } of places) {
    const listing = snapshot.files.get(inRepository(full));
    if (listing === undefined) continue;
    const content = (await snapshot.load([listing.id])).get(listing.id);
    const path = posix.normalize(relative(root, full).split(sep).join("/"));
    if (!Buffer.isBuffer(content)) return { path, config: defaultConfig, problems: [{ path, message: `${content}` }] };
    const { config, problems } = await parseConfig(content.toString("utf8"), path);
    return { path, config: folder === "." ? config : below(config, folder), problems };
  }
  return { path: undefined, config: defaultConfig, problems: [] };
}

/** The configuration that the command line names. */
export function namedConfig(workingFolder: string, named: string | undefined): string | undefined {
  return named === undefined ? undefined : resolve(workingFolder, named);
}
