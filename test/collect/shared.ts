/** Secrets of another account that share themselves with the estate's, or do not, and jobs that name them. */
import { BatchClient, RegisterJobDefinitionCommand } from "@aws-sdk/client-batch";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { VALUE } from "./build.ts";
import { OTHER_ACCOUNT } from "./estate.ts";
import { definition } from "./job-definition.ts";

export const SHARED_REGION = "ca-central-1";

const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const READ = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };

/** Jobs `shared` and `unshared`: the secret of the one has a policy for the account, that of the other has none. */
export async function buildShared(endpoint: string, account: string): Promise<void> {
  const own = { accessKeyId: "estate", secretAccessKey: "estate" };
  const options = { endpoint, region: SHARED_REGION, credentials: own };
  const role = { RoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/owner`, RoleSessionName: "owner" };
  const { Credentials } = await new STSClient(options).send(new AssumeRoleCommand(role));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const theirs = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const owner = new SecretsManagerClient({ ...options, credentials: theirs });
  const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
  const iam = new IAMClient(options);
  await iam.send(new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: document(trust) }));
  const Resource = ["shared", "unshared"].map(
    (name) => `arn:aws:secretsmanager:*:${OTHER_ACCOUNT}:secret:${name}-??????`,
  );
  const PolicyDocument = document({ ...READ, Resource });
  await iam.send(new PutRolePolicyCommand({ RoleName: "reader", PolicyName: "read", PolicyDocument }));
  for (const name of ["shared", "unshared"]) {
    const { ARN = "" } = await owner.send(new CreateSecretCommand({ Name: name, SecretString: VALUE }));
    const Principal = { AWS: `arn:aws:iam::${account}:root` };
    const policy = { SecretId: ARN, ResourcePolicy: document({ ...READ, Principal }) };
    if (name === "shared") await owner.send(new PutResourcePolicyCommand(policy));
    const text = JSON.stringify(definition({ name, role: "reader", secrets: [{ name: "PASSWORD", valueFrom: ARN }] }));
    const input = JSON.parse(text.replace("{role.reader}", `arn:aws:iam::${account}:role/reader`));
    await new BatchClient(options).send(new RegisterJobDefinitionCommand({ type: "container", ...input }));
  }
}
