/** What the names of files and folders tell before anything is read. */
import { posix } from "node:path";

/** Endings that engines of templates give to their files, as the source of a regular expression: Jinja, ERB, Mustache, … */
export const TEMPLATE_ENDINGS = "template|tpl|tmpl|j2|jinja2?|erb|gotmpl|mustache|hbs";

/** Endings of files that may be JSON or YAML, or a template of one. */
const DOCUMENT_ENDING = new RegExp(`\\.(?:(?:jsonc?|ya?ml)(?:\\.in)?|cfn|${TEMPLATE_ENDINGS})$`, "i");

/**
 * Endings of files that hold documents in a form that is not read, or of copies that become documents elsewhere: all of
 * these, and those of any text where the name says more.
 */
const OTHER_ENDING =
  /\.(?:jsonl|ndjson|json5|hjson|jsonnet|libsonnet|cue|dhall|tfstate)$|\.(?:jsonc?|ya?ml)\.(?:dist|example|sample|default|txt|cfg|conf|njk|ejs|liquid)$/i;
const TEXT_ENDING = /\.(?:txt|cfg|conf|toml|def|data|jobdef|spec)$/i;

/** A name without an ending, as of `templates/job` or `bin/deploy`: only its content tells whether it is a document. */
const NO_ENDING = /(?:^|\/)[^./]+$/;

/** Words in the path of such a file without which it is not looked at: most of them are programs and licences. */
const TELLING_PATH =
  /batch|job|container|definition|iam|polic|role|secret|kms|vpc|endpoint|template|stack|aws|infra|deploy|regist|script|(?:^|\/)bin\//i;

/** Endings of the files of Terraform, OpenTofu and Terragrunt; the last ones are JSON, but in Terraform's words. */
const TERRAFORM_ENDING = /\.(?:tf|tofu|tfvars|tftpl|hcl|tf\.json|tofu\.json|tfvars\.json)$/i;

/**
 * Files of a module. One whose name begins with a dot is passed over.
 * https://opentofu.org/docs/language/files/,
 * https://github.com/hashicorp/terraform/blob/main/internal/configs/parser_config_dir.go
 */
const CONFIGURATION = /(?:^|\/)[^./][^/]*\.(?:tf|tofu)(?:\.json)?$/;

/**
 * Folders that hold what tools made or fetched: dependencies, caches, copies. `cdk.out` is not among them: its
 * templates are what gets deployed. What is in `.terraform` is read only when a module says so.
 */
const SKIPPED_FOLDERS = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "bower_components",
  ".terraform",
  ".terragrunt-cache",
  ".aws-sam",
  ".serverless",
  ".venv",
  "venv",
  "site-packages",
  // The AWS SDK of Python, as it is in the folders of Lambda functions: its models speak of all that is looked for.
  "botocore",
  "boto3",
  "__pycache__",
  ".tox",
  ".nox",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".gradle",
  ".yarn",
  ".pnpm-store",
  ".next",
  ".nuxt",
  ".cache",
]);

/** Words in the name of a file that make it likely to matter when its content can't be seen. */
const TELLING_NAME = /batch|job|container|definition|iam|polic|role|secret|kms|vpc|endpoint|template|stack/i;

/**
 * `document`: JSON, YAML or a script; `terraform`: a file of Terraform; undefined: nothing that is read, unless it is named by
 * the user.
 */
export type FileKind = "document" | "terraform";

export function fileKind(name: string): FileKind | undefined {
  if (isScriptName(name)) return "document";
  if (TERRAFORM_ENDING.test(name)) return "terraform";
  return DOCUMENT_ENDING.test(name) || hasNoEnding(name) ? "document" : undefined;
}

/** Whether the path of a file says that it may matter, and its name does not say what is in it. */
export function hasNoEnding(path: string): boolean {
  return NO_ENDING.test(path) && TELLING_PATH.test(path) && !isScriptName(path) && !PIPELINE.test(path);
}

const PROGRAM = /\.(?:py|rb|[cm]?[jt]s|go|java|kt|cs|ps1|psm1|bat|cmd|groovy)$/i;
/** A path that says that a program makes jobs; tests speak of what others make. */
const MAKES_JOBS = /batch|regist|deploy|job[-_]?def/i;
const OF_TESTS = /(?:^|\/)(?:__)?(?:tests?|specs?|mocks?|fixtures?)(?:__)?\/|(?:^|\/)test_|[._-](?:test|spec)s?\.\w+$/i;

/** Programs of pipelines, which deploy. */
const PIPELINE = /(?:^|\/)(?:Jenkins|Earth)file$/;

/** Whether a file is a program that may make jobs, by its path. */
export function isJobProgram(path: string): boolean {
  return PIPELINE.test(path) || (PROGRAM.test(path) && MAKES_JOBS.test(path) && !OF_TESTS.test(path));
}

/** Whether a file may hold a job by its name, and is of a kind that is not read. */
export function isOtherDocument(path: string): boolean {
  return (
    isJobProgram(path) ||
    isProgramName(path) ||
    OTHER_ENDING.test(path) ||
    (TEXT_ENDING.test(path) && hasTellingName(path))
  );
}

const SCRIPT_NAME = /(?:\.(?:sh|bash|zsh|mk|inc)|(?:^|\/)(?:GNU)?[Mm]akefile|(?:^|\/)[Jj]ustfile)$/;

/** Whether a file is a script of the shell, or consists of such scripts, by its name or path. */
export function isScriptName(name: string): boolean {
  return SCRIPT_NAME.test(name);
}

export function isMakefile(name: string): boolean {
  return isScriptName(name) && /(?:akefile|\.mk|\.inc)$/.test(name);
}

/** Whether a file is a part of a module of Terraform, by its name or path. */
export function isConfiguration(name: string): boolean {
  return CONFIGURATION.test(name);
}

const PROGRAM_NAME = /(?:^|\/)(?:cdk(?:tf)?\.json|Pulumi\.ya?ml|serverless\.[cm]?[jt]s)$/;

/** Whether a file says that a program is in its folder which makes what is deployed, by its name or path. */
export function isProgramName(name: string): boolean {
  return PROGRAM_NAME.test(name);
}

/** Whether a folder of this name is passed over, unless the user names it. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name);
}

/** Whether a file may hold a job by its name or that of a folder, when its content is encrypted. */
export function mayHoldJobs(path: string): boolean {
  return /batch|job|definition/i.test(path) || /container|iam|polic|role|template|stack/i.test(posix.basename(path));
}

/** Whether the name alone makes a file worth a word when it can't be read. */
export function hasTellingName(path: string): boolean {
  return TELLING_NAME.test(path.slice(path.lastIndexOf("/") + 1));
}
