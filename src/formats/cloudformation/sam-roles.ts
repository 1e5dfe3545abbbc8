/**
 * Roles that AWS SAM makes for functions and state machines that name none.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
import type { Place } from "../../source.ts";
import { get, type ObjectValue, plainText, type Value } from "../../syntax/value.ts";
import type { Declaration } from "./template.ts";

/** What SAM makes roles for: who assumes them, their section of `Globals`, and what every one of them carries. */
const MADE_FOR: Readonly<
  Record<string, { readonly service: string; readonly section: string; readonly own: readonly string[] }>
> = {
  "AWS::Serverless::Function": {
    service: "lambda.amazonaws.com",
    section: "Function",
    own: ["service-role/AWSLambdaBasicExecutionRole"],
  },
  "AWS::Serverless::StateMachine": { service: "states.amazonaws.com", section: "StateMachine", own: [] },
};

/** The role that SAM makes for a resource of a template; undefined when it makes none. */
export function generatedRole(declaration: Declaration, root: ObjectValue): Declaration | undefined {
  const { logicalId, type, keyAt, body, condition } = declaration;
  const made = Object.hasOwn(MADE_FOR, type) ? MADE_FOR[type] : undefined;
  if (!made) return undefined;
  const globals = get(get(root, "Globals"), made.section);
  const given = (key: string) => get(get(body, "Properties"), key) ?? get(globals, key);
  if (given("Role") !== undefined) return undefined;
  const policies = policiesOf(given("Policies"), keyAt);
  const managed = [...made.own.map(managedArn), ...eventPolicies(given("Events"))].map((one) => written(one, keyAt));
  const properties = entriesOf(
    {
      AssumeRolePolicyDocument: given("AssumeRolePolicyDocument") ?? written(trustOf(made.service), keyAt),
      ManagedPolicyArns: { kind: "list", items: [...managed, ...policies.managed], at: keyAt },
      Policies: { kind: "list", items: policies.inline, at: keyAt },
      PermissionsBoundary: given("PermissionsBoundary"),
      Path: given("RolePath"),
    },
    keyAt,
  );
  const role: ObjectValue = {
    kind: "object",
    entries: entriesOf(
      { Type: written("AWS::IAM::Role", keyAt), Properties: { kind: "object", entries: properties, at: keyAt } },
      keyAt,
    ),
    at: keyAt,
  };
  return { logicalId: `${logicalId}Role`, type: "AWS::IAM::Role", keyAt, body: role, condition };
}

const managedArn = (name: string): Json => ({ "Fn::Sub": `arn:\${AWS::Partition}:iam::aws:policy/${name}` });

const trustOf = (service: string): Json => ({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
});

/** Events whose roles may read secrets, by policies that depend on how each is configured. */
const EVENTS: ReadonlySet<string> = new Set(["MQ", "SelfManagedKafka", "DocumentDB"]);

function eventPolicies(events: Value | undefined): readonly string[] {
  const types = events?.kind === "object" ? events.entries.map(({ value }) => plainText(get(value, "Type")) ?? "") : [];
  return types.filter((type) => EVENTS.has(type)).map((type) => `of the ${type} event`);
}

interface Policies {
  readonly inline: readonly Value[];
  readonly managed: readonly Value[];
}

/** `Policies`: names and ARNs of managed policies, documents, and templates of SAM, one or a list of them. */
function policiesOf(given: Value | undefined, at: Place): Policies {
  const inline: Value[] = [];
  const managed: Value[] = [];
  for (const one of given?.kind === "list" ? given.items : given ? [given] : []) {
    const name = plainText(one);
    const [only, ...more] = one.kind === "object" ? one.entries : [];
    if (get(one, "Statement") !== undefined) inline.push(policy(one, inline.length, at));
    else if (name !== undefined && !name.startsWith("arn:")) managed.push(written(managedArn(pathOf(name)), one.at));
    else if (only === undefined || more.length > 0 || isFunction(only.key)) managed.push(one);
    else {
      const statements = Object.hasOwn(TEMPLATES, only.key) ? TEMPLATES[only.key]?.(only.value) : undefined;
      if (statements) inline.push(policy(documentOf(statements, one.at), inline.length, at));
      else if (!ELSEWHERE.test(only.key)) managed.push(written(only.key, one.at));
    }
  }
  return { inline, managed };
}

function isFunction(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

function policy(document: Value, index: number, at: Place): Value {
  const entries = entriesOf({ PolicyName: written(`Policy${index}`, at), PolicyDocument: document }, at);
  return { kind: "object", entries, at: document.at };
}

/** Managed policies whose path is part of their ARN, by their names. */
function pathOf(name: string): string {
  return /^(?:AWSLambda\w*Role|AmazonECSTaskExecutionRolePolicy|AWSBatchServiceRole)$/.test(name)
    ? `service-role/${name}`
    : name;
}

type Json = string | readonly Json[] | { readonly [key: string]: Json } | Value;

/** An ARN of the own account with a parameter of a policy template at its end. */
const arnOf = (start: string, end: Value): Json => ({
  "Fn::Sub": [`arn:\${AWS::Partition}:${start}\${end}`, { end }],
});

/**
 * Policy templates about secrets, parameters and keys, as SAM has them:
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/policy_templates_data/policy_templates.json
 */
const TEMPLATES: Readonly<Record<string, (given: Value) => Json>> = {
  AWSSecretsManagerGetSecretValuePolicy: (given) => [
    allow(
      ["secretsmanager:GetSecretValue"],
      parameterOf(given, "SecretArn", (value) => value),
    ),
  ],
  AWSSecretsManagerRotationPolicy: (given) => [
    {
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: { "Fn::Sub": "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*" },
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn": parameterOf(given, "FunctionName", (end) =>
            arnOf("lambda:${AWS::Region}:${AWS::AccountId}:function:", end),
          ),
        },
      },
    },
  ],
  KMSDecryptPolicy: (given) => [
    allow(
      ["kms:Decrypt"],
      parameterOf(given, "KeyId", (end) => arnOf("kms:${AWS::Region}:${AWS::AccountId}:key/", end)),
    ),
  ],
  SSMParameterReadPolicy: (given) => parameterRead(given, "/"),
  SSMParameterWithSlashPrefixReadPolicy: (given) => parameterRead(given, ""),
};

/** Policy templates of other services, by the names that SAM begins theirs with. */
const ELSEWHERE =
  /^(?:AMI|Acm|Athena|Cloud|Code|Comprehend|CostExplorer|DynamoDB|EC2|EFS|EKS|Ecs|Elastic|EventBridge|FilterLog|Firehose|KMSEncrypt|Kinesis|Lambda|Mobile|Organizations|Pinpoint|Polly|Rekognition|Route53|S3|SES|SNS|SQS|SageMaker|ServerlessRepo|StepFunctions|Textract|VPC)\w*Policy(?:_v2)?$/;

function parameterRead(given: Value, slash: string): Json {
  const actions = ["ssm:GetParameters", "ssm:GetParameter", "ssm:GetParametersByPath"];
  const start = `ssm:\${AWS::Region}:\${AWS::AccountId}:parameter${slash}`;
  return [
    allow(
      actions,
      parameterOf(given, "ParameterName", (end) => arnOf(start, end)),
    ),
  ];
}

function allow(actions: readonly string[], resource: Json): Json {
  return { Effect: "Allow", Action: actions, Resource: resource };
}

/** What is made of a parameter of a template; SAM refuses a template without it. */
function parameterOf(given: Value, name: string, make: (value: Value) => Json): Json {
  const value = get(given, name);
  return value ? make(value) : [];
}

function documentOf(statements: Json, at: Place): Value {
  return written({ Statement: statements }, at);
}

function entriesOf(all: Readonly<Record<string, Value | undefined>>, keyAt: Place) {
  return Object.entries(all).flatMap(([key, value]) => (value ? [{ key, keyAt, value }] : []));
}

/** The value that something is written as, at a place; values of the file keep theirs. */
function written(json: Json, at: Place): Value {
  if (typeof json === "string") return { kind: "text", value: json, at };
  if (isList(json)) return { kind: "list", items: json.map((one) => written(one, at)), at };
  if (isValue(json)) return json;
  const entries = Object.entries(json).map(([key, value]) => ({ key, keyAt: at, value: written(value, at) }));
  return { kind: "object", entries, at };
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isValue(json: Exclude<Json, string>): json is Value {
  return "kind" in json && "at" in json;
}
