/** One violation, a reference without its last colons, in every spelling of JSON and YAML that AWS's tools read. */
import type { Spelling } from "./spelling.ts";

const BROKEN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password";

const job = {
  jobDefinitionName: "nightly",
  type: "container",
  containerProperties: { image: "busybox", secrets: [{ name: "DB", valueFrom: BROKEN }] },
};
const stack = {
  Resources: {
    Job: {
      Type: "AWS::Batch::JobDefinition",
      Properties: {
        Type: "container",
        ContainerProperties: { Image: "busybox", Secrets: [{ Name: "DB", ValueFrom: BROKEN }] },
      },
    },
  },
};
const jobText = JSON.stringify(job, null, 2);
const stackText = JSON.stringify(stack, null, 2);

const lettersEscaped = (text: string): string =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
/** Every letter of every string as an escape. */
const escaped = (json: string): string =>
  json.replace(/"([^"]*)"/g, (_, inside: string) => `"${lettersEscaped(inside)}"`);

const utf16 = (text: string, order: "le" | "be"): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
};

const yamlJob = `jobDefinitionName: nightly
type: container
containerProperties:
  image: busybox
  secrets:
    - name: DB
      valueFrom: ${BROKEN}
`;
const yamlStack = (type: string, properties: string): string => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Job:
    Type: ${type}
    Properties:
${properties.replace(/^/gm, "      ")}
`;
const properties = `Type: container
ContainerProperties:
  Image: busybox
  Secrets:
    - Name: DB
      ValueFrom: ${BROKEN}`;

export const json: readonly Spelling[] = [
  ["a job definition", { "job.json": jobText }],
  ["on one line", { "job.json": JSON.stringify(job) }],
  ["one key with an escape", { "job.json": jobText.replace("jobDefinitionName", "jobDefinitionN\\u0061me") }],
  ["all strings as escapes", { "job.json": escaped(jobText) }],
  ["a template", { "stack.json": stackText }],
  ["its type with an escape", { "stack.json": stackText.replace("AWS::B", "\\u0041WS::B") }],
  [
    "its type as escapes in upper case",
    { "stack.json": stackText.replace("Batch", "\\u0042\\u0061\\u0074\\u0063\\u0068") },
  ],
  ["all strings of a template as escapes", { "stack.json": escaped(stackText) }],
  ["with a mark of the byte order", { "job.json": `\ufeff${jobText}` }],
  ["in UTF-16, low byte first", { "job.json": utf16(jobText, "le") }],
  ["in UTF-16, high byte first", { "stack.json": utf16(stackText, "be") }],
  ["behind a megabyte of blanks", { "job.json": " ".repeat(1 << 20) + jobText }],
  [
    "behind a megabyte of other keys",
    { "stack.json": stackText.replace("{", `{"Metadata": "${"x".repeat(1 << 20)}",`) },
  ],
  ["in an array", { "jobs.json": `[${jobText}]` }],
  ["below other keys", { "jobs.json": `{"jobs": {"all": [${jobText}]}}` }],
  ["with a NUL", { "job.json": `${jobText}\0` }],
  ["as the answer of describe-job-definitions", { "all.json": `{"jobDefinitions": [${jobText}]}` }],
  ["with slashes escaped", { "job.json": jobText.replace("busybox", "docker.io\\/busybox") }],
  ["named as a template engine's", { "job.json.tpl": jobText }],
  ["named .template", { "stack.template": stackText }],
  ["in a folder with a dot", { ".aws/job.json": jobText }],
  ["in a test's folder", { "test/fixtures/job.json": jobText }],
  ["with an upper-case ending", { "JOB.JSON": jobText }],
  ["in a JavaScript-like ending", { "job.jsonc": jobText }],
  [
    "a key given twice, the last one counting",
    { "job.json": jobText.replace('"type": "container"', '"type": "multinode", "type": "container"') },
  ],
  ["named as a template of Ruby", { "job.json.erb": jobText }],
  ["named as CloudFormation's", { "stack.cfn": stackText }],
  ["the list of secrets given twice", { "job.json": jobText.replace('"secrets":', '"secrets": [], "secrets":') }],
  [
    "the container of a node",
    {
      "job.json": JSON.stringify({
        jobDefinitionName: "nightly",
        type: "multinode",
        nodeProperties: {
          numNodes: 1,
          mainNode: 0,
          nodeRangeProperties: [{ targetNodes: "0:", container: job.containerProperties }],
        },
      }),
    },
  ],
  [
    "an option of the log driver",
    {
      "job.json": JSON.stringify({
        ...job,
        containerProperties: {
          image: "b",
          logConfiguration: { logDriver: "splunk", secretOptions: [{ name: "t", valueFrom: BROKEN }] },
        },
      }),
    },
  ],
  ["the answer of get-template", { "all.json": JSON.stringify({ TemplateBody: stack }) }],
  ["the same with the template as a string", { "all.json": JSON.stringify({ TemplateBody: stackText }) }],
  [
    "the body of a stack set",
    {
      "stack.json": JSON.stringify({
        Resources: { Set: { Type: "AWS::CloudFormation::StackSet", Properties: { TemplateBody: stackText } } },
      }),
    },
  ],
  [
    "container properties as a string",
    { "job.json": JSON.stringify({ ...job, containerProperties: JSON.stringify(job.containerProperties) }) },
  ],
];

const containerOption = `--container-properties '${JSON.stringify(job.containerProperties)}'`;
const register = "aws batch register-job-definition --job-definition-name nightly --type container";

/** The calls of the AWS CLI that register it. */
export const scripts: readonly Spelling[] = [
  ["a call", { "run.sh": `${register} ${containerOption}\n` }],
  ["over several lines", { "run.sh": `${register.replaceAll(" ", " \\\n  ")} ${containerOption}\n` }],
  [
    "its words in quotes",
    {
      "run.sh": `${register.replace("batch register-job-definition", `"batch" 'register-job-definition'`)} ${containerOption}\n`,
    },
  ],
  [
    "behind options of all commands",
    { "run.sh": `${register.replace("aws", "aws --region eu-west-1 --profile p")} ${containerOption}\n` },
  ],
  [
    "options with equals signs",
    { "run.sh": `${register.replace(/(--\S+) (\S+)/g, "$1=$2")} ${containerOption.replace(" ", "=")}\n` },
  ],
  [
    "by a variable",
    { "run.sh": `P='${JSON.stringify(job.containerProperties)}'\n${register} --container-properties "$P"\n` },
  ],
  [
    "by a variable from a here-document",
    { "run.sh": `P=$(cat <<EOF\n${jobText}\nEOF\n)\naws batch register-job-definition --cli-input-json "$P"\n` },
  ],
  [
    "by a file that the script writes",
    {
      "run.sh": `cat > /tmp/j.json <<'EOF'\n${jobText}\nEOF\naws batch register-job-definition --cli-input-json file:///tmp/j.json\n`,
    },
  ],
  ["in a makefile", { Makefile: `deploy:\n\t${register} ${containerOption}\n` }],
  [
    "in a workflow, folded",
    {
      ".github/workflows/deploy.yaml": `on: push\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - run: >-\n          ${register}\n          ${containerOption}\n`,
    },
  ],
  ["in a pipeline of GitLab", { ".gitlab-ci.yml": `deploy:\n  script:\n    - ${register} ${containerOption}\n` }],
];

export const yaml: readonly Spelling[] = [
  ["a job definition", { "job.yaml": yamlJob }],
  ["with the ending .yml", { "job.yml": yamlJob }],
  ["a template", { "stack.yaml": yamlStack("AWS::Batch::JobDefinition", properties) }],
  ["its type in single quotes", { "stack.yaml": yamlStack("'AWS::Batch::JobDefinition'", properties) }],
  ["its type with an escape", { "stack.yaml": yamlStack('"\\x41WS::\\u0042atch::JobDefinition"', properties) }],
  ["its type folded", { "stack.yaml": yamlStack(">-\n      AWS::Batch::JobDefinition", properties) }],
  ["its type literal", { "stack.yaml": yamlStack("|-\n      AWS::Batch::JobDefinition", properties) }],
  [
    "its type with an escaped line break",
    { "stack.yaml": yamlStack('"AWS::Batch\\\n      ::JobDefinition"', properties) },
  ],
  ["its type with a tag", { "stack.yaml": yamlStack("!!str AWS::Batch::JobDefinition", properties) }],
  [
    "its type with a verbatim tag",
    { "stack.yaml": yamlStack("!<tag:yaml.org,2002:str> AWS::Batch::JobDefinition", properties) },
  ],
  [
    "its type with a tag of its own name",
    { "stack.yaml": `%TAG !y! tag:yaml.org,2002:\n---\n${yamlStack("!y!str AWS::Batch::JobDefinition", properties)}` },
  ],
  [
    "a key by an alias",
    {
      "stack.yaml": `X: &k Properties\n${yamlStack("AWS::Batch::JobDefinition", properties).replace("    Properties:", "    *k :")}`,
    },
  ],
  [
    "properties merged of two",
    {
      "stack.yaml": `X: &a {Type: container}\nY: &b\n${properties.replace("Type: container\n", "").replace(/^/gm, "  ")}\n${yamlStack("AWS::Batch::JobDefinition", "<<: [*a, *b]")}`,
    },
  ],
  [
    "a reference on its own line",
    { "stack.yaml": yamlStack("AWS::Batch::JobDefinition", properties.replace(BROKEN, `\n        ${BROKEN}`)) },
  ],
  ["its type by an anchor", { "stack.yaml": `X-Type: &t AWS::Batch::JobDefinition\n${yamlStack("*t", properties)}` }],
  [
    "its properties by an anchor",
    {
      "stack.yaml": `X-P: &p\n${properties.replace(/^/gm, "  ")}\n${yamlStack("AWS::Batch::JobDefinition", "<<: *p")}`,
    },
  ],
  ["its keys quoted", { "job.yaml": yamlJob.replace(/^( *(?:- )?)(\w+):/gm, '$1"$2":') }],
  ["a key with an escape", { "job.yaml": yamlJob.replace("jobDefinitionName", '"jobDefinition\\x4eame"') }],
  ["keys written out", { "job.yaml": yamlJob.replace("jobDefinitionName: nightly", "? jobDefinitionName\n: nightly") }],
  ["flow style", { "job.yaml": JSON.stringify(job) }],
  [
    "flow style without quotes",
    {
      "job.yaml": `{jobDefinitionName: nightly, type: container, containerProperties: {image: b, secrets: [{name: DB, valueFrom: "${BROKEN}"}]}}`,
    },
  ],
  ["in the second document", { "job.yaml": `a: 1\n---\n${yamlJob}` }],
  ["behind a directive", { "job.yaml": `%YAML 1.2\n---\n${yamlJob}` }],
  ["with Windows line ends", { "job.yaml": yamlJob.replaceAll("\n", "\r\n") }],
  ["behind a megabyte of comments", { "job.yaml": `# ${"x".repeat(1 << 20)}\n${yamlJob}` }],
  ["with a mark of the byte order", { "job.yaml": `\ufeff${yamlJob}` }],
  ["in UTF-16", { "job.yaml": utf16(yamlJob, "le") }],
  ["in a list", { "jobs.yaml": yamlJob.replace(/^/gm, "  ").replace("  ", "- ") }],
  ["named as a template engine's", { "job.yaml.j2": yamlJob }],
  ["a pod of EKS is none, a job beside it is", { "job.yaml": `kind: Pod\n---\n${yamlJob}` }],
  [
    "a loop over names",
    {
      "stack.yaml": `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Jobs:\n    - N\n    - [A, B]\n    - Job\${N}:\n        Type: AWS::Batch::JobDefinition\n        Properties:\n${properties.replace(/^/gm, "          ")}\n`,
    },
  ],
  [
    "only if a condition holds",
    {
      "stack.yaml": `Conditions: {P: !Equals [!Ref "AWS::Region", x]}\n${yamlStack("AWS::Batch::JobDefinition\n    Condition: P", properties)}`,
    },
  ],
  [
    "a reference that is joined",
    {
      "stack.yaml": yamlStack(
        "AWS::Batch::JobDefinition",
        properties.replace(BROKEN, `!Join [":", ["${BROKEN.replace(":password", "")}", password]]`),
      ),
    },
  ],
  [
    "a reference by a mapping",
    {
      "stack.yaml": `Mappings: {M: {a: {b: "${BROKEN}"}}}\n${yamlStack("AWS::Batch::JobDefinition", properties.replace(BROKEN, "!FindInMap [M, a, b]"))}`,
    },
  ],
  [
    "a reference by a parameter's default",
    {
      "stack.yaml": `Parameters: {P: {Type: String, Default: "${BROKEN}"}}\n${yamlStack("AWS::Batch::JobDefinition", properties.replace(BROKEN, "!Ref P"))}`,
    },
  ],
  [
    "a nested stack",
    {
      "top.yaml": 'Resources: {Child: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: ./child.yaml}}}\n',
      "child.yaml": yamlStack("AWS::Batch::JobDefinition", properties),
    },
  ],
  [
    "ECS properties",
    {
      "job.yaml": yamlJob
        .replace(
          "containerProperties:\n",
          "ecsProperties:\n  taskProperties:\n  - containers:\n    - essential: true\n",
        )
        .replace(
          "  image: busybox\n  secrets:\n    - name: DB\n      valueFrom",
          "      image: busybox\n      secrets:\n        - name: DB\n          valueFrom",
        ),
    },
  ],
];
