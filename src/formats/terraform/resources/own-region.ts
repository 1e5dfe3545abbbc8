/**
 * The Region of a root module: the Region of its provider is the value of `data.aws_region` and is in the ARNs of its
 * resources.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs#region
 */
import { inRegion } from "../../../facts/arn.ts";
import type { Statement, Text } from "../../../facts/located.ts";
import type { Resources } from "../../../facts/resources.ts";
import { REGION } from "../../../facts/text.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { toText } from "../../read.ts";
import type { Module } from "../modules/frame.ts";
import type { Loaded } from "../modules/load.ts";
import { isRead } from "./read.ts";

/**
 * The Region of all resources that are read, where it is not known but has a name; undefined when it is not given, or
 * some of them may have another one. A known Region is in the ARNs of the resources already.
 */
export function ownRegion(module: Module, loaded: Loaded): string | undefined {
  const given = module.region();
  const region = given && toText(given)?.value;
  return region === undefined || inRegion(region) || hasOtherRegions(loaded) ? undefined : region;
}

/** Whether a resource or a called module names a provider, or a Region, of its own. */
function hasOtherRegions({ source, calls }: Loaded): boolean {
  const declared = [
    ...[...source.resources.values()].filter(({ labels }) => isRead(labels[0]?.name ?? "")),
    ...[...source.data.values()].filter(({ labels }) => isRead(`data.${labels[0]?.name}`)),
  ];
  if (declared.some(({ body }) => attributeOf(body, "provider") || attributeOf(body, "region"))) return true;
  if ([...source.calls.values()].some(({ body }) => attributeOf(body, "providers"))) return true;
  return [...calls.values()].some((called) => called.source.providers.has("aws") || hasOtherRegions(called));
}

/** A policy's resources with the Region written either way: a statement grants what any of its patterns matches. */
export function withOwnRegion(resources: Resources, region: string | undefined): Resources {
  if (region === undefined || region === REGION) return resources;
  const policies = resources.policies.map((policy) => ({
    ...policy,
    statements: policy.statements.map((statement) => written(statement, region)),
  }));
  return { ...resources, policies };
}

function written(statement: Statement, region: string): Statement {
  const more = statement.resources?.flatMap((text) => otherwise(text, region)) ?? [];
  return more.length === 0 ? statement : { ...statement, resources: [...(statement.resources ?? []), ...more] };
}

function otherwise({ value, at }: Text, region: string): Text[] {
  const [, before, field, after] = /^(arn:[^:]*:[^:]*:)([^:]*)(:.*)$/s.exec(value) ?? [];
  const other = field === region ? REGION : field === REGION ? region : undefined;
  return other === undefined ? [] : [{ value: `${before}${other}${after}`, at }];
}
