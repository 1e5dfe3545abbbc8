/**
 * What a stack hands to something that is not read: a nested stack or a module whose template is not at hand, a custom
 * resource, a macro, which may change all of the template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
 */
import type { Cause } from "../../facts/causes.ts";
import type { HandedResource } from "../../facts/resources.ts";
import { knownOf } from "../../facts/text.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { makesJobs } from "../job-calls.ts";
import { handedIn } from "../read.ts";
import { existence } from "./condition.ts";
import { pathOutside } from "./nested.ts";
import type { Found } from "./resources/reading.ts";
import type { Scope } from "./scope.ts";
import type { Declaration } from "./template.ts";

/** Types of AWS that hold other stacks, or run somebody's code. */
const UNREAD: ReadonlyMap<string, Cause["kind"]> = new Map([
  ["AWS::CloudFormation::CustomResource", "custom-resource"],
  ["AWS::CloudFormation::Stack", "nested-stack"],
  ["AWS::CloudFormation::StackSet", "nested-stack"],
  ["AWS::Serverless::Application", "nested-stack"],
]);

function kindOf(type: string): Cause["kind"] | undefined {
  if (type.endsWith("::MODULE")) return "module";
  return /^(?:AWS|Alexa)::/.test(type) ? UNREAD.get(type) : "custom-resource";
}

/** All that is handed on in a stack. `isOpen` says whether the template of a nested one is at hand; `found` is read. */
export function handedBy(scope: Scope, found: Found, isOpen: (nested: Declaration) => boolean): HandedResource[] {
  const { macro } = scope.template;
  const changed: HandedResource[] = macro
    ? [
        {
          cause: { kind: "macro", name: macro.name, unit: scope.unit },
          at: macro.at,
          texts: namesOf(found),
          ...includedJobs(macro.parameters),
        },
      ]
    : [];
  const given = [...scope.resources().values()].flatMap((resource): HandedResource[] => {
    const kind = kindOf(resource.type);
    if (kind === undefined || existence(scope, resource).made === "no" || isOpen(resource)) return [];
    const { condition, body, logicalId, keyAt } = resource;
    const outside = pathOutside(scope, resource);
    const inside = condition === undefined ? scope : scope.assuming(condition, true);
    const written = get(body, "Properties");
    const value = written && inside.evaluate(written);
    if (value?.kind !== "object") return [];
    return [
      {
        cause: { kind, name: scope.prefix + logicalId, unit: scope.unit },
        at: keyAt,
        texts: handedIn(value.entries.filter(({ key }) => key !== "ServiceToken")),
        ...(kind === "custom-resource" ? registeredJobs(resource) : jobsOf(resource, value)),
        ...(outside !== undefined && { outside }),
      },
    ];
  });
  return [...changed, ...given];
}

/** Whether a nested stack or a module makes jobs, by its template or type and its parameters. */
function jobsOf({ logicalId, type }: Declaration, properties: ObjectValue): Pick<HandedResource, "jobs"> {
  const url = get(properties, "TemplateURL");
  const parameters = get(properties, "Parameters") ?? properties;
  const given = parameters.kind === "object" ? parameters.entries.map(({ key }) => snakeCase(key)) : [];
  const source = url?.kind === "text" ? knownOf(url.value) : type;
  const jobs = makesJobs({ name: logicalId, source, given, all: given });
  return jobs ? { jobs } : {};
}

/** Whether a part of a template that is included from elsewhere has jobs, as its name says. */
function includedJobs(parameters: Value | undefined): Pick<HandedResource, "jobs"> {
  const location = get(parameters, "Location");
  const jobs = location?.kind === "text" && makesJobs({ source: location.value, given: [], all: [] });
  return jobs ? { jobs } : {};
}

/**
 * Whether a custom resource registers jobs: one of the CDK that calls AWS, or one that gets what a container has.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
function registeredJobs({ body: { at } }: Declaration): Pick<HandedResource, "jobs"> {
  const written = at.file.text.slice(at.start, at.end);
  return /registerJobDefinition|(?:container|node|ecs|eks)Properties/i.test(written) ? { jobs: "surely" } : {};
}

/** A name as modules of Terraform would write it. */
function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}

function namesOf({ roles, secrets, keys, networks, security_groups }: Found): string[] {
  return [
    ...[...roles, ...secrets, ...keys].map(({ arn }) => arn.value),
    ...networks.map(({ vpc }) => vpc.value),
    ...security_groups.map(({ group }) => group.value),
  ];
}
