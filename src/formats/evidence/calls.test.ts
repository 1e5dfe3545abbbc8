import { expect, test } from "vitest";
import { OPERATIONS } from "../../collect/calls.ts";
import { CALLS, holdsValues, refusalOf } from "./calls.ts";

test("every call that is collected is read", () => {
  const collected = Object.entries(OPERATIONS).map(([operation, { service }]) => `${service} ${operation}`);
  expect(collected.filter((call) => !CALLS.has(call))).toEqual([]);
});

test("no call that is read has values", () => {
  expect([...CALLS.keys()].filter(holdsValues)).toEqual([]);
  expect(["secretsmanager GetSecretValue", "ssm GetParametersByPath", "kms Decrypt"].every(holdsValues)).toBe(true);
});

test.each([
  ["ResourceNotFoundException", "missing"],
  ["NoSuchEntity", "missing"],
  ["NoSuchEntityException", "missing"],
  ["NotFoundException", "missing"],
  ["AccessDenied", "denied"],
  ["AccessDeniedException", "denied"],
  ["UnauthorizedOperation", "denied"],
  ["ThrottlingException", "other"],
  ["ExpiredTokenException", "other"],
  ["InvalidSubnetID.NotFound", "other"],
])("%s is %s", (code, meaning) => {
  expect(refusalOf(code)).toBe(meaning);
});
