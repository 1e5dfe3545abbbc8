/** Documents that are long and mean little. None is what anybody has. */
import type { Files } from "./generate.ts";
import { filesOf, type Input, lines, SECRET, stringify, times } from "./limits-shared.ts";

const ROLE = "arn:aws:iam::111122223333:role/r";

/** A job definition of the AWS CLI with more in its container properties. */
const job = (properties: object): string =>
  stringify({
    jobDefinitionName: "j",
    type: "container",
    containerProperties: { image: "i", executionRoleArn: ROLE, ...properties },
  });
const inJson = (properties: object): Files => new Map([["job.json", job(properties)]]);
const inList = (list: string): string => `{"jobDefinitionName": "x", "z": [${list}1]}`;
const properties = (key: string, list: string): string => `{"image": "i", "${key}": [${list}]}`;
const definition = (container: string): string =>
  `{"jobDefinitionName": "x", "type": "container", "containerProperties": ${container}}`;
/** Files with so many jobs each, whose container has this list under a key. */
const listing = (files: number, jobs: number, key: string, list: string): Files =>
  filesOf(files, (n) => [
    `${n}.json`,
    jobs === 1
      ? definition(properties(key, list))
      : `{"jobDefinitions": [${times(jobs, () => definition(properties(key, list))).join()}]}`,
  ]);
const list = (count: number, item: (index: number) => string): string => times(count, item).join();

export const DOCUMENTS: readonly Input[] = [
  [
    "one job with 20,000 secrets",
    () => inJson({ secrets: times(20_000, (n) => ({ name: `S${n}`, valueFrom: SECRET })) }),
  ],
  [
    "a reference of 4 million characters",
    () => inJson({ secrets: [{ name: "A", valueFrom: `${SECRET}${":a".repeat(2e6)}` }] }),
  ],
  [
    "a reference with a million placeholders",
    () => inJson({ secrets: [{ name: "A", valueFrom: SECRET + "${A}".repeat(1e6) }] }),
  ],
  [
    "200,000 grants of KMS",
    () =>
      new Map([
        ["job.json", job({ secrets: [{ name: "A", valueFrom: SECRET }] })],
        [
          "grants.json",
          stringify({
            Grants: times(200_000, (n) => ({
              KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
              GrantId: `g${n}`,
              GranteePrincipal: `arn:aws:iam::111122223333:role/r${n}`,
              Operations: ["Decrypt"],
            })),
          }),
        ],
      ]),
  ],
  [
    "a template of 300,000 secrets",
    () =>
      new Map([
        [
          "secrets.template.json",
          stringify({
            Resources: Object.fromEntries([
              ["Job", { Type: "AWS::Batch::JobDefinition", Properties: { Type: "container" } }],
              ...times(300_000, (n) => [
                `S${n}`,
                { Type: "AWS::SecretsManager::Secret", Properties: { Name: `s${n}` } },
              ]),
            ]),
          }),
        ],
      ]),
  ],
  [
    "evidence of 480,000 secrets",
    () =>
      new Map([
        ["job.json", job({ secrets: [{ name: "A", valueFrom: SECRET }] })],
        [
          ".batch-secrets-check/evidence/secrets.json",
          stringify({ SecretList: times(480_000, (n) => ({ Name: `s${n}`, ARN: `${SECRET}${n}` })) }),
        ],
      ]),
  ],
  ...[
    ["30 files of 300,000 placeholders", () => "A"] as const,
    ["30 files of 300,000 placeholders that differ", (n: number) => `A${n.toString(16)}`] as const,
  ].map(
    ([name, called]): Input => [
      name,
      () =>
        filesOf(30, (file) => [
          `${file}.json`,
          stringify({
            jobDefinitions: times(60, (n) =>
              JSON.parse(
                job({ command: [times(5_000, (at) => `\${${called((file * 60 + n) * 5_000 + at)}}`).join("")] }),
              ),
            ),
          }),
        ]),
    ],
  ),
  [
    "100,000 broken references",
    () =>
      new Map([
        [
          "jobs.json",
          stringify({
            jobDefinitions: times(100_000, (n) =>
              JSON.parse(job({ secrets: [{ name: "A", valueFrom: `secret:${n}` }] })),
            ),
          }),
        ],
      ]),
  ],
  [
    "20,000 jobs in as many files",
    () => filesOf(20_000, (n) => [`${n}.json`, job({ secrets: [{ name: "A", valueFrom: SECRET }] })]),
  ],
  ["JSON of 60 million characters", () => new Map([["job.json", inList("1,".repeat(30_000_000))]])],
  ["a string of 60 million characters", () => new Map([["job.json", inList(`"${"a".repeat(60_000_000)}",`)]])],
  ["a string of 10 million escapes", () => new Map([["job.json", inList(`"${"\\u0041".repeat(10_000_000)}",`)]])],
  [
    "twenty strings of 60 million characters",
    () => filesOf(20, (n) => [`${n}.json`, inList(`"${"a".repeat(60_000_000)}",`)]),
  ],
  [
    "thirty JSON files of 3 million characters",
    () => filesOf(30, (n) => [`${n}.json`, inList("1,".repeat(1_500_000))]),
  ],
  ["the same of objects", () => filesOf(30, (n) => [`${n}.json`, inList('{"a":{}},'.repeat(330_000))])],
  [
    "the same of objects in the commands of jobs",
    () =>
      listing(
        30,
        1,
        "command",
        list(330_000, () => '{"a":{}}'),
      ),
  ],
  [
    "eight jobs in each, with 39,000",
    () =>
      listing(
        30,
        8,
        "command",
        list(39_000, () => '{"a":{}}'),
      ),
  ],
  [
    "the same of strings",
    () =>
      listing(
        30,
        1,
        "command",
        list(700_000, () => '"a"'),
      ),
  ],
  [
    "the same of variables",
    () =>
      listing(
        30,
        1,
        "environment",
        list(200_000, () => '{"name":{},"value":{}}'),
      ),
  ],
  [
    "the same of references",
    () =>
      listing(
        30,
        1,
        "secrets",
        list(400_000, () => "{}"),
      ),
  ],
  [
    "twenty jobs in each whose properties are strings",
    () =>
      filesOf(30, (n) => [
        `${n}.json`,
        stringify({
          jobDefinitions: times(20, () =>
            JSON.parse(
              definition(
                stringify(
                  properties(
                    "command",
                    list(37_000, () => '"a"'),
                  ),
                ),
              ),
            ),
          ),
        }),
      ]),
  ],
  [
    "1,900 references of unknown names in each of 200 jobs",
    () =>
      listing(
        10,
        20,
        "secrets",
        list(1_900, () => '{"name":{},"valueFrom":{}}'),
      ),
  ],
  [
    "2,000 settings behind tests in the user data of each of thirty launch templates",
    () => {
      const UserData = { "Fn::Base64": "[ECS_AVAILABLE_LOGGING_DRIVERS=".repeat(2_000) };
      const templates = times(30, (n) => [
        `L${n}`,
        { Type: "AWS::EC2::LaunchTemplate", Properties: { LaunchTemplateData: { UserData } } },
      ]);
      const Resources = { J: { Type: "AWS::Batch::JobDefinition" }, ...Object.fromEntries(templates) };
      return new Map([["template.json", stringify({ Resources })]]);
    },
  ],
  [
    "a million keys",
    () => new Map([["job.json", `{"jobDefinitionName": "x", "parameters": {${lines(1e6, (n) => `"${n}":1,`)}}}`]]),
  ],
  [
    "YAML of 4 million characters",
    () => new Map([["t.yaml", `Resources: # AWS::Batch\n  X: [${"a,".repeat(1_950_000)}a]\n`]]),
  ],
  [
    "fifty YAML files of 1.8 million",
    () => filesOf(50, (n) => [`${n}.yaml`, `Resources: # AWS::Batch\n  X: [${"a,".repeat(9e5)}a]\n`]),
  ],
  ["a million brackets", () => new Map([["t.yaml", `Resources: # AWS::Batch\n  X: ${"[".repeat(1e6)}\n`]])],
  [
    "aliases of aliases",
    () =>
      new Map([
        [
          "t.yaml",
          `Resources: # AWS::Batch::JobDefinition\n  a0: &a0 [x]\n${lines(9, (n) => `  a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]\n`)}`,
        ],
      ]),
  ],
  [
    "100,000 documents in one file",
    () => new Map([["jobs.yaml", lines(100_000, (n) => `---\njobDefinitionName: j${n}\n`)]]),
  ],
  [
    "30,000 jobs in one file",
    () =>
      new Map([["jobs.yaml", lines(30_000, (n) => `---\n${job({ secrets: [{ name: "A", valueFrom: `${n}` }] })}\n`)]]),
  ],
  [
    "40,000 tiny jobs in a template",
    () =>
      new Map([
        [
          "t.yaml",
          `Resources:\n${lines(40_000, (n) => `  J${n}: {Type: AWS::Batch::JobDefinition, Properties: {}}\n`)}`,
        ],
      ]),
  ],
];
