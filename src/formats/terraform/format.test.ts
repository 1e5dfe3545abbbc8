import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { defaultConfig } from "../../config/config.ts";
import { newPurses } from "../../purse.ts";
import { NO_HISTORY } from "../../sources/history.ts";
import { openFolder } from "../../sources/tree.ts";
import { NO_DEPLOYMENTS } from "../deployments.ts";
import { terraform } from "./format.ts";

const root = mkdtempSync(join(tmpdir(), "format-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a template that Terraform renders has directives or calls a function, and a file of Terraform names it", () => {
  writeFileSync(
    join(root, "main.tf"),
    'locals { a = templatefile("${path.module}/a.json", {}), b = file("${var.b}.tpl") }',
  );
  const run = {
    tree: openFolder(root),
    config: defaultConfig,
    files: [],
    paths: ["main.tf"],
    deployments: NO_DEPLOYMENTS,
    evidence: new Set<never>(),
    ofAccount: false,
    history: NO_HISTORY,
    purses: newPurses(),
  };
  const renders = (path: string, text: string) => terraform.renders?.({ path, text }, run);
  expect(renders("x/a.json", "${jsonencode({a = b})}")).toBe(true);
  expect(renders("a.json", "[%{ for a in b ~}x%{ endfor ~}]")).toBe(true);
  expect(renders("any.tpl", "${lower(a)}")).toBe(true);
  expect(renders("a.json", '{"a": ${B}, "c": "${AWS::Region}"}')).toBe(false);
  expect(renders("b.json", "${jsonencode({a = b})}")).toBe(false);
});
