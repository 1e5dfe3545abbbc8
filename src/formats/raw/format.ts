/** Raw files: input and output of the AWS CLI, and IAM policy documents, as JSON or YAML. */
import type { Format } from "../format.ts";
import { CALL_WORDS } from "../scripts/operations.ts";

export const raw: Format = {
  name: "raw",
  kinds: [{ name: "raw", title: "Raw files", ending: /\.(?:json|raw)$/ }],
  words: [
    // Job definitions: keys that only they have. Bare container properties have at least one of the last two.
    { word: "jobDefinition|ontainerProperties|nodeProperties|ecsProperties|eksProperties|resourceRequirements" },
    { word: "vcpus", beside: "image" },
    // IAM: policy documents, and the keys by which roles and policies are made and attached.
    { word: "Statement", beside: "Effect" },
    { word: "RoleName|Policy(?:Document|Arn)|AttachedPolicies|PolicyNames|DefaultVersionId" },
    // Secrets Manager: the keys that say what is in a secret or which versions it has.
    { word: "Secret(?:String|Binary|List|Values)|(?:VersionIdsTo|SecretVersionsTo)Stages" },
    { word: "Versions|LastChangedDate|Rotation(?:Enabled|Rules)|Delet(?:ed|ion)Date", beside: "secretsmanager" },
    // Parameters, keys, VPC endpoints and the ways out of a VPC.
    {
      word: "SecureString|InvalidParameters|KeyMetadata|TargetKeyId|GranteePrincipal|VpcEndpoint|NatGateways|InternetGateways|RouteTables|NetworkAcls|HostedZone",
    },
    // What else is needed to see where jobs run.
    { word: "IpPermissions|MapPublicIpOnLaunch|EnableDns(?:Support|Hostnames)|computeEnvironment(?:Name|Order)" },
    { word: "com\\.amazonaws\\.", beside: "ServiceName" },
    // Scripts that call the AWS CLI.
    { word: CALL_WORDS, beside: "aws" },
    // Programs in workflows.
    {
      word: "batch_job_definition\\b|register_job_definition|Register-BATJobDefinition|RegisterJobDefinition(?:Command|Request)",
    },
    // Where jobs run.
    { word: "computeEnvironmentName|computeEnvironmentOrder" },
    { word: "LaunchTemplateData", beside: "UserData|ImageId" },
    { word: "ImageId", beside: '"Images"' },
  ],
  telling: [
    "jobDefinitionName|jobDefinitions\\b|ontainerProperties|nodeProperties|ecsProperties|eksProperties|jobRoleArn",
    "executionRoleArn|resourceRequirements",
    "secretsmanager|Secret(?:String|Binary|List)|(?:VersionIdsTo|SecretVersionsTo)Stages",
    '"(?:kms|ssm):|"(?:Not)?Action"\\s*:\\s*(?:\\[\\s*)?"\\*"|NotAction|PolicyArn|VpcEndpointId',
    CALL_WORDS,
  ].join("|"),
  batch:
    "jobDefinitionName|ontainerProperties|nodeProperties|ecsProperties|\\bbatch[\\s\\\\\"']+register-job-definition\\b",
  recognises: () => true,
  open: async (run) => (await import(/* webpackMode: "eager" */ "./open.ts")).openRaw(run),
};
