/**
 * Common modules of the public registry, built in for when their source is not in the files. For people, everything in
 * them is at the place of the call.
 */
import type { Place } from "../../../source.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { parseConfigurationText } from "../../../syntax/hcl/parse.ts";
import { type Block, literalString } from "../../../syntax/hcl/tree.ts";
import { type ModuleSource, moduleOf } from "../modules/source.ts";
import { batch } from "./batch.ts";
import { assumableRole, policy, role } from "./iam.ts";
import { kms, secretsManager, ssmParameter } from "./secrets.ts";
import { securityGroup } from "./security-group.ts";
import type { KnownModule } from "./table.ts";
import { vpc } from "./vpc.ts";
import { vpcEndpoints } from "./vpc-endpoints.ts";

const KNOWN: ReadonlyMap<string, KnownModule> = new Map(
  Object.entries({
    batch,
    kms,
    "secrets-manager": secretsManager,
    "security-group": securityGroup,
    "ssm-parameter": ssmParameter,
    vpc,
    "vpc//modules/vpc-endpoints": vpcEndpoints,
    "iam//modules/iam-role": role,
    "iam//modules/iam-assumable-role": assumableRole,
    "iam//modules/iam-policy": policy,
  }),
);

/**
 * The module and its folder in sources such as `terraform-aws-modules/iam/aws//modules/iam-role` and
 * `git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.0.0`.
 */
const REGISTRY =
  /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?terraform-aws-modules\/([a-z-]+)\/aws(\/\/[\w/-]+)?$/;
const REPOSITORY =
  /^(?:git::)?(?:https:\/\/|ssh:\/\/git@|git@)?github\.com[/:]terraform-aws-modules\/terraform-aws-([a-z-]+?)(?:\.git)?(\/\/[\w/-]+)?(?:\?(?:.*&)?ref=v?(\d+)(?!\d).*)?$/s;

const META = new Set(["source", "version", "providers", "count", "for_each", "depends_on"]);

/**
 * The built-in module of a call; undefined when there is none, or the call has inputs with unknown meaning.
 * `call` is the block of the call, `at` the place of everything in the module.
 */
export function knownModule(call: Block, at: Place): ModuleSource | undefined {
  const text = (name: string): string | undefined => {
    const given = attributeOf(call.body, name);
    return given && literalString(given.value);
  };
  const source = text("source")?.trim() ?? "";
  const [, name = "", folder = "", ref] = REGISTRY.exec(source) ?? REPOSITORY.exec(source) ?? [];
  const known = KNOWN.get(`${name}${folder}`);
  if (!known) return undefined;
  const inputs = new Set([...Object.keys(known.inputs), ...known.ignored]);
  const other = call.body.attributes.some((attribute) => !META.has(attribute.name) && !inputs.has(attribute.name));
  if (known.strict && other) return undefined;
  const value = configurationOf(known, ref ?? majorOf(text("version")));
  const { tree } = parseConfigurationText({ kind: "text", value, at });
  return moduleOf(".", [tree], []);
}

/** The major version of a constraint that allows only one: `5.1.0`, `= 5.1.0`, `~> 5.1`. */
function majorOf(constraint: string | undefined): string | undefined {
  return /^\s*(?:~>\s*(?=\d+\.)|(?:=\s*)?(?=\d))(\d+)/.exec(constraint ?? "")?.[1];
}

function configurationOf({ inputs, ignored, blocks }: KnownModule, major: string | undefined): string {
  const variables = [...Object.entries(inputs), ...ignored.map((name) => [name, "null"] as const)].map(
    ([name, value]) => `variable "${name}" {\n  default = ${value}\n}\n`,
  );
  return `${variables.join("")}locals {\n  major = ${major ?? "null"}\n}\n${blocks}`;
}
