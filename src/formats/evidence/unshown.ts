/** What calls that list things leave open when they are refused: what was asked for is there, and not seen. */
import type { Cause } from "../../facts/causes.ts";
import type { Text, Unseen } from "../../facts/located.ts";
import { hole } from "../../facts/text.ts";
import type { ObjectValue } from "../../syntax/value.ts";
import { inVersion } from "../raw/environments.ts";
import { type Found, type FoundResource, resource } from "../raw/found.ts";
import { textOf, textsOf } from "../raw/keys.ts";
import type { Call } from "./asked.ts";

type Unshown = (input: ObjectValue, cause: Cause) => readonly Found[];

function unseen(part: string, cause: Cause, { at }: ObjectValue): readonly Unseen[] {
  return [{ part, cause, at }];
}

/** A thing for each id that was asked for. */
function each(key: string, make: (id: Text, cause: Cause, input: ObjectValue) => FoundResource): Unshown {
  return (input, cause) => textsOf(input, key).map((id) => make(id, cause, input));
}

const template: Unshown = (input, cause) => {
  const plain = ["LaunchTemplateId", "LaunchTemplateName"].flatMap((key) => textOf(input, key) ?? []);
  const versions = textsOf(input, "Versions").map((one) => one.value);
  const names = plain.flatMap((name) => [name, ...versions.map((version) => inVersion(name, version))]);
  const hidden = { image: null, user_data: null, agent: null, security_groups: null };
  const made = () => ({ names, ...hidden, unseen: unseen("launch template", cause, input) });
  return names[0] ? [resource("launch_templates", input, names[0], made)] : [];
};

/** The environments of a Region that nobody may see: there may be any. */
const environments: Unshown = (input, cause) => [
  resource("compute_environments", input, null, () => ({
    unseen: unseen("computeResources", cause, input),
    names: [],
    type: null,
    managed: null,
    on_eks: false,
    subnets: [],
    security_groups: null,
    image: null,
    configurations: [],
    instance_role: null,
    launch_template: null,
    overrides: [],
  })),
];

const UNSHOWN: ReadonlyMap<string, Unshown> = new Map<string, Unshown>([
  ["batch DescribeComputeEnvironments", environments],
  [
    "batch DescribeJobQueues",
    (input, cause) => [
      resource("job_queues", input, null, () => ({ environments: [], unseen: unseen("queues", cause, input) })),
    ],
  ],
  [
    "ec2 DescribeSubnets",
    each("SubnetIds", (subnet, cause, input) => {
      const hidden = { vpc: null, cidr: null, public_ip: null };
      const made = () => ({ subnet, ...hidden, declared: true, unseen: unseen("VPC", cause, input) });
      return resource("subnets", input, subnet, made);
    }),
  ],
  [
    "ec2 DescribeSecurityGroups",
    each("GroupIds", (group, cause, input) => {
      const made = () => ({ group, vpc: null, ingress: [], egress: [], unseen: unseen("rules", cause, input) });
      return resource("security_groups", input, group, made);
    }),
  ],
  ["ec2 DescribeLaunchTemplateVersions", template],
  [
    "ec2 DescribeImages",
    each("ImageIds", (image, cause, input) => {
      const words = `the name of ${image.value}`;
      const name = { value: hole(words, "wide", { words, cause }), at: image.at };
      return resource("machine_images", input, image, () => ({ image, name }));
    }),
  ],
]);

/** What a refused list was about. */
export function unshown({ call, input }: Call, cause: Cause): readonly Found[] {
  return UNSHOWN.get(call)?.(input, cause) ?? [];
}

/** What an account tells of a secret or parameter, with its key unknown that only an alias names which is not listed. */
export function withoutAliases(found: Found, listed: ReadonlySet<string | null>, cause: Cause): Found {
  const hidden = ({ value, at }: Text): Text => {
    const isHidden = ALIAS.test(value) && !listed.has(value);
    return { value: isHidden ? hole(value, "wide", { words: value, cause }) : value, at };
  };
  if (found.about === "secret") return { ...found, key: found.key && hidden(found.key) };
  if (found.about !== "resource" || found.kind !== "parameters") return found;
  return {
    ...found,
    build: (identity) => {
      const made = found.build(identity);
      return { ...made, key_reference: made.key_reference && hidden(made.key_reference) };
    },
  };
}

/** Aliases of AWS mean AWS's own keys, of which nothing has to be listed. */
const ALIAS = /^alias\/(?!aws\/)/;
