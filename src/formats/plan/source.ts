/** Which plan belongs to which root module, and the values of the module's variables in the plan. */

import { posix } from "node:path";
import type { Unit } from "../../facts/unit.ts";
import type { Place, Problem } from "../../source.ts";
import type { Document } from "../../syntax/document.ts";
import { get, type Value } from "../../syntax/value.ts";
import type { PlannedRoot, RootPlans } from "../terraform/read.ts";
import type { RootPlan } from "../terraform/root.ts";
import { filled } from "./fill.ts";
import { openPlan, readPlans } from "./read.ts";
import { configurationOf, fieldsOf } from "./tree.ts";

/** All plans of a run: those of root modules, and the others, each as its own unit. */
export interface Plans {
  readonly ofRoots: RootPlans;
  /** The units of the plans without a root module. */
  readonly alone: () => Unit[];
  /** About the plans that have one and don't count for it. */
  readonly notes: () => Problem[];
}

/**
 * `committed` are plans of a commit that is judged: they may be older than its modules, or written by hand, so no module
 * gets a value of them.
 */
export function openPlans(plans: readonly Document[], committed: ReadonlySet<Document> = new Set()): Plans {
  const made = plans.filter((plan) => !committed.has(plan));
  const used = new Set<Document>();
  const refused = new Map<string, Document>();
  return {
    ofRoots: (roots) => {
      for (const [path, plan] of plansOf([...committed], roots)) refused.set(path, plan);
      const found = plansOf(made, roots);
      for (const plan of found.values()) used.add(plan);
      return new Map([...found].map(([path, plan]) => [path, rootPlan(plan)]));
    },
    alone: () => readPlans(plans.filter((plan) => !used.has(plan))),
    notes: () => [...refused].map(([root, { file }]) => ({ path: file.path, message: notUsed(root) })),
  };
}

function notUsed(root: string): string {
  const module = root === "." ? "the module here" : root;
  return `This plan is committed, so it may be older than ${module}, which gets no value of it. Make it in a step of the workflow.`;
}

function rootPlan(document: Document): RootPlan {
  const variables = plannedVariables(document);
  return {
    variable: (name, written, at) => chosenVariable(written, variables.get(name), at),
    fill: (unit, source) => {
      const plan = openPlan(document, unit);
      return { ...plan, instances: filled(source, plan.instances) };
    },
  };
}

/**
 * The plans of root modules. A plan belongs to the module that declares everything the plan configures; of several such
 * modules, such as copies for each environment, to the one in the plan's folder. If a module has several plans, each of
 * them is its own unit.
 */
function plansOf(plans: readonly Document[], roots: readonly PlannedRoot[]): Map<string, Document> {
  const found = new Map<string, Document | null>();
  for (const plan of plans) {
    const names = configuredIn(plan.value);
    const fitting = names.length > 0 ? roots.filter(({ declares }) => names.every(declares)) : [];
    const beside = fitting.filter(({ path }) => path === posix.dirname(plan.file.path));
    const [root, more] = beside.length > 0 ? beside : fitting;
    if (root && !more) found.set(root.path, found.has(root.path) ? null : plan);
  }
  return new Map([...found].flatMap(([path, plan]) => (plan ? [[path, plan] as const] : [])));
}

/** The addresses in the root: `aws_iam_role.job`, `data.aws_vpc.main`, `module.jobs`. */
function configuredIn(plan: Value): string[] {
  const { resources, calls } = configurationOf(get(get(plan, "configuration"), "root_module"));
  return [...resources.keys(), ...[...calls.keys()].map((name) => `module.${name}`)];
}

/** The values of the root's variables, including defaults. */
function plannedVariables(plan: Document): ReadonlyMap<string, Value> {
  return new Map(
    [...fieldsOf(get(plan.value, "variables"))].flatMap(([name, variable]) => {
      const value = get(variable, "value");
      return value ? [[name, value] as const] : [];
    }),
  );
}

/** The files' value if the plan has the same; otherwise the plan's, placed at `at`. */
function chosenVariable(written: Value | undefined, planned: Value | undefined, at: Place): Value | undefined {
  if (!planned || (written && isSame(written, planned))) return written;
  return placedAt(planned, at);
}

function isSame(a: Value, b: Value): boolean {
  if (a.kind === "list" && b.kind === "list")
    return a.items.length === b.items.length && a.items.every((item, index) => isEqual(item, b.items[index]));
  if (a.kind === "object" && b.kind === "object") {
    const other = fieldsOf(b);
    return a.entries.every(({ key, value }) => isEqual(value, other.get(key)));
  }
  return "value" in a && "value" in b ? String(a.value) === String(b.value) : a.kind === b.kind;
}

function isEqual(a: Value, b: Value | undefined): boolean {
  return b === undefined ? a.kind === "null" : isSame(a, b);
}

function placedAt(value: Value, at: Place): Value {
  if (value.kind === "list") return { ...value, at, items: value.items.map((item) => placedAt(item, at)) };
  if (value.kind === "object")
    return {
      ...value,
      at,
      entries: value.entries.map((one) => ({ ...one, keyAt: at, value: placedAt(one.value, at) })),
    };
  if (value.kind !== "text") return { ...value, at };
  const { offsets: _, ...text } = value;
  return { ...text, at };
}
