import type { Tags } from "../../../facts/located.ts";
import { entry } from "../../../syntax/value.ts";
import { NO_TAGS, toTags } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";

/**
 * The tags of a resource and of its provider, `default_tags`:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block
 */
export function tagsOf(instance: Instance): Tags {
  if (instance.mode === "data" || ignored(instance, "tags") || ignored(instance, "tags_all")) return NO_TAGS;
  const own = toTags(argument(instance, "tags"));
  const provider = instance.deployment?.();
  const usual = provider?.tags ? toTags(provider.tags()) : NO_TAGS;
  const taken = new Set(own.given.map(({ key }) => key));
  const more = own.complete ? usual.given.filter(({ key }) => !taken.has(key)) : [];
  return { given: [...own.given, ...more], complete: own.complete && usual.complete };
}

/** Whether the module says that something else writes the value: the value in the files is then a placeholder. */
export function ignored(instance: Instance, attribute: string): boolean {
  return blocks(instance, "lifecycle").some((block) => {
    const changes = entry(block, "ignore_changes")?.value;
    const names = changes?.kind === "list" ? changes.items : changes ? [changes] : [];
    return names.some((name) => name.kind !== "text" || name.value === attribute || name.value === "all");
  });
}
