/**
 * Plans and states of Terraform and OpenTofu as JSON: one unit each, with everything that is known of its resources.
 * Values that are known only after apply are unknown, except names and ARNs of other resources.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */

import type { Deployment } from "../../facts/arn.ts";
import type { Unit } from "../../facts/unit.ts";
import type { Place, Problem, SourceFile } from "../../source.ts";
import type { Document } from "../../syntax/document.ts";
import { get, plainText, type Value } from "../../syntax/value.ts";
import { REGISTERS, unreadJob } from "../job-calls.ts";
import { writeRaw } from "../raw/write.ts";
import { keepResources, tooManyResources } from "../size.ts";
import type { Instance } from "../terraform/instance.ts";
import { faultsOf } from "../terraform/resources/faults.ts";
import { readResources } from "../terraform/resources/read.ts";
import { sensitivePlaces } from "../terraform/resources/sensitive.ts";
import { spellingsOf } from "../terraform/resources/spellings.ts";
import { isTrue } from "./complete.ts";
import { deploymentOf, whole } from "./deployment.ts";
import { hiddenPlaces, secretTexts } from "./hidden.ts";
import { instancesOf } from "./instances.ts";
import { configurationOf, listOf, type PlannedResource, resourcesIn } from "./tree.ts";

/** A plan before it becomes a unit, to be completed with the source of its root module. */
export interface Plan {
  readonly unit: string;
  readonly instances: readonly Instance[];
  readonly sensitive: readonly Place[];
  readonly problems: readonly Problem[];
}

export function readPlans(documents: readonly Document[]): Unit[] {
  return documents.map((document) => {
    const deployment = deploymentOf(document.value, allResources(document.value));
    const { unit, instances, sensitive, problems } = openPlan(document, document.file.path, deployment);
    const faults = faultsOf(instances);
    return {
      id: unit,
      format: "plan",
      ...(deployment && { deployment }),
      write: writeRaw,
      resources: readResources(instances),
      spellings: spellingsOf(instances),
      problems: [...problems, ...faults.problems],
      notes: [...faults.notes, ...commandsIn(document.file)],
      sensitive: [...sensitive, ...sensitivePlaces(instances)],
    };
  });
}

/** A note when a command of a plan makes a job: of a provisioner, or of a resource that runs one. */
function commandsIn({ path, text }: SourceFile): readonly Problem[] {
  return REGISTERS.test(text) ? [unreadJob(path, "aws batch register-job-definition")] : [];
}

/**
 * Reads a plan or state. `unit` makes the keys of its unknown values unique; `deployment` is where its resources are
 * deployed.
 */
export function openPlan({ file, value }: Document, unit: string, deployment?: Partial<Deployment>): Plan {
  const configuration = get(value, "configuration");
  const configured = configuration && configurationOf(get(configuration, "root_module"));
  const all = allResources(value);
  const fits = keepResources(all.length);
  const resources = fits ? all : [];
  return {
    unit,
    instances: instancesOf({
      unit,
      resources,
      unknown: unknownValues(value),
      configuration: configured,
      ...(deployment && { deployment: whole(deployment) }),
      isSecret: secretTexts(value, resources, configured),
    }),
    sensitive: hiddenPlaces(value, resources),
    problems: [
      ...problemsOf(value).map((message) => ({ path: file.path, message })),
      ...(fits ? [] : [tooManyResources(file)]),
    ],
  };
}

/** The planned resources, and the data sources that were read for them, which are in the prior state. */
function allResources(plan: Value): PlannedResource[] {
  const planned = [get(plan, "planned_values"), get(plan, "values")].flatMap((values) =>
    resourcesIn(get(values, "root_module")),
  );
  const known = new Set(planned.map(({ address }) => address));
  const before = resourcesIn(get(get(get(plan, "prior_state"), "values"), "root_module"));
  return [...planned, ...before.filter(({ mode, address }) => mode === "data" && !known.has(address))];
}

/** `after_unknown` of each change; changes of deposed objects don't concern the planned resource. */
function unknownValues(plan: Value): Map<string, Value> {
  return new Map(
    listOf(get(plan, "resource_changes")).flatMap((change) => {
      const address = plainText(get(change, "address"));
      const unknown = get(get(change, "change"), "after_unknown");
      return address !== undefined && unknown && !get(change, "deposed") ? [[address, unknown] as const] : [];
    }),
  );
}

/** The major versions of the format that are supported. */
const KNOWN_VERSION = /^[01]\./;

function problemsOf(plan: Value): string[] {
  const version = plainText(get(plan, "format_version")) ?? "";
  return [
    ...(KNOWN_VERSION.test(version)
      ? []
      : [`The plan has the format version ${version}; versions 0 and 1 are supported.`]),
    ...(isTrue(get(plan, "errored")) ? ["The plan stopped at an error, so it is incomplete."] : []),
  ];
}
