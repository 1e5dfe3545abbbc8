/**
 * Makes the plans of `test/everything/plan` of the root modules in `test/everything/terraform`: Terraform applies each
 * with a stand-in of its providers, then plans a new image for the jobs, and `terraform show -json` writes the plan.
 *
 * Run it with `node tools/plans.ts` after changing one of them; it needs Go, and `terraform` 1.11 on the PATH. The tests
 * need only the plans.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./opa.ts";

const ESTATES = join(root, "test/everything");
/** The image that is planned, and the one before it. */
const IMAGE = /:4"/g;
const IMAGE_BEFORE = ':3"';
/** What only the plan makes. */
const NEW = "new.tf";

const temporary = mkdtempSync(join(tmpdir(), "plans-"));
const settings = join(temporary, "terraform.rc");

try {
  const providers = ["aws", "random"].map((name) => {
    const folder = join(temporary, name);
    const binary = join(folder, `terraform-provider-${name}`);
    execFileSync("go", ["build", "-o", binary, "."], { cwd: join(root, "tools/stand-in-provider"), stdio: "inherit" });
    return `"hashicorp/${name}" = ${JSON.stringify(folder)}`;
  });
  // https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
  writeFileSync(settings, `provider_installation {\n  dev_overrides {\n    ${providers.join("\n    ")}\n  }\n}\n`);
  const wrong = readdirSync(join(ESTATES, "terraform/wrong")).map((part) => join("wrong", part));
  for (const estate of ["right", ...wrong])
    writePlan(join(ESTATES, "terraform", estate), join(ESTATES, "plan", estate));
} finally {
  rmSync(temporary, { recursive: true });
}

/** Plans the root module in `from`, and puts the plan into `to` with the other files that are checked with it. */
function writePlan(from: string, to: string): void {
  const module = join(temporary, "module");
  rmSync(module, { recursive: true, force: true });
  cpSync(from, module, { recursive: true });
  // The root module goes without the file that it reads secret_binary from, which is not checked.
  writeFileSync(join(module, "keystore.p12"), "not a key store");
  const jobs = readdirSync(module).filter((name) => name.endsWith(".tf"));
  const texts = new Map(jobs.map((name) => [join(module, name), readFileSync(join(module, name), "utf8")]));
  for (const [path, text] of texts) writeFileSync(path, path.endsWith(NEW) ? "" : text.replace(IMAGE, IMAGE_BEFORE));
  terraform(module, ["apply", "-auto-approve"]);
  for (const [path, text] of texts) writeFileSync(path, text);
  terraform(module, ["plan", "-out=plan"]);
  const plan = JSON.parse(terraform(module, ["show", "-json", "plan"]));
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  // The only thing that differs from one run to the next.
  plan.timestamp = "2026-01-05T08:00:00Z";
  writeFileSync(join(to, "plan.json"), `${JSON.stringify(plan)}\n`);
  for (const name of readdirSync(from).filter((name) => name.endsWith(".json")))
    cpSync(join(from, name), join(to, name));
}

function terraform(folder: string, args: readonly string[]): string {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: settings, TF_IN_AUTOMATION: "1" };
  return execFileSync("terraform", args, { cwd: folder, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}
