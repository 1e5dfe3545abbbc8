/** The instances of a plan: known values, unknown values, and what the unknown ones refer to. */
import type { Deployment } from "../../facts/arn.ts";
import { groupBy } from "../../maps.ts";
import { get, type Value } from "../../syntax/value.ts";
import { asProviderAws, readAs } from "../terraform/cloud-control.ts";
import { argument, type Instance } from "../terraform/instance.ts";
import { renderPolicyDocument } from "../terraform/modules/policy-document.ts";
import { unreadOf } from "../terraform/unknowns.ts";
import { prefixOf } from "./address.ts";
import { completed } from "./complete.ts";
import { type Country, configured, follow } from "./follow.ts";
import { linkOf, referencesOf } from "./links.ts";
import { withProvisioners } from "./provisioners.ts";
import type { ModuleConfiguration, PlannedResource } from "./tree.ts";

export interface PlanParts {
  readonly unit: string;
  readonly resources: readonly PlannedResource[];
  readonly unknown: ReadonlyMap<string, Value>;
  /** Undefined for a state, in which everything is known. */
  readonly configuration: ModuleConfiguration | undefined;
  /** Whether a string in a marked document is sensitive. */
  readonly isSecret: (text: string) => boolean;
  readonly deployment?: Deployment;
}

/** Resources that refer to each other in a chain are made recursively. No real plan has longer chains. */
const MAX_CHAIN = 100;

export function instancesOf(parts: PlanParts): Instance[] {
  const byAddress = new Map(parts.resources.map((resource) => [resource.address, resource]));
  const made = new Map<string, Instance | "open">();
  let chain = 0;
  /** The instance of an address; undefined when it is not in the plan, refers to itself, or the chain is too long. */
  const instance = (address: string): Instance | undefined => {
    const known = made.get(address);
    const resource = byAddress.get(address);
    if (known || !resource) return known === "open" ? undefined : known;
    if (chain >= MAX_CHAIN) return undefined;
    made.set(address, "open");
    chain++;
    const found = makeInstance(resource, parts, country);
    chain--;
    made.set(address, found);
    return found;
  };
  const country: Country = {
    configuration: parts.configuration,
    byBlock: groupBy(parts.resources, ({ position }) => prefixOf(position.modules) + position.resource),
    instance,
  };
  return [...byAddress.keys()].flatMap((address) => instance(address) ?? []);
}

function makeInstance(resource: PlannedResource, parts: PlanParts, country: Country): Instance {
  const { unit, unknown, isSecret, deployment } = parts;
  const { address, mode, type, position, at } = resource;
  const module = configured(country, position.modules);
  const expressions = module?.resources.get(position.resource);
  const prefix = prefixOf(position.modules);
  const unread = unreadOf({ address, unit, mode, type: readAs(type), prefix });
  const value = completed(resource.values, unknown.get(address), resource.sensitive, expressions, {
    at,
    unknown: (path) => unread(path, at),
    named: (attribute, expression) => {
      const link = linkOf(attribute);
      return link && follow(country, referencesOf(expression), position, link);
    },
    isSecret,
  });
  const described = asProviderAws({
    ...{ mode, type, prefix, address, unit, value, at, maybe: null },
    isGiven: (name) => get(expressions, name) !== undefined,
    ...(deployment && { deployment: () => deployment }),
  });
  const made = withProvisioners(described, module?.provisioners.get(position.resource) ?? [], position, country);
  const unrendered = type === "aws_iam_policy_document" && argument(made, "json")?.kind !== "text";
  return unrendered ? { ...made, value: renderPolicyDocument(made) } : made;
}
