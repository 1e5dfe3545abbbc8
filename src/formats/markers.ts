/**
 * The cheap test that decides which files are read at all: words without which a file can't hold a resource that is
 * checked. They are ASCII, so they are looked for in the bytes of a file taken as Latin-1, with one regular expression:
 * on typical files that is four times faster than a search for each word.
 */

const WORDS = new RegExp(
  [
    // CloudFormation: the types that are read, transforms, nested stacks, and what other stacks may import.
    "AWS::(?:Batch|IAM|SecretsManager|KMS|SSM|EC2|CloudFormation|Serverless)|Export",
    // Job definitions: keys that only they have. Bare container properties have at least one of the last two.
    "jobDefinition|ontainerProperties|nodeProperties|ecsProperties|eksProperties|vcpus|resourceRequirements",
    // IAM: policy documents, and the keys by which roles and policies are made and attached.
    "Statement|RoleName|Policy(?:Document|Arn)",
    // Secrets Manager: the keys that say what is in a secret or which versions it has.
    "Secret(?:String|Binary|List)|(?:VersionIdsTo|SecretVersionsTo)Stages",
    // Parameters, keys, VPC endpoints and the ways out of a VPC.
    "SecureString|KeyMetadata|VpcEndpoint|com\\.amazonaws\\.|NatGateways|InternetGateways|RouteTables",
    // Terraform plans and states.
    "planned_values|root_module",
  ].join("|"),
);
const ALL_WORDS = new RegExp(WORDS, "g");

/** Words that are common elsewhere too, and what must stand beside them. */
const COMPANIONS: ReadonlyMap<string, RegExp> = new Map([
  ["Statement", /Effect/],
  ["vcpus", /image/],
  ["com.amazonaws.", /ServiceName/],
  ["planned_values", /aws/],
  ["root_module", /terraform_version/],
  ["Export", /AWS::/],
]);

/** What a Terraform module must have one of to be worth reading. */
const TERRAFORM_WORDS = new RegExp(
  [
    "aws(?:cc)?_(?:batch|iam|secretsmanager|kms|ssm_parameter)",
    "aws_(?:vpc|subnet|nat_gateway|internet_gateway|route|security_group|launch_template)",
    "terraform-aws-modules/",
    "container_?[pP]roperties",
  ].join("|"),
);

/** Whether a file may hold a resource as JSON or YAML; `bytes` are its bytes as Latin-1, or its text. */
export function mayHoldResources(bytes: string): boolean {
  const first = WORDS.exec(bytes);
  if (!first) return false;
  if (isEnough(first[0], bytes)) return true;
  // Only the first of the words had no companion: another may be enough.
  const seen = new Set([first[0]]);
  for (const [word] of bytes.matchAll(ALL_WORDS)) {
    if (seen.has(word)) continue;
    if (isEnough(word, bytes)) return true;
    seen.add(word);
  }
  return false;
}

function isEnough(word: string, bytes: string): boolean {
  return COMPANIONS.get(word)?.test(bytes) ?? true;
}

/** Words without which the loss of a whole file hides neither a job, nor a secret, nor who may read it. */
const TELLING_WORDS = new RegExp(
  [
    "AWS::(?:Batch|IAM|SecretsManager|KMS|SSM|EC2::VPCEndpoint|CloudFormation::Stack|Serverless)",
    "jobDefinitionName|jobDefinitions\\b|ontainerProperties|nodeProperties|ecsProperties|eksProperties|jobRoleArn",
    "executionRoleArn|resourceRequirements",
    "secretsmanager|Secret(?:String|Binary|List)|(?:VersionIdsTo|SecretVersionsTo)Stages",
    '"(?:kms|ssm):|"(?:Not)?Action"\\s*:\\s*\\[?\\s*"\\*"|NotAction|PolicyArn|VpcEndpointId|planned_values',
  ].join("|"),
);
/** Of definitions of ECS and of jobs that run, which may have the same roles and secrets. */
const OF_OTHERS = /containerDefinitions|portMappings|"essential"|\bjobId\b/;
const OF_BATCH = /AWS::Batch|jobDefinitionName|ontainerProperties|nodeProperties|ecsProperties/;

/**
 * Whether a file of JSON or YAML that can't be parsed is to be told of, since what it may hold matters: broken fixtures, event logs and
 * templates of other things stand in many repositories.
 */
export function mattersWhenBroken(text: string): boolean {
  return TELLING_WORDS.test(text) && (OF_BATCH.test(text) || !OF_OTHERS.test(text));
}

/**
 * Whether a text is a template of Terraform's language that is no JSON before Terraform renders it: it has directives, or calls a
 * function. What it holds is read where a module renders it.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 */
export function isTerraformTemplate(text: string): boolean {
  return /%\{~?\s*(?:for|if)\s|\$\{\s*[a-z][a-z0-9_]{1,40}\(/.test(text);
}

/** What `mayHoldResources` is for JSON and YAML, for a file of Terraform, Terragrunt or OpenTofu. */
export function mayHoldTerraformResources(bytes: string): boolean {
  return TERRAFORM_WORDS.test(bytes);
}
