import type { Tags } from "../../../facts/located.ts";
import { toTags } from "../../read.ts";
import type { Reading } from "./reading.ts";

/**
 * The tags of a resource. It may have more, since those of its stack are added:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-add-tags.html
 */
export function tagsOf(reading: Reading): Tags {
  return { ...toTags(reading.property("Tags")), complete: false };
}
