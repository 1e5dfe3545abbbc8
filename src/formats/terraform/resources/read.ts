import { joined, noResources, type Resources } from "../../../facts/resources.ts";
import { readAs } from "../cloud-control.ts";
import type { Instance } from "../instance.ts";
import { batch } from "./batch.ts";
import type { Reader } from "./declared.ts";
import { iam } from "./iam.ts";
import { JOINED_TYPES, joinedNetworks, networks } from "./network.ts";
import { provisioned, receivers } from "./receivers.ts";
import { secrets } from "./secrets.ts";

const READERS: ReadonlyMap<string, Reader> = new Map(
  Object.entries({ ...batch, ...iam, ...secrets, ...networks, ...receivers }),
);

/** Whether a type (`aws_iam_role`, `data.aws_vpc`) is read, even if nothing refers to it. */
export function isRead(type: string): boolean {
  const read = readAs(type);
  return READERS.has(read) || JOINED_TYPES.has(read);
}

export function readResources(instances: readonly Instance[]): Resources {
  const parts = instances.flatMap((instance) => [
    READERS.get(instance.mode === "data" ? `data.${instance.type}` : instance.type)?.(instance),
    provisioned(instance),
  ]);
  return joined(noResources, [...parts.filter((part) => part !== undefined), joinedNetworks(instances)]);
}
