import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import { plain } from "../testing.ts";
import { causeIn } from "./language/evaluate/values.ts";
import { readTerragrunt } from "./terragrunt.ts";

const UNIT = 'terraform { source = "${get_repo_root()}/modules//job" }\ninputs = { secret = values.secret }';
const stack = (blocks: string) => `locals {\n  base = "\${get_repo_root()}/units"\n}\n${blocks}`;
const unit = (path: string, values: string, more = "") =>
  `unit "${path}" {\n  source = "\${local.base}/job"\n  path = "${path}"\n  values = ${values}\n  ${more}\n}\n`;

/** The folder of each unit, its module, and what it gives to it. */
function told(files: Readonly<Record<string, string>>): unknown {
  const { roots } = readTerragrunt(memoryWorkspace(files), Object.keys(files), () => undefined);
  return roots.map(({ folder, module, input }) => {
    const secret = input("secret");
    return [folder, module, secret && plain(secret)];
  });
}

test("a stack gives values to its units, each in a folder of its own", () => {
  const files = {
    "units/job/terragrunt.hcl": UNIT,
    "live/terragrunt.stack.hcl": stack(
      unit("day", '{ secret = "a" }') + unit("night", '{ secret = "b" }', "no_dot_terragrunt_stack = true"),
    ),
  };
  expect(told(files)).toEqual([
    ["live/.terragrunt-stack/day", "modules/job", "a"],
    ["live/night", "modules/job", "b"],
  ]);
});

test("a stack that another one places is read with the values given there", () => {
  const files = {
    "units/job/terragrunt.hcl": UNIT,
    "stacks/jobs/terragrunt.stack.hcl": stack(unit("day", "{ secret = values.secret }")),
    "live/terragrunt.stack.hcl":
      'stack "jobs" {\n source = "../stacks/jobs"\n path = "jobs"\n values = { secret = "a" }\n}',
  };
  expect(told(files)).toEqual([["live/.terragrunt-stack/jobs/.terragrunt-stack/day", "modules/job", "a"]]);
});

test("a unit without a source has the files beside it", () => {
  const files = {
    "units/job/terragrunt.hcl": "inputs = values",
    "live/terragrunt.stack.hcl": stack(unit("day", '{ secret = "a" }')),
  };
  expect(told(files)).toEqual([["live/.terragrunt-stack/day", "units/job", "a"]]);
});

test("values that no stack of the files gives have none, and stacks that place themselves end", () => {
  const files = { "units/job/terragrunt.hcl": UNIT };
  const { roots } = readTerragrunt(memoryWorkspace(files), Object.keys(files), () => undefined);
  const secret = roots[0]?.input("secret");
  expect(secret && causeIn(secret)).toMatchObject({ kind: "variable", name: "values.secret" });
  const itself = stack('stack "a" {\n source = "."\n path = "a"\n}\nstack "b" {\n source = "./"\n path = "b"\n}');
  expect(told({ "live/terragrunt.stack.hcl": itself })).toEqual([]);
});
