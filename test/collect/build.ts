/** Makes the estate in an account, by the calls that anybody would make. */
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  RegisterJobDefinitionCommand,
} from "@aws-sdk/client-batch";
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  ModifyLaunchTemplateCommand,
  ModifyVpcAttributeCommand,
  RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { environmentName, type Launch, type Network, type Region, type Statement, type Template } from "./estate.ts";
import { definition } from "./job-definition.ts";

/** Any value that no report may show. */
export const VALUE = '{"password":"correct-horse-battery"}';

/** What was made, by the words of the estate: `secret.shared`. */
type Arns = Map<string, string>;

/** Makes it all, and gives the inputs by which the job definitions were registered, by Region. */
export async function build(
  estate: readonly Region[],
  endpoint: string,
  account: string,
): Promise<ReadonlyMap<string, readonly JobInput[]>> {
  const jobs = new Map<string, readonly JobInput[]>();
  for (const one of estate) jobs.set(one.region, await buildRegion(one, endpoint, account));
  return jobs;
}

export interface JobInput {
  readonly jobDefinitionName: string;
}

async function buildRegion(estate: Region, endpoint: string, account: string): Promise<readonly JobInput[]> {
  const { region } = estate;
  const options = { endpoint, region, credentials: { accessKeyId: "estate", secretAccessKey: "estate" } };
  const arns: Arns = new Map();
  const text = (value: string): string =>
    value
      .replace(/\{((?:secret|parameter|key|role)\.[\w-]+)\}/g, (_, name: string) => arns.get(name) ?? `missing ${name}`)
      .replaceAll("{account}", account)
      .replaceAll("{region}", region);
  const document = (statements: readonly Statement[]) =>
    text(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  for (const name of new Set(estate.jobs.flatMap(({ role = "" }) => role))) {
    arns.set(`role.${name}`, `arn:aws:iam::${account}:role/${name}`);
  }
  for (const { name } of estate.roles) arns.set(`role.${name}`, `arn:aws:iam::${account}:role/${name}`);
  await makeKeys(estate, new KMSClient(options), arns, document);
  await makeSecrets(estate, new SecretsManagerClient(options), arns, document);
  await makeParameters(estate, new SSMClient(options), arns, account);
  await makeRoles(estate, new IAMClient(options), document);
  const batch = new BatchClient(options);
  const environments: string[] = [];
  for (const one of estate.networks) {
    const ec2 = new EC2Client(options);
    const made = await makeNetwork(one, region, ec2, document);
    const started = one.template
      ? await makeTemplate(one.template, one.name, { ec2, iam: new IAMClient(options), region })
      : [{ type: "FARGATE" } as const];
    for (const [index, more] of started.entries()) {
      const { computeEnvironmentArn = "" } = await batch.send(
        new CreateComputeEnvironmentCommand({
          computeEnvironmentName: environmentName(one, index),
          type: "MANAGED",
          state: "ENABLED",
          computeResources: { maxvCpus: 4, ...made, ...more },
          serviceRole: `arn:aws:iam::${account}:role/${estate.roles[0]?.name}`,
        }),
      );
      if (!one.idle) environments.push(computeEnvironmentArn);
    }
  }
  await batch.send(
    new CreateJobQueueCommand({
      jobQueueName: "jobs",
      state: "ENABLED",
      priority: 1,
      computeEnvironmentOrder: environments.map((computeEnvironment, order) => ({ order, computeEnvironment })),
    }),
  );
  const inputs = estate.jobs.map((one) => JSON.parse(text(JSON.stringify(definition(one)))) as JobInput);
  for (const one of inputs) await batch.send(new RegisterJobDefinitionCommand({ type: "container", ...one }));
  return inputs;
}

type Document = (statements: readonly Statement[]) => string;

async function makeKeys({ keys }: Region, kms: KMSClient, arns: Arns, document: Document): Promise<void> {
  for (const { name, policy, enabled = true, grantee, aliased } of keys) {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: document(policy) }));
    const KeyId = KeyMetadata?.Arn ?? "";
    arns.set(`key.${name}`, KeyId);
    if (aliased)
      await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: KeyMetadata?.KeyId }));
    if (aliased) arns.set(`alias.${name}`, `alias/${name}`);
    // moto finds a key by its ARN everywhere but here.
    if (!enabled) await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
    if (grantee === undefined) continue;
    const GranteePrincipal = arns.get(`role.${grantee}`);
    await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ["Decrypt"] }));
  }
}

async function makeSecrets(
  { secrets, region }: Region,
  client: SecretsManagerClient,
  arns: Arns,
  document: Document,
): Promise<void> {
  for (const { name, key, policy } of secrets) {
    const KmsKeyId = key === undefined ? undefined : (arns.get(`alias.${key}`) ?? arns.get(`key.${key}`));
    const made = await client.send(
      new CreateSecretCommand({ Name: `${name}-${region}`, SecretString: VALUE, KmsKeyId }),
    );
    arns.set(`secret.${name}`, made.ARN ?? "");
    if (!policy) continue;
    await client.send(new PutResourcePolicyCommand({ SecretId: made.ARN, ResourcePolicy: document(policy) }));
  }
}

async function makeParameters(
  { parameters, region }: Region,
  ssm: SSMClient,
  arns: Arns,
  account: string,
): Promise<void> {
  for (const { name, key } of parameters) {
    const Name = `/estate/${name}`;
    const KeyId = key === undefined ? undefined : (arns.get(`alias.${key}`) ?? arns.get(`key.${key}`));
    await ssm.send(new PutParameterCommand({ Name, Type: "SecureString", Value: VALUE, KeyId }));
    arns.set(`parameter.${name}`, `arn:aws:ssm:${region}:${account}:parameter${Name}`);
  }
}

async function makeRoles({ roles }: Region, iam: IAMClient, document: Document): Promise<void> {
  for (const {
    name: RoleName,
    service = "ecs-tasks.amazonaws.com",
    statements = [],
    managed = [],
    boundary,
  } of roles) {
    const trust: Statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const edge = boundary
      ? await iam.send(new CreatePolicyCommand({ PolicyName: RoleName, PolicyDocument: document(boundary) }))
      : undefined;
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document([trust]),
        PermissionsBoundary: edge?.Policy?.Arn,
      }),
    );
    if (statements.length > 0) {
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: document(statements) }));
    }
    for (const one of managed) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `arn:aws:iam::aws:policy/${one}` }));
    }
  }
}

/** The subnets and security groups of a compute environment. */
async function makeNetwork(
  { name, out, endpoints, nameless = false }: Network,
  region: string,
  ec2: EC2Client,
  document: Document,
) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const VpcId = Vpc?.VpcId ?? "";
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: !nameless } }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.0.0/24" }));
  const SubnetId = Subnet?.SubnetId ?? "";
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable?.RouteTableId;
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  if (out) {
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway?.InternetGatewayId;
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    const to = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: InternetGatewayId };
    await ec2.send(new CreateRouteCommand({ RouteTableId, ...to }));
  }
  const group = async (GroupName: string): Promise<string> => {
    const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId }));
    return made.GroupId ?? "";
  };
  const own = await group(name);
  for (const [index, { service, port, privateDns, statements }] of endpoints.entries()) {
    const GroupId = await group(`${name}-${index}`);
    const IpPermissions = [{ FromPort: port, ToPort: port, IpProtocol: "tcp", IpRanges: [{ CidrIp: "10.0.0.0/16" }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId,
        VpcEndpointType: "Interface",
        ServiceName: `com.amazonaws.${region}.${service}`,
        PrivateDnsEnabled: privateDns,
        SubnetIds: [SubnetId],
        SecurityGroupIds: [GroupId],
        ...(statements ? { PolicyDocument: document(statements) } : {}),
      }),
    );
  }
  return { subnets: [SubnetId], securityGroupIds: [own] };
}

/** A launch template in all its versions, and how each compute environment starts instances of it. */
async function makeTemplate(
  { versions: [first = {}, ...later], standard = 1, byName, named }: Template,
  name: string,
  { ec2, iam, region }: { readonly ec2: EC2Client; readonly iam: IAMClient; readonly region: string },
) {
  const InstanceProfileName = `instance-${region}`;
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  const instanceRole = InstanceProfile?.Arn;
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: InstanceProfileName }));
  const data = async ({ image, userData }: Launch) => ({
    ...(image && { ImageId: (await ec2.send(new RegisterImageCommand({ Name: image }))).ImageId }),
    ...(userData && { UserData: Buffer.from(userData).toString("base64") }),
  });
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: await data(first) }),
  );
  const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId;
  for (const one of later) {
    await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData: await data(one) }));
  }
  await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId, DefaultVersion: `${standard}` }));
  const by = byName ? { launchTemplateName: name } : { launchTemplateId: LaunchTemplateId };
  return named.map((version) => ({
    type: "EC2" as const,
    minvCpus: 0,
    instanceTypes: ["m5.large"],
    instanceRole,
    launchTemplate: { ...by, ...(version !== undefined && { version }) },
  }));
}
