/** Parameters that surely have no colon, since a name that AWS takes is made of them. */
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { partsOf } from "./functions/texts.ts";
import { declarationOf } from "./template.ts";

/** Properties that are names or ids: none of them takes a colon. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["AWS::Batch::ComputeEnvironment", ["ComputeEnvironmentName"]],
  ["AWS::Batch::JobDefinition", ["JobDefinitionName"]],
  ["AWS::Batch::JobQueue", ["JobQueueName"]],
  ["AWS::EC2::SecurityGroup", ["VpcId"]],
  ["AWS::EC2::Subnet", ["VpcId"]],
  ["AWS::EC2::VPCEndpoint", ["VpcId"]],
  ["AWS::ECR::Repository", ["RepositoryName"]],
  ["AWS::IAM::InstanceProfile", ["InstanceProfileName"]],
  ["AWS::IAM::ManagedPolicy", ["ManagedPolicyName"]],
  ["AWS::IAM::Policy", ["PolicyName"]],
  ["AWS::IAM::Role", ["RoleName"]],
  ["AWS::Logs::LogGroup", ["LogGroupName"]],
  ["AWS::S3::Bucket", ["BucketName"]],
  ["AWS::SecretsManager::Secret", ["Name"]],
  ["AWS::SSM::Parameter", ["Name"]],
]);

/** The names of the parameters, and of resources, that are in such a name of a resource that is always made. */
export function namesInNames(resources: ObjectValue): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { key, keyAt, value } of resources.entries) {
    const declaration = declarationOf(key, keyAt, value);
    if (declaration === undefined || declaration.condition !== undefined) continue;
    for (const property of NAMES.get(declaration.type) ?? []) {
      const written = get(get(value, "Properties"), property);
      if (written) for (const name of referencesIn(written)) names.add(name);
    }
  }
  return names;
}

/** The names of what a string is surely made of: through `Ref`, `Fn::Sub` and `Fn::Join`. */
export function referencesIn(value: Value): readonly string[] {
  const [only, ...more] = value.kind === "object" ? value.entries : [];
  if (only === undefined || more.length > 0) return [];
  const { key, value: argument } = only;
  if (key === "Ref") return argument.kind === "text" ? [argument.value] : [];
  if (key === "Fn::Sub") {
    const [template, variables] = argument.kind === "list" ? argument.items : [argument];
    if (template?.kind !== "text") return [];
    return partsOf(template.value).flatMap(({ variable, text }) => {
      const own = get(variables, text);
      return own ? referencesIn(own) : variable ? [text] : [];
    });
  }
  if (key === "Fn::Join" && argument.kind === "list") {
    const list = argument.items[1];
    return list?.kind === "list" ? list.items.flatMap(referencesIn) : [];
  }
  return [];
}
