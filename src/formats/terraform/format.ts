/** Terraform, OpenTofu and Terragrunt: modules, which are read from the folder, and plans and states as JSON. */
import { TEMPLATE_ENDINGS } from "../../sources/names.ts";
import { openWorkspace } from "../../sources/workspace.ts";
import type { Document } from "../../syntax/document.ts";
import type { Format, Run } from "../format.ts";
import { isPlan } from "../plan/recognise.ts";
import type { Plans } from "../plan/source.ts";

const hasModules = ({ paths, config }: Run): boolean => paths.length > 0 || config.varFiles.length > 0;

const hasTofu = ({ paths }: Run): boolean => paths.some((path) => /\.tofu\b/.test(path));

/** Files of other formats with jobs, which may name what a root module declares. */
const HAS_JOBS = /AWS::Batch::JobDefinition|[cC]ontainerProperties|nodeProperties|ecsProperties/;

export const terraform: Format = {
  name: "terraform",
  kinds: [
    { name: "terraform", title: "Terraform", ending: /\.(?:tf|terraform)$/ },
    { name: "plan", title: "Terraform plan", ending: /\.plan\.json$/ },
  ],
  words: [
    { word: "planned_values", beside: "aws" },
    { word: "root_module", beside: "terraform_version" },
    // A state and the log of a plan, which are not read.
    { word: "aws_batch_job_definition", beside: '"lineage"|"@message"' },
  ],
  telling: "planned_values",
  recognises: isPlan,
  starts: hasModules,
  renders: ({ path, text }, run) => isTerraformTemplate(text) && isMentioned(path, run),
  open: async (run) => {
    const plans: Document[] = [];
    return {
      add: (documents) => plans.push(...documents),
      read: async () => {
        const opened = plans.length > 0 ? await openPlans(plans, run) : undefined;
        if (!hasModules(run)) return { units: opened?.alone() ?? [] };
        // The evaluator is loaded only where there are modules.
        const { readTerraform } = await import("./read.ts");
        const documents = run.files.flatMap(({ text }) => (HAS_JOBS.test(text) ? [text] : []));
        const options = {
          varFiles: run.config.varFiles,
          deployments: run.deployments,
          documents,
          purses: run.purses,
          history: run.history,
          ...(opened && { plans: opened.ofRoots }),
        };
        const workspace = openWorkspace(run.tree);
        const tools = hasTofu(run) ? (await import("./tools.ts")).toolsOf(run.paths) : undefined;
        const { units, rendered, ...read } = await readTerraform(workspace, run.paths, {
          ...options,
          tool: tools?.tofu,
        });
        const notes = [...(read.notes ?? []), ...(opened?.notes() ?? [])];
        const all = { ...read, notes, units: [...units, ...(opened?.alone() ?? [])], taken: rendered };
        if (!tools) return all;
        const { pathsWithoutTofu, withoutTofu } = await import("./tools.ts");
        const paths = pathsWithoutTofu(run.paths);
        const { varFiles, deployments, purses, history } = options;
        const others = { varFiles, deployments, documents, purses, history, tool: tools.terraform };
        const other = await readTerraform(withoutTofu(workspace), paths, others);
        const known = new Set(all.files.map(({ path }) => path));
        return {
          ...all,
          units: [...all.units, ...other.units],
          files: [...all.files, ...other.files.filter(({ path }) => !known.has(path))],
          problems: [...all.problems, ...other.problems],
          taken: new Set([...rendered, ...other.rendered]),
        };
      },
    };
  },
};

async function openPlans(plans: readonly Document[], { history }: Run): Promise<Plans> {
  const committed = new Set<Document>();
  for (const plan of plans) if (await history.isCommitted(plan.file.path)) committed.add(plan);
  return (await import("../plan/source.ts")).openPlans(plans, committed);
}

/**
 * The names of documents and templates in the files of Terraform of a run, by their ends where they are put together.
 */
const mentions = new WeakMap<Run, readonly string[]>();
const NAME = new RegExp(
  `(?<![^\\s"'/\\\\{}*])[^\\s"'/\\\\{}*]*\\.(?:jsonc?|ya?ml|tftpl|${TEMPLATE_ENDINGS})\\b[\\w.]*`,
  "gi",
);

/** Whether a file of Terraform names a file: one that none names is rendered by nothing. */
function isMentioned(path: string, run: Run): boolean {
  const known = mentions.get(run) ?? namesIn(run);
  mentions.set(run, known);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return known.some((one) => (one.startsWith(".") ? name.endsWith(one) : name === one));
}

function namesIn({ tree, paths }: Run): readonly string[] {
  const names = new Set<string>();
  const workspace = openWorkspace(tree);
  for (const path of paths) {
    workspace.skim(path, (text) => {
      for (const [name] of text.matchAll(NAME)) names.add(name);
    });
  }
  return [...names];
}

/**
 * Whether a string is a template of Terraform's language that is no JSON before Terraform renders it: it has
 * directives, or calls a function. What it holds is read where a module renders it.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 */
function isTerraformTemplate(text: string): boolean {
  return /%\{~?\s*(?:for|if)\s|\$\{\s*[a-z][a-z0-9_]{1,40}\(/.test(text);
}
