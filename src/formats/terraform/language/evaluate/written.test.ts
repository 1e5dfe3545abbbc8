import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../../test/support/memory-workspace.ts";
import { spelling } from "../../../../facts/spelling.ts";
import { readTerraform } from "../../read.ts";
import { expressionAt } from "./written.ts";

/** How the report writes the value of an environment variable that is this expression. */
async function written(expression: string, files: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  const all = {
    ...files,
    "main.tf": `
variable "secrets" {}
variable "hosts" { type = list(string) }
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "busybox", environment = [{ name = "X", value = ${expression} }] })
}
`,
  };
  const { units } = await readTerraform(memoryWorkspace(all), Object.keys(all), { varFiles: [] });
  const text = units[0]?.resources.job_definitions[0]?.containers[0]?.environment[0]?.value?.value;
  const where = { place: { file: { path: "main.tf", text: "" }, start: 0, end: 0 }, address: "" };
  return text && spelling(units)("*.tf", where).say(text);
}

test("what has no name is written as the expression that computes it", async () => {
  expect(await written("lookup(var.secrets, local.name)")).toBe("${lookup(var.secrets, local.name)}");
  expect(await written("try(var.secrets.a, var.secrets.b)")).toBe("${try(var.secrets.a, var.secrets.b)}");
  expect(await written('join(":", var.hosts)')).toBe('${join("…", var.hosts)}');
  expect(await written("tolist(var.hosts)[0]")).toBe("${var.hosts[0]}");
  expect(await written("missing_function()")).toBe("${missing_function()}");
  expect(await written('"${var.secrets.a}:${upper(var.secrets.b)}"')).toBe("${var.secrets.a}:${upper(var.secrets.b)}");
});

test("strings in it are left out, but for keys and for the names of files", async () => {
  expect(await written('try(var.secrets["db"], "hunter2hunter2")')).toBe('${try(var.secrets["db"], "…")}');
  expect(await written('file("../secret.txt")')).toBe('${file("../secret.txt")}');
  expect(await written('trimspace(file("../secret.txt"))')).toBe('${trimspace(file("../secret.txt"))}');
  expect(await written('templatefile("${path.module}/job.tpl", { password = "hunter2hunter2" })')).toBe(
    '${templatefile("${path.module}/job.tpl", …)}',
  );
  expect(await written('concat(["hunter2hunter2"], var.hosts)[9]')).toBe('${concat(["…"], var.hosts)[9]}');
});

test("a long or nested expression is written by the name of its function", async () => {
  expect(await written(`coalesce(var.secrets.a, ${"var.secrets.b, ".repeat(20)} "x")`)).toBe("${coalesce(…)}");
  expect(await written('upper("${var.secrets.a}${file("/x")}")')).toBe("${upper(…)}");
});

test("it is one expression on one line, wherever it is used", async () => {
  expect(await written("local.url", { "locals.tf": "locals {\n  url = upper(\n    var.secrets.a\n  )\n}\n" })).toBe(
    "${local.url}",
  );
  expect(await written("upper(\n    var.secrets.a\n  )")).toBe("${upper( var.secrets.a )}");
});

test("what a built-in module computes is written as the call", () => {
  const text = 'module "jobs" {';
  expect(expressionAt({ file: { path: "main.tf", text }, start: 0, end: text.length - 2 })).toBe("module.jobs.…");
});
