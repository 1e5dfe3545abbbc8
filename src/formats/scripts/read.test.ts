import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeFiles } from "../../../test/support/files.ts";
import { defaultConfig } from "../../config/config.ts";
import { link } from "../../facts/link.ts";
import type { SourceFile } from "../../source.ts";
import { openFolder } from "../../sources/tree.ts";
import { readUnits } from "../units.ts";

const TRUST = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const READ = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }],
});
const PROPERTIES = JSON.stringify({
  image: "busybox",
  executionRoleArn: "arn:aws:iam::111122223333:role/execution",
  vcpus: 1,
  memory: 512,
  secrets: [{ name: "A", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }],
});

async function read(files: Readonly<Record<string, string>>) {
  const sources: SourceFile[] = Object.entries(files).map(([path, text]) => ({ path, text }));
  sources.sort((a, b) => (a.path < b.path ? -1 : 1));
  return readUnits(openFolder(import.meta.dirname), { files: sources, terraform: [], named: new Set() }, defaultConfig);
}

/** What the calls of one script make, in short. */
async function made(script: string, others: Readonly<Record<string, string>> = {}) {
  const { units, notes } = await read({ "deploy.sh": script, ...others });
  const all = units.map(({ resources }) => resources);
  return {
    jobs: all.flatMap(({ job_definitions }) => job_definitions.map(({ address }) => address)),
    roles: all.flatMap(({ roles }) => roles.map(({ name, policies_told }) => [name?.value, policies_told])),
    policies: all.flatMap(({ policies }) => policies.map(({ kind, statements }) => [kind, statements.length])),
    secrets: all.flatMap(({ secrets }) =>
      secrets.map(({ name, contents }) => [name?.value, contents.map(({ kind }) => kind)]),
    ),
    notes: notes.map(({ message }) => message),
  };
}

const NOTHING = { jobs: [], roles: [], policies: [], secrets: [], notes: [] };

test("what a call makes has the tags of its option, in shorthand", async () => {
  const { units } = await read({
    "deploy.sh": `aws iam create-role --role-name execution --assume-role-policy-document '${TRUST}' --tags Key=team,Value=data Key=env,Value=prod
aws secretsmanager create-secret --name db --secret-string "$VALUE" --tags Key=team,Value=data`,
  });
  const tagged = units.flatMap(({ resources }) => [...resources.roles, ...resources.secrets]);
  expect(tagged.map(({ tags }) => tags.given.map(({ key, value }) => [key, value.value]))).toEqual([
    [
      ["team", "data"],
      ["env", "prod"],
    ],
    [["team", "data"]],
  ]);
});

test("calls of IAM make a role with its policies, from files or inline", async () => {
  const role = {
    ...NOTHING,
    roles: [["execution", true]],
    policies: [
      ["trust", 1],
      ["identity", 1],
    ],
  };
  const inline = `aws iam create-role --role-name execution --assume-role-policy-document '${TRUST}'
aws --region eu-west-1 iam put-role-policy --role-name=execution --policy-name read --policy-document '${READ}'`;
  expect(await made(inline)).toEqual(role);
  const fromFiles = `ROLE=execution
aws iam create-role --role-name "$ROLE" \\
  --assume-role-policy-document file://iam/trust.json
aws iam put-role-policy --role-name \${ROLE} --policy-name read --policy-document "$(cat iam/read.json)"`;
  expect(await made(fromFiles, { "iam/trust.json": TRUST, "iam/read.json": READ })).toEqual(role);
  const written = `cat > trust.json <<END
${TRUST}
END
POLICY='${READ}'
aws iam create-role --role-name execution --assume-role-policy-document file://trust.json
aws iam put-role-policy --role-name execution --policy-name read --policy-document "$POLICY"`;
  expect(await made(written)).toEqual(role);
});

test("managed policies and boundaries are those of the role", async () => {
  const { units } = await read({
    "deploy.sh": `aws iam create-role --role-name execution --assume-role-policy-document '${TRUST}'
aws iam attach-role-policy --role-name execution --policy-arn arn:aws:iam::aws:policy/SecretsManagerReadWrite
aws iam put-role-permissions-boundary --role-name execution --permissions-boundary arn:aws:iam::111122223333:policy/b`,
  });
  const [role] = units[0]?.resources.roles ?? [];
  expect(role?.managed_policies.map(({ value }) => value)).toEqual(["arn:aws:iam::aws:policy/SecretsManagerReadWrite"]);
  expect(role?.permissions_boundary?.value).toBe("arn:aws:iam::111122223333:policy/b");
});

test("secrets have the kind of content that they are given, and values are sensitive", async () => {
  const script = `aws secretsmanager create-secret --name a --secret-string '{"user": "hunter2"}'
aws secretsmanager create-secret --name b --secret-binary fileb://b.pem
aws secretsmanager put-secret-value --secret-id c --secret-string "$(cat c.txt)"`;
  expect((await made(script)).secrets).toEqual([
    ["a", ["json"]],
    ["b", ["binary"]],
    ["c", ["string"]],
  ]);
  const { units } = await read({ "deploy.sh": script });
  const hidden = units[0]?.sensitive.map(({ start, end }) => script.slice(start, end));
  expect(hidden?.[0]).toContain("hunter2");
});

test("keys, aliases and resource policies are read", async () => {
  const script = `aws kms create-key --policy '${READ}'
aws kms create-alias --alias-name alias/db --target-key-id 1234
aws secretsmanager put-resource-policy --secret-id db --resource-policy '${READ}'`;
  const { units } = await read({ "deploy.sh": script });
  const [resources] = units.map((unit) => unit.resources);
  expect(resources?.keys.map(({ usage }) => usage?.value)).toEqual(["ENCRYPT_DECRYPT"]);
  expect(resources?.aliases.map(({ name }) => name.value)).toEqual(["alias/db"]);
  expect(resources?.policies.map(({ kind }) => kind)).toContain("secret");
});

test.each([
  ["inline", `--container-properties '${PROPERTIES}'`],
  ["in a variable", '--container-properties "$PROPERTIES"'],
  ["in a file", "--container-properties file://props.json"],
  ["in a file of another folder", '--container-properties "file://$(dirname "$0")/jobs/props.json"'],
])("a job definition is read, with its properties %s", async (_, option) => {
  const script = `PROPERTIES='${PROPERTIES}'
aws batch register-job-definition --job-definition-name nightly --type container --platform-capabilities FARGATE ${option}`;
  const { units } = await read({ "deploy.sh": script, "props.json": PROPERTIES, "jobs/props.json": PROPERTIES });
  const jobs = units.flatMap(({ resources }) => resources.job_definitions);
  const nightly = jobs.find(({ address }) => address === "nightly");
  expect(nightly?.containers.map(({ platform, secrets }) => [platform, secrets.length])).toEqual([["FARGATE", 1]]);
});

test("a file that a call has is not read again by itself", async () => {
  const script = "aws batch register-job-definition --job-definition-name a --container-properties file://props.json";
  expect((await made(script, { "props.json": PROPERTIES })).jobs).toEqual(["a"]);
});

test.each([
  ['--job-definition-name n --type container "${arguments[@]}"', "whose properties are put together as it runs"],
  ['"$@"', "whose properties are put together as it runs"],
  ['--cli-input-json "$DEFINITION"', "that it gets as it runs"],
  ["--cli-input-json \"$(jq '.image = 1' job.json)\"", "that it gets as it runs"],
])("a job definition that only the run knows is noted: %s", async (words, why) => {
  expect(await made(`aws batch register-job-definition ${words}`)).toEqual({
    ...NOTHING,
    notes: [`The script registers a job definition ${why}, so it was not checked.`],
  });
});

test("a request as a whole is its file, what the script writes, or noted", async () => {
  const register = (from: string) => `aws batch register-job-definition --cli-input-json ${from}`;
  const job = JSON.stringify({ jobDefinitionName: "nightly", containerProperties: JSON.parse(PROPERTIES) });
  expect((await made(register("file://job.json"), { "job.json": job })).jobs).toEqual(["nightly"]);
  expect((await made(register(`'${job}'`))).jobs).toEqual(["nightly"]);
  expect((await made(`cat <<END > /tmp/job.json\n${job}\nEND\n${register("file:///tmp/job.json")}`)).jobs).toEqual([
    "nightly",
  ]);
  expect(await made(register("file://job.json"))).toEqual({
    ...NOTHING,
    notes: ["The script registers a job definition from job.json, which is not in these files, so it was not checked."],
  });
});

test("the account and the Region of the caller are those of the deployment", async () => {
  const { units } = await read({
    "deploy.sh": `ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
ROLE=$(aws iam get-role --role-name execution --query Role.Arn --output text)
aws batch register-job-definition --job-definition-name a --type container --container-properties '{
  "image": "x", "executionRoleArn": "'"$ROLE"'",
  "secrets": [{"name": "A", "valueFrom": "arn:aws:secretsmanager:'$AWS_REGION':'$ACCOUNT':secret:db"}]}'`,
  });
  const [container] = units[0]?.resources.job_definitions[0]?.containers ?? [];
  expect(container?.execution_role?.arn.value).toBe("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/execution");
  expect(container?.secrets[0]?.value_from?.value).toBe(
    "arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db",
  );
});

test("what a script does not say is a hole with its name", async () => {
  const { units } = await read({
    "deploy.sh": 'aws secretsmanager create-secret --name "$STAGE/db" --secret-string "$(openssl rand -hex 8)"',
  });
  expect(units[0]?.resources.secrets.map(({ name }) => name?.value)).toEqual(["⟨STAGE@.⟩/db"]);
});

const CALL = "aws secretsmanager create-secret --name db --secret-binary fileb://db";

test.each([
  ["a workflow", ".github/workflows/deploy.yml", `jobs:\n  a:\n    steps:\n      - run: |\n          ${CALL}\n`],
  ["a build specification", "buildspec.yml", `phases:\n  build:\n    commands:\n      - A=1\n      - ${CALL}\n`],
  ["the scripts of a package", "package.json", JSON.stringify({ scripts: { deploy: `npm ci && ${CALL}` } })],
  ["a Makefile", "Makefile", `deploy:\n\t@${CALL}\n\tfor i in a; do echo $$i; done\n`],
  ["a script without an ending", "deploy", `#!/usr/bin/env bash\n${CALL}\n`],
])("calls are read in %s", async (_, path, text) => {
  const { units } = await read({ [path]: text });
  const [secret] = units.flatMap(({ resources }) => resources.secrets);
  expect(secret?.contents.map(({ kind }) => kind)).toEqual(["binary"]);
  expect(secret && text.slice(secret.at.start, secret.at.end)).toBe(CALL);
});

test("templates of CloudFormation are no scripts", async () => {
  const template = `Resources:\n  T:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      UserData: ${CALL}\n`;
  const { units } = await read({ "stack.yaml": template });
  expect(units.flatMap(({ resources }) => resources.secrets)).toEqual([]);
});

test("variables that are made of each other are no endless loop", async () => {
  const script = 'A="$B"\nB="$A"\naws secretsmanager create-secret --name "$A" --secret-string "$B"';
  expect((await made(script)).secrets).toEqual([]);
});

test("compute environments and queues are read from shorthand", async () => {
  const { units } = await read({
    "deploy.sh": `NAME="\${NAME:-batch}"
aws batch create-compute-environment --compute-environment-name "$NAME" --type MANAGED \\
  --compute-resources "type=EC2,maxvCpus=16,subnets=subnet-1,subnet-2,imageId=ami-1"
aws batch create-job-queue --job-queue-name q --priority 1 --compute-environment-order order=1,computeEnvironment=$NAME`,
  });
  const [resources] = units.map((unit) => unit.resources);
  expect(
    resources?.compute_environments.map(({ names, type, subnets, image }) => [
      names.map(({ value }) => value),
      type?.value,
      subnets.map(({ value }) => value),
      image?.value,
    ]),
  ).toEqual([[["batch"], "EC2", ["subnet-1", "subnet-2"], "ami-1"]]);
  expect(resources?.job_queues.map(({ environments }) => environments.map(({ value }) => value))).toEqual([["batch"]]);
});

test("a file of an unknown name is what the script writes there", async () => {
  const script = `FILE="$(mktemp)"
cat > "$FILE" <<JSON
{"jobDefinitionName": "nightly", "containerProperties": ${PROPERTIES}}
JSON
aws batch register-job-definition --cli-input-json "file://$FILE"`;
  expect((await made(script)).jobs).toEqual(["nightly"]);
});

test("two outputs of commands are two values, and those of one variable are one", async () => {
  const script = `A=$(make name)
for s in 1 2; do aws secretsmanager create-secret --name "x-$s" --secret-string a; done
aws secretsmanager create-secret --name "a-$A" --secret-string a
aws secretsmanager put-secret-value --secret-id "a-$A" --secret-string a
aws secretsmanager create-secret --name "a-$(make name)" --secret-string a
aws secretsmanager create-secret --name "$1" --secret-string a`;
  expect((await made(script)).secrets).toHaveLength(3);
});

test("what is only written about is not called", async () => {
  const text = JSON.stringify({ comment: `Register it: ${CALL}`, usage: `echo ${CALL}` });
  expect((await read({ "notes.json": text })).units).toEqual([]);
});

test("a job and its role are linked where the job is a file of another folder", async () => {
  const job = JSON.stringify({
    jobDefinitionName: "a",
    type: "container",
    containerProperties: JSON.parse(PROPERTIES),
  });
  const { units } = await read({
    "scripts/deploy.sh": `aws iam create-role --role-name execution --assume-role-policy-document '${TRUST}'
aws batch register-job-definition --cli-input-json file://jobs/a.json`,
    "jobs/a.json": job,
  });
  expect(units.map(({ id, resources }) => [id, resources.job_definitions.length, resources.roles.length])).toEqual([
    ["scripts", 1, 1],
  ]);
});

test("a script that is not read to its end is a problem, whatever it may hold, and gives nothing", async () => {
  const grown = ["A", "B", "C", "D", "E", "F"].map((name, index) => `${name}="${`$${"BCDEFG"[index]}`.repeat(60)}"`);
  const long = [...grown, 'G="x"', 'aws secretsmanager create-secret --name "db-$A" --secret-string a'].join("\n");
  const call = `aws batch register-job-definition --job-definition-name a --type container --container-properties '${PROPERTIES}'`;
  const padded = (length: number) => `# ${"x".repeat(length)}\n${call}`;
  const deep = `echo a\n${"$(echo ".repeat(1_000)}a${")".repeat(1_000)}\n${call}`;
  const said = async (files: Readonly<Record<string, string>>) => {
    const { problems, notes, units } = await read(files);
    const jobs = units.flatMap(({ resources }) => resources.job_definitions);
    return [problems.map(({ path, line }) => `${path}:${line}`), notes.length, jobs.length];
  };
  expect(await said({ "deploy.sh": long })).toEqual([["deploy.sh:8"], 0, 0]);
  expect(await said({ "deploy.sh": `${long}\n${call}` })).toEqual([["deploy.sh:8"], 0, 0]);
  expect(await said({ "deploy.sh": deep })).toEqual([["deploy.sh:2"], 0, 0]);
  expect(await said({ "a.yml": `run: |\n  ${deep.replaceAll("\n", "\n  ")}\n` })).toEqual([["a.yml:3"], 0, 0]);
  expect(await said({ "deploy.sh": padded(499_000) })).toEqual([[], 0, 1]);
  expect(await said({ "deploy.sh": padded(500_000) })).toEqual([["deploy.sh:1"], 0, 0]);
});

test("a file is looked for in few folders, or its script is a problem", async () => {
  const calls = (ending: string) =>
    Array.from({ length: 1_000 }, (_, n) => `aws batch register-job-definition --cli-input-json file://${n}${ending}`);
  for (const ending of [".json", ""]) {
    const text = calls(ending).join("\n");
    const deep = await read({ [`${"d/".repeat(1_900)}run.sh`]: text });
    expect(deep.problems).toHaveLength(1);
    expect((await read({ "a/b/c/d/e/f/run.sh": text })).problems).toEqual([]);
  }
});

test("the scripts of a run share what they take, so that many cost no more than a few", async () => {
  const padded = `# ${"x".repeat(499_000)}\n${CALL}`;
  const { problems } = await read(Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`${n}.sh`, padded])));
  expect(problems.map(({ path }) => path)).toEqual(["4.sh", "5.sh"]);
});

test.each([
  ["Makefile", `all:\n${"\techo $$A\n".repeat(5_000)}\t${CALL}`],
  [".gitlab-ci.yml", `a:\n  script:\n${"    - echo 'a'\n".repeat(5_000)}    - ${CALL}`],
])("a call in a long %s is where it is written", async (path, text) => {
  const { units } = await read({ [path]: text });
  const [secret] = units.flatMap(({ resources }) => resources.secrets);
  expect(secret && text.slice(secret.at.start, secret.at.end)).toBe(CALL);
});

test("a job and its role in one script are linked", async () => {
  const { units } = await read({
    "deploy.sh": `aws iam create-role --role-name execution --assume-role-policy-document '${TRUST}'
aws iam put-role-policy --role-name execution --policy-name read --policy-document '${READ}'
aws batch register-job-definition --job-definition-name a --type container --container-properties '${PROPERTIES}'`,
  });
  const world = await link(units);
  const arn = "arn:aws:iam::111122223333:role/execution";
  expect(world.findRole(".", [arn, "name execution"])).toMatchObject({ certain: true, resource: { complete: true } });
});

test("a job whose file the script makes of another one is seen once", async () => {
  const job = JSON.stringify({
    jobDefinitionName: "j",
    type: "container",
    containerProperties: JSON.parse(PROPERTIES),
  });
  const call = "aws batch register-job-definition --cli-input-json file://job.tmp.json";
  for (const fill of ["sed -e 's/A/B/' job.json > job.tmp.json", "envsubst < job.json > job.tmp.json"]) {
    const { jobs, notes } = await made(`${fill}\n${call}`, { "job.json": job });
    expect([jobs, notes]).toEqual([["j"], []]);
  }
});

test("a file that only a script names is read whatever its ending, and what is no document is left alone", async () => {
  const job = JSON.stringify({ jobDefinitionName: "nightly", type: "container", containerProperties: {} });
  const folder = mkdtempSync(join(tmpdir(), "scripts-"));
  const script = `aws batch register-job-definition --cli-input-json file://jobs/nightly
aws batch register-job-definition --cli-input-json "file://$(dirname "$0")/jobs/hourly.txt"
aws batch register-job-definition --cli-input-json "$(cat jobs/notes.txt)"
aws iam create-role --role-name r --assume-role-policy-document file://trust`;
  writeFiles(folder, {
    "deploy/run.sh": script,
    "deploy/jobs/nightly": job,
    "deploy/jobs/hourly.txt": job.replace("nightly", "hourly"),
    "deploy/jobs/notes.txt": "to do",
    trust: TRUST,
  });
  const files = [{ path: "deploy/run.sh", text: script }];
  const { units, notes } = await readUnits(
    openFolder(folder),
    { files, terraform: [], named: new Set() },
    defaultConfig,
  );
  const all = units.map(({ resources }) => resources);
  rmSync(folder, { recursive: true });
  expect(all.flatMap(({ job_definitions }) => job_definitions.map(({ address }) => address)).sort()).toEqual([
    "hourly",
    "nightly",
  ]);
  expect(all.flatMap(({ policies }) => policies.map(({ kind }) => kind))).toEqual(["trust"]);
  expect(notes.map(({ line }) => line)).toEqual([3]);
});

test("a file that is chosen as the script runs is noted, unless its name says that it is read anyway", async () => {
  const loop = (words: string, path: string) =>
    `for f in ${words}; do\n  aws batch register-job-definition --cli-input-json "${path}"\ndone`;
  const said = ["The script registers a job definition from a file that it chooses as it runs, so it was not checked."];
  expect((await made(loop("a b", "file://jobs/$f.txt"))).notes).toEqual(said);
  expect((await made(loop("jobs/*.txt", "file://$f"))).notes).toEqual(said);
  expect((await made(loop("$(find jobs)", "file://$f"))).notes).toEqual(said);
  expect((await made(loop("a b", "file://jobs/$f.json"))).notes).toEqual([]);
  expect((await made(loop("jobs/*.json jobs/*.yaml", "file://$f"))).notes).toEqual([]);
});

test("a call is read behind what runs it, and not behind what shows it", async () => {
  const call = `batch register-job-definition --job-definition-name nightly --type container --container-properties '${PROPERTIES}'`;
  const jobs = async (before: string) => (await made(`${before} ${call}`)).jobs.length;
  const running = [
    "docker run --rm -v ~/.aws:/root/.aws -v /opt/aws:/aws amazon/aws-cli",
    "docker run --rm public.ecr.aws/aws-cli/aws-cli:2.15.0 --region eu-west-1",
    "docker compose run --rm aws",
    "poetry run aws",
    "uvx --from awscli aws",
    "chamber exec prod -- aws",
    "sudo -u deploy aws",
    "timeout 60 aws",
    "AWS_PROFILE=x ssh host aws",
    "eval aws",
    "aws-vault exec prod -- aws",
    "with_retries 3 aws",
    "aws2",
  ];
  for (const before of running) expect([before, await jobs(before)]).toEqual([before, 1]);
  for (const before of ["echo aws", "log_info aws", "printf %s aws"])
    expect([before, await jobs(before)]).toEqual([before, 0]);
  const grant = `iam put-role-policy --role-name r --policy-name p --policy-document '${READ}'`;
  expect((await made(`docker run amazon/aws-cli ${grant}`)).policies).toHaveLength(1);
  expect((await made(`must_fail aws ${grant}`)).policies).toEqual([]);
});

const NAMED = `{"jobDefinitionName": "j", "type": "container", "containerProperties": ${PROPERTIES}}`;
const REGISTER = `batch register-job-definition --job-definition-name j --type container --container-properties '${PROPERTIES}'`;

describe("what a registration reads from its input or from a file that the script writes", () => {
  test.each([
    `aws batch register-job-definition --cli-input-json file:///dev/stdin <<'EOF'\n${NAMED}\nEOF`,
    `aws batch register-job-definition --cli-input-json file:///dev/stdin <<< '${NAMED}'`,
    `cat <<'EOF' | aws batch register-job-definition --cli-input-json file:///dev/stdin\n${NAMED}\nEOF`,
    `printf '%s\\n' '${NAMED}' | aws batch register-job-definition --cli-input-json file:///proc/self/fd/0`,
    `tee j.out <<'EOF' >/dev/null\n${NAMED}\nEOF\naws batch register-job-definition --cli-input-json file://j.out`,
    `echo '${NAMED}' | sudo tee /tmp/j\naws batch register-job-definition --cli-input-json file:///tmp/j`,
    `printf '%s' '${NAMED}' > j.out\naws batch register-job-definition --cli-input-json file://j.out`,
    'aws batch register-job-definition --cli-input-yaml "$(cat <<EOF\njobDefinitionName: j\ncontainerProperties:\n  image: a\nEOF\n)"',
  ])("%s", async (script) => {
    expect((await made(script)).jobs).toEqual(["j"]);
  });

  test("what is not seen is noted", async () => {
    const { jobs, notes } = await made("jq . a | aws batch register-job-definition --cli-input-json file:///dev/stdin");
    expect([jobs, notes.length]).toEqual([[], 1]);
  });
});

describe("a registration, whatever runs the CLI", () => {
  test.each([
    `AWS="aws --profile p"\n$AWS ${REGISTER}`,
    `$CLI ${REGISTER}`,
    `python3 -m awscli ${REGISTER}`,
    `docker run --rm --entrypoint aws image ${REGISTER}`,
    `in_prod() { aws --profile prod "$@"; }\nin_prod ${REGISTER}`,
    `options=(--region x)\naws "\${options[@]}" ${REGISTER}`,
  ])("%s", async (script) => {
    expect((await made(script)).jobs).toEqual(["j"]);
  });

  test("of a function that calls the CLI, all calls are read", async () => {
    const { roles } = await made(
      `in_prod() {\n  aws --profile prod "$@"\n}\nin_prod iam create-role --role-name r --assume-role-policy-document '${TRUST}'`,
    );
    expect(roles).toHaveLength(1);
  });

  test("LocalStack is not AWS, and what is only shown is no call", async () => {
    expect((await made(`awslocal ${REGISTER}`)).jobs).toEqual([]);
    for (const address of ["http://localhost:4566", "http://localstack.example.dev:4566", "$URL"])
      expect((await made(`URL=http://127.0.0.1:5000\naws --endpoint-url=${address} ${REGISTER}`)).jobs).toEqual([]);
    const endpoint = "https://batch.eu-west-1.amazonaws.com";
    expect((await made(`aws --endpoint-url ${endpoint} ${REGISTER}`)).jobs).toHaveLength(1);
    expect((await made(`echo "$AWS" ${REGISTER}`)).jobs).toEqual([]);
  });

  test("one in a string is noted", async () => {
    expect((await made(`bash -c "aws batch register-job-definition --cli-input-json file://a"`)).notes).toEqual([
      "The script registers a job definition in a command that another program runs, so it was not checked.",
    ]);
  });
});

test("properties of a job in shorthand syntax, where each value is", async () => {
  const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db";
  const text = `aws batch register-job-definition --job-definition-name j --container-properties \\
  'image=a,command=[run,"a,b"],secrets=[{name=A,valueFrom=${secret}},{name=B,valueFrom="${secret}:k::"}]'`;
  const { units } = await read({ "deploy.sh": text });
  const [container] = units[0]?.resources.job_definitions[0]?.containers ?? [];
  expect(container?.command.map(({ value }) => value)).toEqual(["run", "a,b"]);
  expect(container?.secrets.map(({ name, value_from }) => [name?.value, value_from?.value])).toEqual([
    ["A", secret],
    ["B", `${secret}:k::`],
  ]);
  const covered = container?.secrets.map(({ value_from: one }) => one && text.slice(one.at.start, one.at.end));
  expect(covered).toEqual([secret, `"${secret}:k::"`]);
});

test("the variables of a Makefile with one value", async () => {
  const secret = "arn:aws:secretsmanager:eu-west-1:$(ACCOUNT):secret:db";
  const text = `ACCOUNT := 111122223333 # ours
SECRET = ${secret}
GIVEN ?= x
register:
\taws batch register-job-definition --job-definition-name j --container-properties '{"image": "a", "secrets": [{"name": "A", "valueFrom": "$(SECRET)"}, {"name": "B", "valueFrom": "$(GIVEN)"}]}'
`;
  const { units } = await read({ Makefile: text });
  const [a, b] = units[0]?.resources.job_definitions[0]?.containers[0]?.secrets ?? [];
  expect(a?.value_from?.value).toBe("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db");
  expect(a?.value_from && text.slice(a.value_from.at.start, a.value_from.at.end)).toBe('"$(SECRET)"');
  expect(b?.value_from?.value).toMatch(/^⟨.*⟩$/);
});
