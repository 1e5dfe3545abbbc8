import { expect, test } from "vitest";
import { terraform } from "./format.ts";

test("a template that Terraform renders has directives, or calls a function", () => {
  expect(terraform.renders?.("${jsonencode({a = b})}")).toBe(true);
  expect(terraform.renders?.("[%{ for a in b ~}x%{ endfor ~}]")).toBe(true);
  expect(terraform.renders?.('{"a": ${B}, "c": "${AWS::Region}"}')).toBe(false);
});
