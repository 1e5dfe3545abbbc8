import { type Checked, type CheckOptions, check } from "../check.ts";
import { readPolicies } from "../config/policies.ts";
import type { PolicyFile } from "../policy/own/open.ts";
import type { Problem } from "../source.ts";
import type { Baseline } from "../verdict/baseline.ts";
import { type ExitCode, exitCode } from "../verdict/verdict.ts";
import { quantity } from "../words.ts";
import type { Mistake } from "./arguments.ts";
import type { Asked } from "./command.ts";
import { complain, print, refuse, tell } from "./print.ts";
import { type Request, requestOf } from "./request.ts";
import { type Process, terminal } from "./terminal.ts";

export async function runCheck(command: Asked<"check">, { workingFolder, environment }: Process): Promise<ExitCode> {
  const request = await requestOf(command, workingFolder);
  if (request.name === "mistake") return complain(request);
  if (request.problems.length > 0) return refuse(request.problems);
  const { format, show, output, failOn, fix, deployment } = command;
  const compared = await comparedWith(command, request, workingFolder);
  if ("message" in compared) return complain(compared);
  const baseline = command.writeBaseline === undefined ? compared.known : undefined;
  if (baseline !== undefined && "message" in baseline) return refuse([baseline]);
  const options: CheckOptions & { baseline: Baseline | undefined } = {
    ...request,
    ...compared,
    policies: [...compared.policies, ...readPolicies(workingFolder, command.policies)],
    baseline,
    deployment,
    failOn: failOn ?? compared.config.failOn ?? "error",
    chains: format.chains !== false || show === "proven",
  };
  const fixed = fix ? await makeFixes(options) : undefined;
  if (command.writeBaseline !== undefined) options.baseline = await makeBaseline(options, command.writeBaseline);
  const isStale = fixed === undefined || command.writeBaseline !== undefined;
  const { report, excerpts } = isStale ? await check(options) : fixed;
  print(await format.write(report, excerpts, { ...(await terminal(environment, output)), show }), output);
  return exitCode(report);
}

type Comparison = Pick<
  CheckOptions,
  "scope" | "base" | "judge" | "config" | "paths" | "ignore" | "notes" | "newSuppressions"
> & {
  /** The baseline that counts, or what is wrong with it. */
  readonly known: Baseline | Problem | undefined;
  /** The policies of the configuration. */
  readonly policies: readonly PolicyFile[];
};

/** What is compared, and which findings count. Without a base every finding does. */
async function comparedWith(
  { scope, base: ref, config: named, paths }: Asked<"check">,
  request: Request,
  workingFolder: string,
): Promise<Comparison | Mistake> {
  if (ref === undefined) {
    if (scope !== "new") {
      const policies = readPolicies(request.root, request.config.policies);
      return { ...request, scope: "all", known: await baselineIn(request), policies };
    }
    return { name: "mistake", message: "--scope new compares with a base.", hint: "Give it: --base REF." };
  }
  const { namedConfig, openBase } = await import("./base.ts");
  try {
    const { base, judge, config, known, policies, notes } = await openBase(
      request,
      ref,
      namedConfig(workingFolder, named),
    );
    return {
      base,
      judge,
      config,
      known,
      policies,
      scope: scope ?? config.scope ?? "new",
      paths: paths.length > 0 ? request.paths : config.paths,
      ignore: config.pathsIgnore,
      notes: [...request.notes, ...notes],
      newSuppressions: config.allowNewSuppressions,
    };
  } catch (error) {
    return { name: "mistake", message: error instanceof Error ? error.message : String(error), hint: "" };
  }
}

/** The baseline of the configuration. */
async function baselineIn({ root, config }: Request): Promise<Comparison["known"]> {
  if (config.baseline === undefined) return undefined;
  return (await import("../config/baseline.ts")).readBaseline(root, config);
}

/** Makes the fixes, says so, and gives what is found afterwards. */
async function makeFixes(options: CheckOptions): Promise<Checked> {
  const { fixAll } = await import("./fix.ts");
  const { checked, sentences } = await fixAll(options.root, () => check(options));
  for (const sentence of sentences) tell(sentence);
  return checked;
}

/** Writes the findings that there are, for the check that follows. */
async function makeBaseline(options: CheckOptions, path: string): Promise<Baseline> {
  const { entries, refused } = await (await check(options)).baseline();
  print((await import("../verdict/baseline.ts")).baselineText(entries), path);
  tell(`${quantity(entries.length, "finding")} written to ${path}.`);
  if (refused > 0) tell(`${quantity(refused, "finding")} about written-down credentials can't be in a baseline.`);
  return { path, entries };
}
