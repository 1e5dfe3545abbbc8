import { expect, test } from "vitest";
import { writeRaw } from "../formats/raw/write.ts";
import type { Place } from "../source.ts";
import type { Remedy } from "./finding.ts";
import { type Grantee, type RuleRemedy, writeRemedy } from "./remedy.ts";

const job: Place = { file: { path: "jobs/a.json", text: '{"valueFrom": "old"}' }, start: 14, end: 19 };
const role: Place = { file: { path: "iam/role.yaml", text: "RoleName: r\n" }, start: 0, end: 11 };

const policy = "Statement:\n  - Action: a:A # why\n";
const item: Place = { file: { path: "iam/policy.yaml", text: policy }, start: 15, end: 26 };

/** The remedy for the job, with the secret by the name that its files have for it. */
function written(remedy: RuleRemedy, secret: string, grantee?: Grantee, value?: string): Remedy {
  const spell = (text: string) => text.replaceAll("⟨secret⟩", secret);
  const contextOf = (at: number) => {
    const place = [job, role, item][at] ?? job;
    return { place, writer: writeRaw(place), value, say: spell, write: spell };
  };
  return writeRemedy(remedy, 0, contextOf, () => grantee);
}

const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";

test("a remedy without code is its sentence", () => {
  expect(written({ text: "Name the role ⟨secret⟩.", edits: [], add: null }, "Reader")).toEqual({
    text: "Name the role Reader.",
    edits: [],
    add: null,
    language: "json",
  });
});

test("an edit is the new text of its range, and an unknown suffix is left out of a reference", () => {
  const remedy = { text: "Write this.", edits: [{ at: 0, text: "⟨secret⟩:password::" }], add: null };
  expect(written(remedy, `${arn}-??????`)).toEqual({
    text: "Write this.",
    edits: [
      {
        location: { path: "jobs/a.json", start: { line: 1, column: 15 }, end: { line: 1, column: 20 } },
        text: `"${arn}:password::"`,
      },
    ],
    add: null,
    language: "json",
  });
});

test("what is right for another that an alias gives it to stays as it is", () => {
  const text = "one: &one\n  version: 1.3.0\ntwo: *one\nthree:\n  version: 1.3.0\n";
  const edited = (start: number, choice?: true) => {
    const place = { file: { path: "a.yaml", text }, start, end: start + 5 };
    const context = { place, writer: writeRaw(place), value: undefined, say: String, write: String };
    const edits = [{ at: 0, text: "1.4.0", ...(choice && { choice }) }];
    return writeRemedy(
      { text: "Set it.", edits, add: null },
      0,
      () => context,
      () => undefined,
    ).edits.length;
  };
  const [shared, own] = [text.indexOf("1.3.0"), text.lastIndexOf("1.3.0")];
  expect([edited(shared, true), edited(shared), edited(own, true)]).toEqual([0, 1, 1]);
});

test("a statement is written for the place of its policy, and keeps the pattern for an unknown suffix", () => {
  const remedy = { text: "Add it.", edits: [], add: { actions: ["a:B"], resources: ["⟨secret⟩"], at: 1 } };
  expect(written(remedy, `${arn}-??????`, { address: "r", statements: [2], isAlone: () => true })).toEqual({
    text: "Add it.",
    edits: [],
    add: {
      location: { path: "iam/policy.yaml", start: { line: 2, column: 5 }, end: { line: 2, column: 16 } },
      text: `- Effect: Allow\n  Action: a:B\n  Resource: "${arn}-??????"`,
      edits: [
        {
          location: { path: "iam/policy.yaml", start: { line: 2, column: 22 }, end: { line: 2, column: 22 } },
          text: `\n  - Effect: Allow\n    Action: a:B\n    Resource: "${arn}-??????"`,
        },
      ],
    },
    language: "yaml",
  });
  const nowhere = { ...remedy, add: { ...remedy.add, at: null } };
  expect(written(nowhere, arn).add).toEqual({
    location: null,
    text: `{\n  "Effect": "Allow",\n  "Action": "a:B",\n  "Resource": "${arn}"\n}`,
    edits: [],
  });
});

test("a role without policies gets one", () => {
  const remedy = { text: "Add it.", edits: [], add: { actions: ["kms:Decrypt"], resources: ["⟨secret⟩"], at: 1 } };
  const { text, add } = written(remedy, "arn:b", { address: "r", statements: [], isAlone: () => true });
  expect(text).toBe("Add this policy for `r`.");
  expect(add?.edits).toEqual([]);
  expect(JSON.parse(add?.text ?? "")).toEqual({
    RoleName: "r",
    PolicyName: "decrypt-secrets",
    PolicyDocument:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["arn:b"]}]}',
  });
});

test("an edit can't write what is there in a way that has no name", () => {
  const remedy = { text: "Write this.", edits: [{ at: 0, text: "⟨secret⟩:password::" }], add: null };
  expect(written(remedy, "<if>", undefined, "⟨secret⟩:password").edits).toEqual([]);
  expect(written(remedy, "<if>").edits).toHaveLength(1);
});

test("the sentence says what must be put into the code", () => {
  const remedy = { text: "Add it.", edits: [], add: { actions: ["a:B"], resources: ["⟨secret⟩"], at: 1 } };
  expect(written(remedy, "arn:aws:x:<region>:<account-id>:<name of y>").text).toBe(
    "Add it. Put the real values in place of <region>, <account-id> and <name of y>.",
  );
});
