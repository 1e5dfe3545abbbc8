/** What a raw document holds: the first shape that fits, by its content and never by its name. */
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import type { Value } from "../../syntax/value.ts";
import { recogniseEnvironments, recogniseImages, recogniseQueues, recogniseTemplates } from "./environments.ts";
import type { Found, Recogniser } from "./found.ts";
import { nestedJobs, recogniseJobs } from "./jobs.ts";
import { recogniseAlias, recogniseGrant, recogniseKey } from "./kms.ts";
import {
  recogniseAcls,
  recogniseEndpoints,
  recogniseGateways,
  recogniseGroups,
  recogniseSubnets,
  recogniseVpcAttribute,
  recogniseVpcs,
  recogniseZones,
} from "./network.ts";
import {
  recogniseBarePolicy,
  recogniseKeyPolicy,
  recogniseManagedPolicy,
  recogniseNamedPolicy,
  recogniseNestedPolicies,
  recogniseSecretPolicy,
} from "./policies.ts";
import {
  recogniseAccount,
  recogniseAttachment,
  recogniseBoundary,
  recogniseRole,
  recogniseRoleLists,
  recogniseWrappedRoles,
} from "./roles.ts";
import { recogniseParameter, recogniseSecret } from "./secrets.ts";

/** In order: a shape that occurs inside another, such as a policy in the request for an endpoint, comes after it. */
const RECOGNISERS: readonly Recogniser[] = [
  recogniseJobs,
  recogniseEndpoints,
  recogniseBarePolicy,
  recogniseAccount,
  recogniseRoleLists,
  recogniseWrappedRoles,
  recogniseRole,
  recogniseManagedPolicy,
  recogniseNamedPolicy,
  recogniseAttachment,
  recogniseBoundary,
  recogniseSecretPolicy,
  recogniseKey,
  recogniseKeyPolicy,
  recogniseAlias,
  recogniseGrant,
  recogniseSecret,
  recogniseParameter,
  recogniseVpcs,
  recogniseVpcAttribute,
  recogniseGateways,
  recogniseSubnets,
  recogniseGroups,
  recogniseAcls,
  recogniseZones,
  recogniseEnvironments,
  recogniseQueues,
  recogniseTemplates,
  recogniseImages,
  (value) => [...nestedJobs(value), ...recogniseNestedPolicies(value)],
];

/** Everything recognised in a document; of a list, in each of its items. Placeholders must be holes already. */
export function recognise(value: Value): readonly Found[] {
  if (value.kind === "list") {
    return value.items.flatMap((item) => {
      const inner = item.kind === "text" ? parseEmbeddedJson(item) : item;
      if (inner?.kind === "list") return recognise(inner);
      return inner?.kind === "object" ? recogniseOne(inner) : [];
    });
  }
  return recogniseOne(value);
}

function recogniseOne(value: Value): readonly Found[] {
  for (const recogniser of RECOGNISERS) {
    const found = recogniser(value);
    if (found.length > 0) return found;
  }
  return [];
}
