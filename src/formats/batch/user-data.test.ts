import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { forgetHidden, hiddenValues } from "../../facts/hidden.ts";
import { hole } from "../../facts/text.ts";
import type { TextValue } from "../../syntax/value.ts";
import { decodedUserData, readUserData } from "./user-data.ts";

const DRIVERS = "ECS_AVAILABLE_LOGGING_DRIVERS";
const OVERRIDE = "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE";

function textOf(value: string): TextValue {
  const file = { path: "user-data", text: value };
  const offsets = () => Array.from({ length: value.length + 1 }, (_, index) => index);
  return { kind: "text", value, at: { file, start: 0, end: value.length }, offsets };
}

function read(value: string) {
  const data = readUserData(textOf(value));
  return {
    form: data?.form,
    writes: data?.writes_config,
    settings: data?.settings.map((one) => [one.name, one.value.value]),
    unseen: data?.unseen.map(({ cause }) => cause.name),
  };
}

const mime = (body: string, type = "text/x-shellscript") =>
  `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: ${type}\n\n${body}\n--B--\n`;

test.each([
  ["an echo", `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`, [[OVERRIDE, "false"]]],
  ["an echo in quotes", `echo "${OVERRIDE}=false" >> /etc/ecs/ecs.config`, [[OVERRIDE, "false"]]],
  ["a heredoc", `cat <<'EOF' >> /etc/ecs/ecs.config\n${OVERRIDE}=true\nEOF`, [[OVERRIDE, "true"]]],
  ["a tee", `tee -a /etc/ecs/ecs.config <<EOF\n${OVERRIDE}=false\nEOF`, [[OVERRIDE, "false"]]],
  [
    "a substitution of what is written before",
    `echo ${OVERRIDE}=true >> /etc/ecs/ecs.config\nsed -i 's/^ECS_ENABLE.*/${OVERRIDE}=false/' /etc/ecs/ecs.config`,
    [
      [OVERRIDE, "true"],
      [OVERRIDE, "false"],
    ],
  ],
  ["a value with quotes", `echo ${OVERRIDE}="false" >> /etc/ecs/ecs.config`, [[OVERRIDE, "false"]]],
  [
    "a list in quotes",
    `echo '${DRIVERS}=["json-file","splunk"]' >> /etc/ecs/ecs.config`,
    [[DRIVERS, '["json-file","splunk"]']],
  ],
  [
    "a list with escapes",
    `echo "${DRIVERS}=[\\"json-file\\", \\"splunk\\"]" | sudo tee -a /etc/ecs/ecs.config`,
    [[DRIVERS, '["json-file", "splunk"]']],
  ],
  [
    "both of two",
    `echo ${OVERRIDE}=true >> /etc/ecs/ecs.config; echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
    [
      [OVERRIDE, "true"],
      [OVERRIDE, "false"],
    ],
  ],
])("a setting is read from %s", (_, script, settings) => {
  expect(read(`#!/bin/bash\n${script}\n`)).toEqual({ form: "script", writes: true, settings, unseen: [] });
  expect(read(mime(script))).toEqual({ form: "mime", writes: true, settings, unseen: [] });
});

test.each([
  `if [ -f /etc/gpu ]; then\n  echo ${OVERRIDE}=false >> /etc/ecs/ecs.config\nfi`,
  `if true; then :; else echo ${OVERRIDE}=false >> /etc/ecs/ecs.config; fi`,
  `case $X in\n  a) echo ${OVERRIDE}=false >> /etc/ecs/ecs.config ;;\nesac`,
  `for i in $LIST; do\n  echo ${OVERRIDE}=false >> /etc/ecs/ecs.config\ndone`,
  `[ -f /etc/gpu ] && echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
  `grep -q ECS_CLUSTER /etc/ecs/ecs.config || echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
  `echo ${OVERRIDE}=false >> /tmp/notes.txt`,
  `echo "${OVERRIDE}=false" | sudo tee -a /var/log/notes`,
  `cat <<'EOF' > /tmp/notes\nA=1\n${OVERRIDE}=false\nEOF`,
  `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config\necho ECS_CLUSTER=x > /etc/ecs/ecs.config`,
])("a setting that may not be made, or elsewhere, settles nothing: %s", (script) => {
  const { settings, unseen } = read(mime(`#!/bin/bash\n${script}`));
  expect(settings).toEqual([]);
  expect(unseen).toEqual(["the user data"]);
});

test("a setting that may be made takes the place of those before it", () => {
  const maybe = `if [ -f /etc/gpu ]; then\n  echo ${OVERRIDE}=false >> /etc/ecs/ecs.config\nfi`;
  const sure = `echo ${OVERRIDE}=true >> /etc/ecs/ecs.config`;
  expect(read(mime(`#!/bin/bash\n${sure}\n${maybe}`)).settings).toEqual([]);
  expect(read(mime(`#!/bin/bash\n${maybe}\n${sure}`)).settings).toEqual([[OVERRIDE, "true"]]);
});

test.each([
  `if [ -f /etc/gpu ]; then\n  modprobe x\nfi\necho ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
  `mkdir -p /etc/ecs && echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
  `echo ECS_CLUSTER=x > /etc/ecs/ecs.config\necho ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
  `cat > /etc/ecs/ecs.config <<EOF\nA=1\n${OVERRIDE}=false\nEOF`,
  `echo ${OVERRIDE}=false > /etc/ecs/ecs.config`,
  `cat <<EOF > /tmp/notes\nA=1\nEOF\necho ${OVERRIDE}=false >> /etc/ecs/ecs.config`,
  `# for GPUs\necho ${OVERRIDE}=false >> $CONFIG`,
  `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config 2> /dev/null`,
  `echo "${OVERRIDE}=false" | sudo tee -a /etc/ecs/ecs.config > /dev/null`,
])("a setting behind a compound command, or with a file that is not known, is one: %s", (script) => {
  expect(read(mime(`#!/bin/bash\n${script}`)).settings).toEqual([[OVERRIDE, "false"]]);
});

test.each([
  `sed -i 's/^${OVERRIDE}=.*/${OVERRIDE}=false/' /etc/ecs/ecs.config`,
  `sed -i -e "s|${OVERRIDE}=true|${OVERRIDE}=false|" $CONFIG`,
  `sed --in-place -E \\\n  s#${OVERRIDE}=.*#${OVERRIDE}=false# /etc/ecs/ecs.config`,
  `[sed, -i, 's/${OVERRIDE}=true/${OVERRIDE}=false/', /etc/ecs/ecs.config]`,
])("a substitution of a line that may not be there settles nothing: %s", (call) => {
  const { settings, unseen } = read(`#!/bin/bash\n${call}\n`);
  expect(settings).toEqual([]);
  expect(new Set(unseen)).toEqual(new Set(["the user data"]));
  expect(read(`#!/bin/bash\n${call}; echo ${OVERRIDE}=true >> /etc/ecs/ecs.config\n`).settings).toEqual([
    [OVERRIDE, "true"],
  ]);
});

test("what is behind the end of a script is not run, up to the next part", () => {
  const write = `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`;
  const made = [[OVERRIDE, "false"]];
  expect(read(`#!/bin/bash\nexit 0\n${write}`)).toMatchObject({ settings: [], unseen: ["the user data"] });
  expect(read(`#!/bin/bash\n${write}\nexit 0\n`)).toMatchObject({ settings: made, unseen: [] });
  expect(read(`#!/bin/bash\nif [ -f x ]; then\n  exit 1\nfi\n${write}`)).toMatchObject({ settings: made, unseen: [] });
  const parts = mime(`exit 0\n--B\nContent-Type: text/x-shellscript\n\n${write}`);
  expect(read(parts)).toMatchObject({ settings: made, unseen: [] });
});

test("a file that is put in place of the agent's has what it has", () => {
  const write = `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`;
  expect(read(`${write}\nmv /tmp/new /etc/ecs/ecs.config`).settings).toEqual([]);
  expect(read(`${write}\nsudo cp /tmp/new "/etc/ecs/ecs.config"`).settings).toEqual([]);
  expect(read(`${write}\ncp /etc/ecs/ecs.config /root/ecs.bak`).settings).toEqual([[OVERRIDE, "false"]]);
  expect(read(`${write}\ninstall -m 600 /tmp/new /etc/ecs/ecs.config`).settings).toEqual([]);
});

test("a file that is emptied, or written anew by any command, has nothing of before", () => {
  const write = `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`;
  for (const line of [
    ": > /etc/ecs/ecs.config",
    "envsubst < /tmp/t > /etc/ecs/ecs.config",
    "echo X=1 | sudo tee /etc/ecs/ecs.config",
    "sed -i '/OVERRIDE/d' /etc/ecs/ecs.config",
  ]) {
    expect([line, read(`${write}\n${line}`).settings]).toEqual([line, []]);
    expect([line, read(`${line}\n${write}`).settings]).toEqual([line, [[OVERRIDE, "false"]]]);
  }
  for (const line of ["echo X=1 | tee -a /etc/ecs/ecs.config", "# : > /etc/ecs/ecs.config", "ls 2> /dev/null"])
    expect([line, read(`${write}\n${line}`).settings]).toEqual([line, [[OVERRIDE, "false"]]]);
});

test("what a function does, and a here document of a command that may not run, is not known", () => {
  const write = `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`;
  expect(read(`f() {\n${write}\n}\n`).settings).toEqual([]);
  expect(read(`function f { ${write}; }\n`).settings).toEqual([]);
  expect(read(`f() {\n  ls\n}\n${write}`).settings).toEqual([[OVERRIDE, "false"]]);
  const here = `cat >> /etc/ecs/ecs.config <<E\n${OVERRIDE}=false\nE\n`;
  expect(read(here).settings).toEqual([[OVERRIDE, "false"]]);
  expect(read(`[ -f x ] && ${here}`).settings).toEqual([]);
  expect(read(`ls x || ${here}`).settings).toEqual([]);
});

test("a program that takes the place of the script ends it, and redirections of it do not", () => {
  const write = `echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`;
  expect(read(`exec /bin/true\n${write}`).settings).toEqual([]);
  for (const line of ["exec > >(tee /var/log/user-data.log) 2>&1", "exec 2>&1", "exec &> /var/log/x"])
    expect([line, read(`${line}\n${write}`).settings]).toEqual([line, [[OVERRIDE, "false"]]]);
});

test("sed may add a line", () => {
  expect(read(`#!/bin/bash\nsed -i '$ a ${OVERRIDE}=false' /etc/ecs/ecs.config\n`).settings).toEqual([
    [OVERRIDE, "false"],
  ]);
});

test("the setting is where its value is", () => {
  const [only] = readUserData(textOf(`#!/bin/sh\necho ${OVERRIDE}=false >> /etc/ecs/ecs.config`))?.settings ?? [];
  expect(only?.at.file.text.slice(only.at.start, only.at.end)).toBe("false");
});

test("cloud-config writes files, also as a part of a MIME document", () => {
  const config = `write_files:\n  - path: /etc/ecs/ecs.config\n    content: |\n      ${OVERRIDE}=false\nruncmd:\n  - echo A=1 >> /etc/ecs/ecs.config`;
  const expected = { writes: true, settings: [[OVERRIDE, "false"]], unseen: [] };
  expect(read(`#cloud-config\n${config}`)).toEqual({ form: "cloud-config", ...expected });
  expect(read(mime(config, "text/cloud-config"))).toEqual({ form: "mime", ...expected });
});

test("a part that is encoded is read as well", () => {
  const body = Buffer.from(`#!/bin/bash\necho ${OVERRIDE}=false >> /etc/ecs/ecs.config\n`).toString("base64");
  const part = `--B\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${body}\n--B--`;
  const document = `Content-Type: multipart/mixed; boundary="B"\nMIME-Version: 1.0\n\n${part}`;
  expect(read(document)).toEqual({ form: "mime", writes: true, settings: [[OVERRIDE, "false"]], unseen: [] });
});

test("comments and variables of the shell are no settings", () => {
  const script = `#!/bin/bash\n# ${OVERRIDE}=false\nexport ${OVERRIDE}=false\necho hello\n`;
  expect(read(script)).toEqual({ form: "script", writes: false, settings: [], unseen: [] });
});

test("settings that are copied from elsewhere are unseen", () => {
  for (const line of ["aws s3 cp s3://b/ecs.config /etc/ecs/ecs.config", "cat extra >> /etc/ecs/ecs.config"]) {
    expect(read(`#!/bin/bash\n${line}\n`).unseen).toEqual(["the user data"]);
  }
  expect(read("#!/bin/bash\necho ECS_CLUSTER=c >> /etc/ecs/ecs.config\n").unseen).toEqual([]);
});

test("an unknown line may be any setting, an unknown value is one value", () => {
  const extra = hole("var.extra", "wide", { cause: { kind: "variable", name: "var.extra", unit: "u" } });
  expect(read(`#!/bin/bash\n${extra}\n`).unseen).toEqual(["var.extra"]);
  expect(read(`#!/bin/bash\necho ECS_CLUSTER=${extra} >> /etc/ecs/ecs.config\n`).unseen).toEqual([]);
  expect(read(extra).form).toBe("unknown");
});

test.each([
  ["mime", mime("x")],
  ["mime", 'Content-Type: multipart/mixed;\n boundary="B"\nMIME-Version: 1.0\n\n--B--'],
  ["script", "\n#!/bin/bash\n"],
  ["cloud-config", "#cloud-config\nruncmd: []"],
  ["toml", '[settings.ecs]\ncluster = "c"'],
  ["other", "echo hello"],
])("user data has the form %s", (form, text) => {
  expect(read(text).form).toBe(form);
});

test("user data in base64 is decoded, and anything else is as it is", () => {
  const decoded = (value: string) => {
    const found = decodedUserData(textOf(value));
    return found?.kind === "text" ? found.value : undefined;
  };
  expect(decoded("RUNTPcOk")).toBe("ECS=ä");
  expect(decoded("RUNT\nPcOk")).toBe("ECS=ä");
  expect(decoded("not base64!")).toBe("not base64!");
});

const OFF = `${OVERRIDE}=false\n`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const zipped = (text: string) => gzipSync(text).toString("base64");
const wrapped = (text: string, by: string) => text.replace(/.{40}(?=.)/g, `$&\n${by}`);
const cloudConfig = (file: string) => `#cloud-config\nwrite_files:\n  - path: /etc/ecs/ecs.config\n${file}\n`;

test.each([
  ["a file of cloud-config", cloudConfig(`    encoding: b64\n    content: ${base64(OFF)}`)],
  ["a file of cloud-config before its encoding", cloudConfig(`    content: "${base64(OFF)}"\n    encoding: base64`)],
  [
    "a file on several lines",
    cloudConfig(`    content: |\n      ${wrapped(base64(OFF), "      ")}\n    encoding: b64`),
  ],
  ["a compressed file of cloud-config", cloudConfig(`    encoding: gz+b64\n    content: ${zipped(OFF)}`)],
  ["a compressed file as binary", cloudConfig(`    encoding: gzip\n    content: !!binary |\n      ${zipped(OFF)}`)],
  ["cloud-config as JSON", `#cloud-config\n{"write_files":[{"encoding":"b64","content":"${base64(OFF)}"}]}`],
  ["a script that decodes a word", `#!/bin/bash\necho ${base64(OFF)} | base64 -d > /etc/ecs/ecs.config\n`],
  ["a script that decodes a heredoc", `#!/bin/bash\nbase64 -d > /etc/ecs/ecs.config <<EOF\n${base64(OFF)}\nEOF\n`],
  ["a part in a part", mime(base64(cloudConfig(`    encoding: b64\n    content: ${base64(OFF)}`)))],
])("a setting is read from %s", (_, data) => {
  expect(read(data).settings).toEqual([[OVERRIDE, "false"]]);
  expect(read(data).unseen).toEqual([]);
});

test("a compressed part that can't be read may hold settings, and so may one that grows too much", () => {
  const bomb = zipped("x".repeat(1 << 20));
  for (const part of [zipped(OFF).replace(/.{8}$/, "AAAAAAA="), bomb])
    expect(read(cloudConfig(`    encoding: gz+b64\n    content: ${part}`)).unseen).toEqual(["user data"]);
});

test("user data is read through compression, and what is no text is unknown", () => {
  const of = (value: string) => decodedUserData(textOf(value));
  expect(of(zipped("#!/bin/bash\ntrue\n"))).toMatchObject({ kind: "text", value: "#!/bin/bash\ntrue\n" });
  expect(of(Buffer.from([127, 69, 76, 70, 0, 1, 0, 2, 9]).toString("base64"))).toMatchObject({ kind: "unknown" });
});

test("what encodes a credential is hidden as it is written", () => {
  forgetHidden();
  const token = `ghp_${"a1B2".repeat(9)}`;
  read(cloudConfig(`    encoding: gz+b64\n    content: ${zipped(`TOKEN=${token}`)}`));
  expect(hiddenValues().map(([value]) => value)).toEqual([zipped(`TOKEN=${token}`), token]);
});

test("whether AWS Batch takes a compressed document is open, and what is in it counts", () => {
  const document = mime(`echo ${OVERRIDE}=false >> /etc/ecs/ecs.config`);
  const packed = readUserData(decodedUserData(textOf(zipped(document))));
  expect(packed).toMatchObject({ form: "unknown", settings: [{ name: OVERRIDE }] });
  const encoded = Buffer.from(document).toString("base64");
  expect(readUserData(decodedUserData(textOf(encoded)))?.form).toBe("mime");
});
