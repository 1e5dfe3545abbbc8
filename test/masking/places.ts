/** Places where people write credentials, in every format. */

export interface Plant {
  readonly name: string;
  readonly value: string;
}

/** What tells that a value is a credential: its form, the name it has, or a mark of the file. */
export type Tell = "form" | "name" | "mark";

export interface Spot {
  readonly what: string;
  readonly tells: readonly Tell[];
  readonly write: (plants: readonly Plant[]) => Readonly<Record<string, string>>;
}

const q = (text: string) => JSON.stringify(text);
/** In Terraform `${` begins an expression. */
const h = (text: string) => q(text).replaceAll("${", "$${");
const indented = (text: string, by: string) => text.replaceAll("\n", `\n${by}`);
/** A value in two halves, as people write one to get past a scanner. */
const halves = (text: string): readonly [string, string] => {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
};
const shell = (text: string) => `'${text.replaceAll("\n", "\\n")}'`;

/** A reference with a fault, so that the place of each is shown. */
const FAULT = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password";

function raw(container: object, root: object = {}): Readonly<Record<string, string>> {
  const containerProperties = { image: "x", secrets: [{ name: "A", valueFrom: FAULT }], ...container };
  return {
    "job.json": JSON.stringify({ jobDefinitionName: "j", type: "container", containerProperties, ...root }),
  };
}

function yaml(container: string, before = "", after = ""): Readonly<Record<string, string>> {
  return {
    "stack.yaml": `${before}Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: x
        Secrets: [{ Name: A, ValueFrom: "${FAULT}" }]
${container}${after}`,
  };
}

function hcl(container: string, around = ""): Readonly<Record<string, string>> {
  return {
    "main.tf": `${around}
resource "aws_batch_job_definition" "j" {
  name = "j"
  type = "container"
  container_properties = jsonencode({
    image = "x"
    secrets = [{ name = "A", valueFrom = "${FAULT}" }]
    ${container}
  })
}
`,
  };
}

function userData(lines: string): Readonly<Record<string, string>> {
  return {
    "stack.yaml": `Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData:
          Fn::Base64: |
            #!/bin/bash
${lines}
  Environment:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources: { Type: EC2, MaxvCpus: 1, Subnets: [s], LaunchTemplate: { LaunchTemplateId: !Ref Template } }
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: { Image: x, Secrets: [{ Name: A, ValueFrom: "${FAULT}" }] }
`,
  };
}

function policy(values: readonly string[]): Readonly<Record<string, string>> {
  return {
    ...raw({ executionRoleArn: "arn:aws:iam::123456789012:role/x" }),
    "policy.json": JSON.stringify({
      Version: "2012-10-17",
      Statement: values.map((value) => ({ Effect: "Allow", Action: "kms:Decrypt", Resource: value })),
    }),
  };
}

/** A plan with values that it marks. */
function plan(plants: readonly Plant[]): Readonly<Record<string, string>> {
  const values = {
    name: "j",
    type: "container",
    container_properties: JSON.stringify({
      image: "x",
      environment: plants.map(({ name, value }) => ({ name, value })),
      secrets: [{ name: "A", valueFrom: FAULT }],
    }),
  };
  const of = { address: "aws_batch_job_definition.j", type: "aws_batch_job_definition", name: "j", mode: "managed" };
  const marks = { container_properties: true };
  const secret = (value: string, index: number) => ({
    address: `aws_ssm_parameter.p[${index}]`,
    mode: "managed",
    type: "aws_ssm_parameter",
    name: "p",
    index,
    values: { name: `/p/${index}`, type: "SecureString", value },
    sensitive_values: { value: true },
  });
  return {
    "plan.json": JSON.stringify({
      format_version: "1.2",
      terraform_version: "1.11.4",
      planned_values: {
        root_module: {
          resources: [
            { ...of, values, sensitive_values: marks },
            ...plants.map(({ value }, index) => secret(value, index)),
          ],
        },
      },
      resource_changes: [
        {
          ...of,
          change: {
            actions: ["update"],
            before: values,
            after: values,
            after_unknown: {},
            before_sensitive: marks,
            after_sensitive: marks,
          },
        },
      ],
      variables: Object.fromEntries(plants.map(({ value }, index) => [`v${index}`, { value }])),
      configuration: {
        root_module: {
          variables: Object.fromEntries(plants.map((_, index) => [`v${index}`, { sensitive: true }])),
          resources: [{ ...of, expressions: { container_properties: { references: [] } } }],
        },
      },
    }),
  };
}

export const SPOTS: readonly Spot[] = [
  {
    what: "raw environment",
    tells: ["form", "name"],
    write: (plants) => raw({ environment: plants }),
  },
  {
    what: "raw environment, the value before its name",
    tells: ["form", "name"],
    write: (plants) => raw({ environment: plants.map(({ name, value }) => ({ value, name })) }),
  },
  {
    what: "raw command",
    tells: ["form"],
    write: (plants) => raw({ command: plants.map(({ value }) => value) }),
  },
  {
    what: "raw command behind an option",
    tells: ["form", "name"],
    write: (plants) => raw({ command: plants.flatMap(({ name, value }) => [`--${name.toLowerCase()}`, value]) }),
  },
  {
    what: "raw command in an option",
    tells: ["form", "name"],
    write: (plants) => raw({ command: plants.map(({ name, value }) => `--${name.toLowerCase()}=${value}`) }),
  },
  {
    what: "raw command as a script",
    tells: ["form", "name"],
    write: (plants) =>
      raw({ command: plants.map(({ name, value }) => `export ${name}=${value.replaceAll("\n", "\\n")}; run`) }),
  },
  {
    what: "raw command that logs in",
    tells: ["form", "mark"],
    write: (plants) =>
      Object.fromEntries(
        plants
          .filter(({ value }) => !/[\s:]/.test(value))
          .map(({ value }, index) => [
            `job${index}.json`,
            raw({ command: ["curl", "-u", `me:${value}`, "https://example.com"] })["job.json"] ?? "",
          ]),
      ),
  },
  {
    what: "variables of scripts",
    tells: ["form", "name"],
    write: (plants) => ({
      "run.sh": `${plants
        .filter(({ value }) => !/[\s'"]/.test(value))
        .map(({ name, value }) => `${name}='${value}'`)
        .join(
          "\n",
        )}\naws batch register-job-definition --job-definition-name j --type container --container-properties '{"image": "x", "secrets": [{"name": "A", "valueFrom": "${FAULT}"}], "environment": [${plants
        .map(({ name }, index) => `{"name": "X${index}", "value": "'"$${name}"'"}`)
        .join(", ")}]}'\n`,
    }),
  },
  {
    what: "raw log options",
    tells: ["form", "name"],
    write: (plants) =>
      raw({
        logConfiguration: {
          logDriver: "splunk",
          options: Object.fromEntries(plants.map(({ name, value }) => [name, value])),
        },
      }),
  },
  {
    what: "raw parameters",
    tells: ["form", "name"],
    write: (plants) => raw({}, { parameters: Object.fromEntries(plants.map(({ name, value }) => [name, value])) }),
  },
  {
    what: "raw parameters that a command hands to an option",
    tells: ["form", "name"],
    write: (plants) =>
      raw(
        { command: plants.flatMap(({ name }, index) => [`--${name.toLowerCase()}`, `Ref::p${index}`]) },
        { parameters: Object.fromEntries(plants.map(({ value }, index) => [`p${index}`, value])) },
      ),
  },
  {
    what: "raw tags",
    tells: ["form", "name"],
    write: (plants) => raw({}, { tags: Object.fromEntries(plants.map(({ name, value }) => [name, value])) }),
  },
  {
    what: "raw valueFrom",
    tells: ["form"],
    write: (plants) => raw({ secrets: plants.map(({ name, value }) => ({ name, valueFrom: value })) }),
  },
  {
    what: "raw valueFrom of a variable with a telling name",
    tells: ["form", "name"],
    write: (plants) => raw({ secrets: plants.map(({ name, value }) => ({ name, valueFrom: value })) }),
  },
  {
    what: "raw variables named for a stage",
    tells: ["form", "name"],
    write: (plants) => raw({ environment: plants.map(({ name, value }) => ({ name: `${name}_PROD`, value })) }),
  },
  {
    what: "parameters of URLs",
    tells: ["form", "name"],
    write: (plants) =>
      raw({
        environment: plants
          .filter(({ value }) => encodeURIComponent(value) === value)
          .map(({ name, value }, index) => ({
            name: `URL_${index}`,
            value: `https://example.com/x?version=1&${name}=${value}`,
          })),
      }),
  },
  {
    what: "XML inside of a variable",
    tells: ["form", "name"],
    write: (plants) =>
      raw({
        environment: plants.map(({ name, value }, index) => ({
          name: `XML_${index}`,
          value: `<a><${name}>${value}</${name}></a>`,
        })),
      }),
  },
  {
    what: "raw names of variables",
    tells: ["form"],
    write: (plants) => raw({ secrets: plants.map(({ value }) => ({ name: value, valueFrom: FAULT })) }),
  },
  {
    what: "raw policy resources",
    tells: ["form"],
    write: (plants) => policy(plants.map(({ value }) => value)),
  },
  {
    what: "raw roles",
    tells: ["form"],
    write: (plants) =>
      Object.fromEntries(
        plants.map(({ value }, index) => [
          `job${index}.json`,
          raw({ executionRoleArn: `arn:aws:iam::123456789012:role/${value}` }, { jobDefinitionName: `j${index}` })[
            "job.json"
          ] ?? "",
        ]),
      ),
  },
  {
    what: "JSON inside of a variable",
    tells: ["form", "name"],
    write: (plants) =>
      raw({
        environment: plants.map(({ name, value }, index) => ({
          name: `CONFIG_${index}`,
          value: JSON.stringify({ [name]: value }),
        })),
      }),
  },
  {
    what: "CloudFormation environment",
    tells: ["form", "name"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants.map(({ name, value }) => `          - { Name: ${name}, Value: ${q(value)} }`).join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation environment, the value before its name",
    tells: ["form", "name"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants.map(({ name, value }) => `          - Value: ${q(value)}\n            Name: ${name}`).join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation Fn::Sub and Fn::Join",
    tells: ["form"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants
          .map(({ name, value }, index) =>
            index % 2 === 0
              ? `          - { Name: ${name}, Value: !Sub ${q(`\${AWS::Region} ${value}`)} }`
              : `          - { Name: ${name}, Value: !Join [" ", [!Ref AWS::Region, ${q(value)}]] }`,
          )
          .join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation values in two pieces",
    tells: ["form", "name"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants
          .map(({ name, value }, index) => {
            const [first, second] = halves(value);
            return index % 2 === 0
              ? `          - { Name: ${name}, Value: !Join ["", [${q(first)}, ${q(second)}]] }`
              : `          - { Name: ${name}, Value: !Sub ["\${A}\${B}", { A: ${q(first)}, B: ${q(second)} }] }`;
          })
          .join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation anchors",
    tells: ["form", "name"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants.map(({ name }, index) => `          - { Name: ${name}, Value: *p${index} }\n          - { Name: OTHER_${index}, Value: *p${index} }`).join("\n")}\n`,
        `Metadata:\n${plants.map(({ value }, index) => `  P${index}: &p${index} ${q(value)}`).join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation command",
    tells: ["form"],
    write: (plants) => yaml(`        Command: [${plants.map(({ value }) => q(value)).join(", ")}]\n`),
  },
  {
    what: "CloudFormation hidden parameters",
    tells: ["form", "name", "mark"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants.map(({ name }, index) => `          - { Name: ${name}, Value: !Ref P${index} }`).join("\n")}\n`,
        `Parameters:\n${plants.map(({ value }, index) => `  P${index}: { Type: String, NoEcho: true, Default: ${q(value)} }`).join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation parameters",
    tells: ["form", "name"],
    write: (plants) =>
      yaml(
        `        Environment:\n${plants.map(({ name }, index) => `          - { Name: ${name}, Value: !Ref P${index} }`).join("\n")}\n`,
        `Parameters:\n${plants.map(({ value }, index) => `  P${index}: { Type: String, Default: ${q(value)} }`).join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation outputs and mappings",
    tells: ["form"],
    write: (plants) =>
      yaml(
        "",
        `Mappings:\n  M:\n    m:\n${plants.map(({ value }, index) => `      k${index}: ${q(value)}`).join("\n")}\n`,
        `Outputs:\n${plants.map(({ value }, index) => `  O${index}: { Value: ${q(value)} }`).join("\n")}\n`,
      ),
  },
  {
    what: "CloudFormation secrets",
    tells: ["form", "mark"],
    write: (plants) =>
      yaml(
        "",
        "",
        plants
          .map(
            ({ value }, index) =>
              `  S${index}: { Type: AWS::SecretsManager::Secret, Properties: { SecretString: ${q(value)} } }\n`,
          )
          .join(""),
      ),
  },
  {
    what: "a comment beside a finding",
    tells: ["form"],
    write: (plants) => ({
      "stack.yaml": `Resources:\n  Job:\n    Type: AWS::Batch::JobDefinition\n    Properties:\n      Type: container\n      ContainerProperties:\n        Image: x\n        Secrets:\n${plants
        .map(
          ({ name, value }) =>
            `          - { Name: ${name}, ValueFrom: "${FAULT}" } # ${value.replaceAll("\n", "\\n")}`,
        )
        .join("\n")}\n`,
    }),
  },
  {
    what: "user data, exported",
    tells: ["form", "name"],
    write: (plants) =>
      userData(plants.map(({ name, value }) => `            export ${name}=${shell(value)}`).join("\n")),
  },
  {
    what: "user data, docker login",
    tells: ["form", "mark"],
    write: (plants) =>
      userData(plants.map(({ value }) => `            docker login -u me -p ${shell(value)} reg.internal`).join("\n")),
  },
  {
    what: "Terraform environment",
    tells: ["form", "name"],
    write: (plants) =>
      hcl(
        `environment = [${plants.map(({ name, value }) => `{ name = ${q(name)}, value = ${h(value)} }`).join(",\n")}]`,
      ),
  },
  {
    what: "Terraform environment, the value before its name",
    tells: ["form", "name"],
    write: (plants) =>
      hcl(
        `environment = [${plants.map(({ name, value }) => `{ value = ${h(value)}, name = ${q(name)} }`).join(",\n")}]`,
      ),
  },
  {
    what: "Terraform variables",
    tells: ["form", "name"],
    write: (plants) =>
      hcl(
        `environment = [${plants.map(({ name }, index) => `{ name = ${q(name)}, value = var.v${index} }`).join(",\n")}]`,
        plants.map(({ value }, index) => `variable "v${index}" { default = ${h(value)} }\n`).join(""),
      ),
  },
  {
    what: "Terraform values in two pieces",
    tells: ["form", "name"],
    write: (plants) =>
      hcl(
        `environment = [${plants
          .map(({ name }, index) =>
            index % 2 === 0
              ? `{ name = ${q(name)}, value = "\${local.a${index}}\${local.b${index}}" }`
              : `{ name = ${q(name)}, value = join("", [local.a${index}, local.b${index}]) }`,
          )
          .join(",\n")}]`,
        `locals {\n${plants
          .map(({ value }, index) => {
            const [first, second] = halves(value);
            return `  a${index} = ${h(first)}\n  b${index} = ${h(second)}\n`;
          })
          .join("")}}\n`,
      ),
  },
  {
    what: "Terraform sensitive variables",
    tells: ["form", "name", "mark"],
    write: (plants) =>
      hcl(
        `environment = [${plants.map(({ name }, index) => `{ name = ${q(name)}, value = var.v${index} }`).join(",\n")}]`,
        plants
          .map(({ value }, index) => `variable "v${index}" {\n  default = ${h(value)}\n  sensitive = true\n}\n`)
          .join(""),
      ),
  },
  {
    what: "Terraform ephemeral variables",
    tells: ["form", "mark"],
    write: (plants) =>
      hcl(
        `environment = [${plants.map(({ name }, index) => `{ name = ${q(name)}, value = var.v${index} }`).join(",\n")}]`,
        plants
          .map(({ value }, index) => `variable "v${index}" {\n  default = ${h(value)}\n  ephemeral = true\n}\n`)
          .join(""),
      ),
  },
  {
    what: "Terraform sensitive outputs",
    tells: ["form", "mark"],
    write: (plants) => ({
      ...hcl(
        `environment = [${plants.map(({ name }, index) => `{ name = ${q(name)}, value = module.m.o${index} }`).join(",\n")}]`,
        'module "m" {\n  source = "./m"\n}\n',
      ),
      "m/main.tf": plants
        .map(({ value }, index) => `output "o${index}" {\n  value = ${h(value)}\n  sensitive = true\n}\n`)
        .join(""),
    }),
  },
  {
    what: "sources of Terragrunt",
    tells: ["form", "mark"],
    write: (plants) =>
      Object.fromEntries(
        plants.map(({ value }, index) => [
          `u${index}/terragrunt.hcl`,
          `terraform {\n  source = ${h(`git::https://${encodeURIComponent(value)}@example.com/batch-job.git`)}\n}\n`,
        ]),
      ),
  },
  {
    what: "Terraform sensitive variables in ARNs",
    tells: ["form", "mark"],
    write: (plants) =>
      hcl(
        plants.map(({ name }, index) => `x${index} = 1 // ${name}`).join("\n"),
        plants
          .map(
            ({ value }, index) =>
              `variable "v${index}" {\n  default = ${h(value)}\n  sensitive = true\n}\n
resource "aws_batch_job_definition" "j${index}" {
  name = "j${index}"
  type = "container"
  container_properties = jsonencode({
    image = "x"
    secrets = [{ name = "A", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:\${var.v${index}}:password" }]
  })
}\n`,
          )
          .join(""),
      ),
  },
  {
    what: "Terraform variables and locals with telling names, in references",
    tells: ["name"],
    write: (plants) => ({
      ...hcl(
        "",
        plants
          .map(({ name, value }, index) => {
            const key = name.replace(/\W/g, "_");
            const declared = index % 2 === 0 ? `variable "${key}" {}` : `locals {\n  ${key} = ${h(value)}\n}`;
            return `${declared}
resource "aws_batch_job_definition" "j${index}" {
  name = "j${index}"
  type = "container"
  container_properties = jsonencode({
    image = "x"
    secrets = [{ name = "A", valueFrom = ${index % 2 === 0 ? "var" : "local"}.${key} }]
  })
}\n`;
          })
          .join(""),
      ),
      "terraform.tfvars": plants
        .flatMap(({ name, value }, index) => (index % 2 === 0 ? `${name.replace(/\W/g, "_")} = ${h(value)}\n` : []))
        .join(""),
    }),
  },
  {
    what: "CloudFormation parameters with telling names, in references",
    tells: ["name"],
    write: (plants) =>
      yaml(
        plants
          .map(
            ({ name }, index) => `          - { Name: B${index}, ValueFrom: !Ref ${q(name.replace(/\W|_/g, ""))} }\n`,
          )
          .join("")
          .replace(
            /^/,
            "        Environment: []\n        LogConfiguration:\n          LogDriver: splunk\n          SecretOptions:\n",
          )
          .replace(/^( {10}- )/gm, "  $1"),
        `Parameters:\n${plants
          .map(({ name, value }) => `  ${name.replace(/\W|_/g, "")}: { Type: String, Default: ${q(value)} }\n`)
          .join("")}`,
      ),
  },
  {
    what: "Terraform tfvars",
    tells: ["form", "name", "mark"],
    write: (plants) => ({
      ...hcl(
        `environment = [${plants.map(({ name }, index) => `{ name = ${q(name)}, value = var.v${index} }`).join(",\n")}]`,
        plants.map((_, index) => `variable "v${index}" {\n  sensitive = true\n}\n`).join(""),
      ),
      "terraform.tfvars": plants.map(({ value }, index) => `v${index} = ${h(value)}\n`).join(""),
    }),
  },
  {
    what: "Terraform locals, outputs and comments",
    tells: ["form"],
    write: (plants) =>
      hcl(
        plants.map(({ value }, index) => `y${index} = local.l${index} // ${value.replaceAll("\n", "\\n")}`).join("\n"),
        `locals {\n${plants.map(({ value }, index) => `  l${index} = ${h(value)}`).join("\n")}\n}\n${plants
          .map(({ value }, index) => `output "o${index}" { value = ${h(value)} }\n`)
          .join("")}`,
      ),
  },
  {
    what: "Terraform heredoc",
    tells: ["form", "name"],
    write: (plants) => ({
      "main.tf": `resource "aws_batch_job_definition" "j" {
  name = "j"
  type = "container"
  container_properties = <<EOF
{ "image": "x", "secrets": [{ "name": "A", "valueFrom": "${FAULT}" }],
  "environment": [
${plants.map(({ name, value }) => `    { "name": ${q(name)}, "value": ${h(value)} }`).join(",\n")}
  ] }
EOF
}
`,
    }),
  },
  {
    what: "Terraform secrets",
    tells: ["form", "mark"],
    write: (plants) =>
      hcl(
        "",
        plants
          .map(
            ({ value }, index) => `resource "aws_secretsmanager_secret" "s${index}" {}
resource "aws_secretsmanager_secret_version" "s${index}" {
  secret_id     = aws_secretsmanager_secret.s${index}.id
  secret_string = ${h(value)}
}\n`,
          )
          .join(""),
      ),
  },
  {
    what: "Terraform user data",
    tells: ["form", "name"],
    write: (plants) => ({
      ...hcl(""),
      "environment.tf": `resource "aws_launch_template" "t" {
  user_data = base64encode(<<-EOF
    #!/bin/bash
${plants.map(({ name, value }) => `    export ${name}=${shell(value).replaceAll("${", "$${")}`).join("\n")}
  EOF
  )
}
resource "aws_batch_compute_environment" "c" {
  type = "MANAGED"
  compute_resources {
    type    = "EC2"
    subnets = ["s"]
    launch_template { launch_template_id = aws_launch_template.t.id }
  }
}
`,
    }),
  },
  { what: "a plan", tells: ["form", "name", "mark"], write: plan },
  {
    what: "names of files",
    tells: ["form"],
    write: (plants) =>
      // No name has a slash, without which a URL has no form.
      Object.fromEntries(
        plants
          .filter(({ value }) => !value.includes("://"))
          .map(({ value }) => [
            `${value.replaceAll(/[/\n]/g, "_").slice(0, 200)}.json`,
            raw({ command: ["x"] })["job.json"] ?? "",
          ]),
      ),
  },
  {
    what: "broken JSON, YAML and HCL",
    tells: ["form", "name"],
    write: (plants) =>
      Object.fromEntries(
        plants.flatMap(({ name, value }, index): [string, string][] => {
          const json = `{ "jobDefinitionName": "j", "containerProperties": { "environment": [{ "name": ${q(name)}, "value": ${q(value)} `;
          const broken = `Resources:\n  J:\n    Type: AWS::Batch::JobDefinition\n    Properties: { Environment: [{ Name: ${name}, Value: ${q(value)} }\n`;
          const tf = `resource "aws_batch_job_definition" "j" {\n  ${name} = ${h(value)} "x"\n`;
          return [
            [`${index}.json`, json],
            [`${index}.yaml`, broken],
            [`tf${index}/main.tf`, tf],
          ].slice(index % 3, (index % 3) + 1) as [string, string][];
        }),
      ),
  },
  {
    what: "deep in one line",
    tells: ["form", "name"],
    write: (plants) => ({
      "job.json": `{"jobDefinitionName":"j","type":"container","containerProperties":{"image":"x",${plants
        .map(({ name, value }) => `${q(name)}:${q(indented(value, ""))}`)
        .join(",")},"secrets":[{"name":"A","valueFrom":"${FAULT}"}]}}`,
    }),
  },
];
