import fc from "fast-check";
import { expect, test } from "vitest";
import { BEYOND, holeOf, holes, insides } from "../facts/text.ts";
import { plain, texts } from "../formats/testing.ts";
import { fillPlaceholders, replaceNothing } from "./fill-placeholders.ts";
import { parseJson } from "./json/document.ts";
import { isPlaceholder, maskPlaceholders, unmask } from "./placeholders.ts";
import type { Value } from "./value.ts";

const withHoles = (text: string, unit: string, spellings: Map<string, string>): string => {
  const at = { file: { path: "a.json", text }, start: 0, end: text.length };
  const filled = fillPlaceholders({ kind: "text", value: text, at }, unit, spellings);
  return filled.kind === "text" ? filled.value : "";
};
const fill = (text: string) => {
  const spellings = new Map<string, string>();
  return { value: withHoles(text, "jobs", spellings), spellings: Object.fromEntries(spellings) };
};
const value = (text: string) => fill(text).value;

test("beyond what a run can replace, a text with placeholders is not known, and the next run begins anew", () => {
  replaceNothing();
  const many = "${A}".repeat(9_000);
  for (let times = 0; times < 60; times++) withHoles(many, "jobs", new Map());
  expect(insides(value("x-${A}"))).toEqual([BEYOND]);
  expect(value("no placeholder")).toBe("no placeholder");
  replaceNothing();
  expect(insides(value("x-${A}"))).not.toContain(BEYOND);
});

test("in the first fields of an ARN a placeholder is narrow, and its spelling is kept", () => {
  expect(fill("arn:aws:secretsmanager:${AWS_REGION}:${ACCOUNT}:secret:db-AbCdEf:password::")).toEqual({
    value: "arn:aws:secretsmanager:⟨AWS_REGION@jobs⟩:⟨ACCOUNT@jobs⟩:secret:db-AbCdEf:password::",
    spellings: { "⟨AWS_REGION@jobs⟩": "${AWS_REGION}", "⟨ACCOUNT@jobs⟩": "${ACCOUNT}" },
  });
  expect(value("arn:{{ p }}:ssm:<r>:__A_1__:parameter/x")).toBe("arn:⟨p@jobs⟩:ssm:⟨r@jobs⟩:⟨A_1@jobs⟩:parameter/x");
});

test("a placeholder with colons of its own does not shift the fields", () => {
  expect(value("arn:aws:ssm:${R:-us-east-1}:${A:?needed}:parameter/${X}")).toBe(
    "arn:aws:ssm:⟨R_-us-east-1@jobs⟩:⟨A_?needed@jobs⟩:parameter/⟨*X@jobs⟩",
  );
});

test("a placeholder that may be a whole ARN is wide", () => {
  expect(fill("${{DATABASE_PASSWORD_ARN}}")).toEqual({
    value: "⟨*DATABASE_PASSWORD_ARN@jobs⟩",
    spellings: { "⟨*DATABASE_PASSWORD_ARN@jobs⟩": "${{DATABASE_PASSWORD_ARN}}" },
  });
  expect(value("${SECRET_NAME}")).toBe("⟨*SECRET_NAME@jobs⟩");
  expect(value("${SECRET_ARN}:password::")).toBe("⟨*SECRET_ARN@jobs⟩:password::");
  expect(value("$SECRET_ARN:password::")).toBe("⟨*SECRET_ARN@jobs⟩:password::");
  expect(value("{secret_arn}:password::")).toBe("⟨*secret_arn@jobs⟩:password::");
  expect(value("#{secret_arn}#:password::")).toBe("⟨*secret_arn@jobs⟩:password::");
  expect(value("REPLACE_WITH_SECRETS_MANAGER_ARN_FOR_DB")).toBe("⟨*REPLACE_WITH_SECRETS_MANAGER_ARN_FOR_DB@jobs⟩");
});

test("inside a string the name of a placeholder tells whether it is narrow", () => {
  expect(value("arn:aws:secretsmanager:us-east-1:123456789012:secret:<secret_name>")).toBe(
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:⟨secret_name@jobs⟩",
  );
  expect(value("${PROJECT}/${env}/db-%SUFFIX%")).toBe("⟨PROJECT@jobs⟩/⟨env@jobs⟩/db-⟨SUFFIX@jobs⟩");
  expect(value("a/${thing}")).toBe("a/⟨*thing@jobs⟩");
  expect(value("a/${projectName}")).toBe("a/⟨projectName@jobs⟩");
  expect(value("a/${nameOfArn}")).toBe("a/⟨*nameOfArn@jobs⟩");
});

test("the words of the documentation are placeholders where they are for a field of an ARN", () => {
  expect(fill("arn:aws:secretsmanager:region:aws_account_id:secret:appauthexample-AbCdEf")).toEqual({
    value: "arn:aws:secretsmanager:⟨region@jobs⟩:⟨aws_account_id@jobs⟩:secret:appauthexample-AbCdEf",
    spellings: { "⟨region@jobs⟩": "region", "⟨aws_account_id@jobs⟩": "aws_account_id" },
  });
  expect(value("arn:partition:ssm:your-region:XXXXXXXXXXXX:parameter/region")).toBe(
    "arn:⟨partition@jobs⟩:ssm:⟨your-region@jobs⟩:⟨XXXXXXXXXXXX@jobs⟩:parameter/region",
  );
  for (const arn of [
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:region",
    "arn:aws:secretsmanager:regionx:accounts:secret:a",
    "arn:aws:iam::123456789012:role/region",
  ]) {
    expect(value(arn)).toBe(arn);
  }
});

test("two spellings of one name are two holes, and white space makes no difference", () => {
  const spellings = new Map<string, string>();
  const both = "arn:aws:ssm:<region>:${region}:parameter/{{ name }}/{{name}}";
  expect(withHoles(both, "a", spellings)).toBe("arn:aws:ssm:⟨region@a⟩:⟨${region}@a⟩:parameter/⟨name@a⟩/⟨name@a⟩");
  expect(insides("⟨region@a⟩⟨${region}@a⟩").map((inside) => holeOf(inside).words)).toEqual(["<region>", "${region}"]);
});

test("CloudFormation's pseudo parameters are the same holes everywhere", () => {
  expect(value("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/x")).toBe(
    "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/x",
  );
});

test("what is no placeholder stays as it is", () => {
  for (const text of [
    "",
    "{{resolve:secretsmanager:db:SecretString:password}}",
    "echo $HOME",
    "%Y-%m-%d %H:%M:%S",
    "a%20b%2Fc",
    "a < b > c",
    "[1, 2]",
    "user@example.com",
    "curl {host}/x",
    "{}",
    "{a: b}",
    "# {comment}",
    "${*}",
    "arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/team}/*",
    "${aws:username}",
    "${kms:CallerAccount}",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-??????",
  ]) {
    expect(value(text)).toBe(text);
  }
});

test("placeholders are recognised in all their spellings", () => {
  for (const text of [
    "${X}",
    "${{ X }}",
    "{{x}}",
    "{{{ x }}}",
    "<your region>",
    "__X_Y__",
    "[[region]]",
    "%ENV%",
    "%%X%%",
    "ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=,type:str]",
    "@ENV@",
    "$(Build.Id)",
    "#{Project.SecretArn}",
    "#{ secret_arn }#",
    "{secret_arn}",
    "<%= x %>",
    "REPLACE_ME",
    "CHANGEME",
    "YOUR-ACCOUNT-ID",
  ]) {
    expect(isPlaceholder(text), text).toBe(true);
  }
});

test("a filled document keeps its places, and its bare placeholders get the names of the others", () => {
  const spellings = new Map<string, string>();
  const file = {
    path: "a/job.json",
    text: '{"vcpus": ${{CPU}}, "valueFrom": "arn:aws:ssm:<r>:1:parameter/\\u0061/${{CPU}}"}',
  };
  const { value } = parseJson(file);
  const filled = fillPlaceholders(value as Value, "a", spellings);
  expect(plain(filled)).toEqual({ vcpus: { unknown: "CPU@a" }, valueFrom: "arn:aws:ssm:⟨r@a⟩:1:parameter/a/⟨*CPU@a⟩" });
  expect(Object.fromEntries(spellings)).toEqual({ "⟨*CPU@a⟩": "${{CPU}}", "⟨r@a⟩": "<r>" });
  const [text] = texts(filled);
  const offsets = text?.offsets?.() ?? [];
  const at = (part: string) => offsets[text?.value.indexOf(part) ?? -1];
  expect(offsets.length).toBe((text?.value.length ?? 0) + 1);
  expect(at("⟨r@a⟩")).toBe(file.text.indexOf("<r>"));
  expect(at(":1:")).toBe(file.text.indexOf(":1:"));
  expect(at("a/⟨")).toBe(file.text.indexOf("\\u0061"));
  expect(at("⟨*CPU")).toBe(file.text.lastIndexOf("${{CPU}}"));
  expect(offsets.at(-1)).toBe(file.text.lastIndexOf('"'));
});

test("what repeats a value repeats the filled one", () => {
  const shared: Value = { kind: "list", items: [], at: { file: { path: "a", text: "" }, start: 0, end: 0 } };
  const filled = fillPlaceholders({ ...shared, items: [shared, shared] }, "a", new Map());
  expect(filled.kind === "list" && filled.items[0] === filled.items[1]).toBe(true);
});

const pieces = fc.constantFrom(
  "${X}",
  "{{ x }}",
  "<region>",
  "__A__",
  "[[b]]",
  "%ENV%",
  "$Y",
  "arn:aws:",
  ":",
  "region",
  "a",
  "{",
  "}",
  "<",
  "[[",
  "__",
  "${",
  "REPLACE_ME",
  " ",
);
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(pieces).map((all) => all.join("")),
);

test("placeholders with the same inside are holes of their own", () => {
  expect(fill("${REPLACE_ME} REPLACE_ME__ REPLACE_ME").spellings).toEqual({
    "⟨*REPLACE_ME@jobs⟩": "${REPLACE_ME}",
    "⟨*REPLACE_ME__@jobs⟩": "REPLACE_ME__",
    "⟨*REPLACE_ME 2@jobs⟩": "REPLACE_ME",
  });
});

test("spelling the holes out again gives the text back", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      fc.pre(!/[⟨⟩]/.test(text));
      const spellings = new Map<string, string>();
      const filled = withHoles(text, "u", spellings);
      const spelled = holes(filled).reduce(
        (result, { token }) => result.replace(token, () => spellings.get(token) ?? "?"),
        filled,
      );
      expect(spelled.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
    { numRuns: 1000 },
  );
});

test("masking keeps the length, hides what YAML trips over and is taken back", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      fc.pre(!/[\ue000-\ue07f]/.test(text));
      const masked = maskPlaceholders(text);
      expect(masked.length).toBe(text.length);
      expect(unmask(masked)).toBe(text);
    }),
    { numRuns: 1000 },
  );
  expect(maskPlaceholders("a: {{ x }}")).not.toMatch(/[{}]/);
});

test("a string of more placeholders than anybody fills in is not known at all", () => {
  expect(value("${A} ".repeat(10_000)).startsWith("⟨")).toBe(true);
  expect(holes(value("${A} ".repeat(10_000)))).toHaveLength(10_000);
  expect(holes(value("${A} ".repeat(10_001)))).toHaveLength(1);
});
