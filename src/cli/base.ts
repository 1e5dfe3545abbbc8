/** `--base REF`: what findings are compared with, and the configuration that decides. */
import { join, posix, resolve } from "node:path";
import type { Base } from "../base/against.ts";
import type { Judge } from "../base/evidence.ts";
import type { Snapshot } from "../base/listing.ts";
import { localBase } from "../base/local.ts";
import { type Config, defaultConfig, isSameConfig } from "../config/config.ts";
import { below, parseConfig } from "../config/parse.ts";
import { configNames } from "../config/read.ts";
import type { PolicyFile } from "../policy/own/open.ts";
import { type Problem, problemLine } from "../source.ts";
import { leadsOut } from "../sources/tree.ts";
import { isWithin, wayTo } from "../sources/within.ts";
import { type Baseline, parseBaseline } from "../verdict/baseline.ts";
import type { Request } from "./request.ts";

export interface Compared {
  readonly base: Base;
  /** Whose evidence counts. */
  readonly judge: Judge;
  readonly config: Config;
  /** The baseline that the configuration names, as the base has it; none where it has none yet. */
  readonly known: Baseline | Problem | undefined;
  /** The policies that it names, as the base has them. */
  readonly policies: readonly PolicyFile[];
  readonly notes: readonly Problem[];
}

/** Throws a sentence when there is no such base. `named` is the configuration that the command line names, absolute. */
export async function openBase(request: Request, ref: string, named: string | undefined): Promise<Compared> {
  const { snapshot, originOf, ...local } = localBase(request.root, request.bounds, ref);
  const { folder } = local;
  const origin = (path: string) => originOf(posix.join(folder, path));
  const base = { ...local, isBeside: (path: string) => !leadsOut(posix.join(folder, path)) && origin(path) === "none" };
  const isOwn = (path: string) => origin(path) !== "change";
  const isCommitted = async (path: string) => origin(path) !== "none";
  const judge = { words: ref, folder, isOwn, isCommitted, open: local.open };
  const found = await configIn(snapshot, request, named);
  const decidedBy = async (config: Config) => ({
    base,
    judge,
    config,
    known: await baselineIn(snapshot, request, config),
    policies: await policiesIn(snapshot, request, config, ref),
  });
  if (found === undefined) return { ...(await decidedBy(request.config)), notes: [] };
  const note = (message: string): Problem => ({ path: found.path ?? "configuration", message });
  const [mistake] = found.problems;
  if (mistake !== undefined) {
    const message = `It is invalid in ${ref} and was not used: ${problemLine(mistake)}`;
    return { base, judge, config: defaultConfig, known: undefined, policies: [], notes: [note(message)] };
  }
  const differs = `The configuration here differs from that of ${ref}, which decides.`;
  const notes = isSameConfig(found.config, request.config) ? [] : [note(differs)];
  return { ...(await decidedBy(found.config)), notes };
}

async function baselineIn(
  snapshot: Snapshot,
  request: Request,
  { baseline: path }: Config,
): Promise<Baseline | Problem | undefined> {
  const content = path && (await contentIn(snapshot, request.bounds, join(request.root, path)));
  if (!path || !content) return undefined;
  return Buffer.isBuffer(content) ? parseBaseline(content.toString("utf8"), path) : { path, message: content };
}

/** Throws a sentence when the base lacks one: a change can't bring its own judge. */
function policiesIn(
  snapshot: Snapshot,
  request: Request,
  { policies }: Config,
  ref: string,
): Promise<readonly PolicyFile[]> {
  return Promise.all(
    policies.map(async (path) => {
      const bytes = await contentIn(snapshot, request.bounds, join(request.root, path));
      if (!Buffer.isBuffer(bytes)) throw new Error(`The policy ${path} is not in ${ref}, which decides.`);
      return { path, bytes };
    }),
  );
}

/** The content of a file in a commit, or why it can't be had; undefined: there is none. `bounds` is its repository. */
async function contentIn(snapshot: Snapshot, bounds: string, full: string): Promise<Buffer | string | undefined> {
  const id = snapshot.files.get(wayTo(bounds, full))?.id;
  return id === undefined ? undefined : (await snapshot.load([id])).get(id);
}

interface Found {
  readonly path: string | undefined;
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** The configuration in a commit; undefined when the one that counts is in no repository. */
async function configIn(snapshot: Snapshot, request: Request, named: string | undefined): Promise<Found | undefined> {
  const { root, bounds } = request;
  if (named !== undefined && !isWithin(bounds, named)) return undefined;
  const [only = ".", ...others] = request.given;
  const folders = named === undefined && others.length === 0 && only !== "." ? [".", only] : ["."];
  const places =
    named === undefined
      ? folders.flatMap((folder) => configNames.map((name) => ({ folder, full: join(root, folder, name) })))
      : [{ folder: ".", full: named }];
  for (const { folder, full } of places) {
    const content = await contentIn(snapshot, bounds, full);
    if (content === undefined) continue;
    const path = posix.normalize(wayTo(root, full));
    if (!Buffer.isBuffer(content)) return { path, config: defaultConfig, problems: [{ path, message: content }] };
    const { config, problems } = await parseConfig(content.toString("utf8"), path);
    return { path, config: folder === "." ? config : below(config, folder), problems };
  }
  return { path: undefined, config: defaultConfig, problems: [] };
}

/** The configuration that the command line names. */
export function namedConfig(workingFolder: string, named: string | undefined): string | undefined {
  return named === undefined ? undefined : resolve(workingFolder, named);
}
