/**
 * The cheap test that decides which files are read at all: the words of all formats. They are looked for in the bytes
 * of a file taken as Latin-1, with one regular expression: on typical files that is four times faster than a search for
 * each word.
 */
import type { SourceFile } from "../source.ts";
import { TEMPLATE_ENDINGS } from "../sources/names.ts";
import { withoutEscapes } from "../syntax/escapes.ts";
import { DEFINES_A_JOB, OF_CONTAINER } from "./job-words.ts";
import { FORMATS } from "./table.ts";

const all = FORMATS.flatMap(({ words }) => words);
const WORDS = new RegExp(all.map(({ word }) => word).join("|"));
const ALL_WORDS = new RegExp(WORDS, "g");

/** Words that are common elsewhere too, and what must be in the file beside them. */
const COMPANIONS = all.flatMap(({ word, beside }) =>
  beside === undefined ? [] : [{ word: new RegExp(`^(?:${word})$`), beside: new RegExp(beside) }],
);

/**
 * Whether a file of JSON or YAML may hold a resource; `bytes` are its bytes as Latin-1, or its text. Words may be
 * written with escapes.
 */
export function mayHoldResources(bytes: string): boolean {
  if (hasWords(bytes)) return true;
  const plain = withoutEscapes(bytes);
  return plain !== bytes && hasWords(plain);
}

/** How a document of JSON or YAML begins, or a script of the shell, in a file whose name does not tell. */
const BEGINNING =
  /^(?:\xef\xbb\xbf|\ufeff)?(?:\s*[{[]|#!.*\b(?:ba|z|da|k)?sh\b|(?:\s*#.*\n)*\s*(?:---|["']?\w+["']?\s*:(?:\s|$)))/;

/** The same for a file whose name does not tell what it is: it also has to begin like a document or a script. */
export function mayBeDocument(bytes: string): boolean {
  return BEGINNING.test(bytes) && mayHoldResources(bytes);
}

function hasWords(bytes: string): boolean {
  const first = WORDS.exec(bytes);
  if (!first) return false;
  if (isEnough(first[0], bytes)) return true;
  // Only the first of the words had no companion: another may be enough.
  const seen = new Set([first[0]]);
  for (const [word] of bytes.matchAll(ALL_WORDS)) {
    if (seen.has(word)) continue;
    if (isEnough(word, bytes)) return true;
    seen.add(word);
  }
  return false;
}

function isEnough(found: string, bytes: string): boolean {
  return COMPANIONS.find(({ word }) => word.test(found))?.beside.test(bytes) ?? true;
}

const anyOf = (sources: readonly (string | undefined)[]) => new RegExp(sources.filter(Boolean).join("|"));

const TELLING = anyOf(FORMATS.map(({ telling }) => telling));
const OF_BATCH = anyOf(FORMATS.map(({ batch }) => batch));
/** A script, and the user data of an instance or a page, whatever the ending of the name is. */
const SCRIPT = /^\ufeff?#!/;
const USER_DATA = /^\ufeff?(?:#cloud-config\b|<(?!%)|(?:Content-Type|MIME-Version):[ \t])/i;
const IS_ANY_TEMPLATE = new RegExp(`\\.(?:${TEMPLATE_ENDINGS})$`, "i");
/** A template of a program or a text. */
const IS_OTHER_TEMPLATE = new RegExp(
  `\\.(?:py|rb|[jt]sx?|go|java|kt|scala|groovy|php|pl|r|sql|sh|bash|ps1|md|html?|xml|toml|ini|conf|env|service)\\.(?:${TEMPLATE_ENDINGS})$`,
  "i",
);
const OTHER_ENGINE = /\{\{|\{%|<%/;
/** A statement of such an engine, which decides what the file holds. */
const STATEMENT = /\{%|<%(?!=)|\{\{[-~#]{0,2} {0,9}(?:if|each|range|unless|with)\b/;
/** Words of definitions of ECS and of jobs that run, which may have the same roles and secrets. */
const OF_OTHERS = /containerDefinitions|portMappings|"essential"|\bjobId\b/;

/**
 * What a file of JSON or YAML that can't be parsed may hold that matters: a job, or else something that jobs use, such
 * as a role. Many repositories have broken fixtures, event logs and templates of other things. One that is only beyond a
 * bound is not broken: whatever it mentions may be in it.
 */
export function lossOf({ path, text: written }: SourceFile, isBeyond = false): "job" | "other" | undefined {
  const text = withoutEscapes(written);
  if (!TELLING.test(text) || (SCRIPT.test(text) && IS_ANY_TEMPLATE.test(path))) return undefined;
  const isOfOthers = IS_OTHER_TEMPLATE.test(path) || (USER_DATA.test(text) && IS_ANY_TEMPLATE.test(path));
  if (isOfOthers && !DEFINES_A_JOB.test(text)) return undefined;
  if (OF_BATCH.test(text)) return "job";
  if (!isBeyond && (OF_OTHERS.test(text) || OTHER_ENGINE.test(text))) return undefined;
  return OF_CONTAINER.test(text) ? "job" : "other";
}

/** The offset of the first statement of a template engine; undefined when there is none. */
export function engineStatement(text: string): number | undefined {
  const at = text.search(STATEMENT);
  return at === -1 ? undefined : at;
}

/**
 * Not what other services call so: `BatchSize`, `MaximumBatchingWindowInSeconds`, `ReportBatchItemFailures`,
 * `BatchGetImage`.
 */
const BATCH = /batch(?!size|ing|item|get|write|check|delete)/i;

/** Whether a file says anything about AWS Batch: one that does may hide a job when it is not read completely. */
export function mentionsBatch(text: string): boolean {
  return BATCH.test(text);
}

/**
 * Files that plainly hold a Batch job and are not read, by what they are.
 * https://www.pulumi.com/registry/packages/aws/api-docs/batch/jobdefinition/,
 * https://marketplace.upbound.io/providers/upbound/provider-aws-batch,
 * https://aws-controllers-k8s.github.io/docs/services/,
 * https://developer.hashicorp.com/terraform/internals/machine-readable-ui,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
 */
const UNREAD: readonly { readonly what: string; readonly words: readonly RegExp[] }[] = [
  { what: "Pulumi", words: [/\baws(?:-native)?:batch(?:\/jobDefinition)?:JobDefinition\b/] },
  { what: "Crossplane", words: [/apiVersion"?\s*:\s*"?batch\.aws\.[\w.]+\//, /kind"?\s*:\s*"?JobDefinition\b/] },
  {
    what: "a manifest of ACK",
    words: [/apiVersion"?\s*:\s*["']?batch\.services\.k8s\.aws\//, /kind"?\s*:\s*"?JobDefinition\b/],
  },
  { what: "a task of Ansible", words: [/\bbatch_job_definition"?\s*:/, /\bjob_definition_name\b/] },
  { what: "a template in a string", words: [/\bTemplateBody"?\s*:\s*["'|>]/, /AWS::Batch::JobDefinition/] },
  { what: "a state of Terraform", words: [/"aws_batch_job_definition"/, /"lineage"/, /"serial"/] },
  { what: "a stack in a plan", words: [/"planned_values"/, /"aws_cloudformation_stack"/, /AWS::Batch::JobDefinition/] },
  {
    what: "Cloud Control",
    words: [/"aws_cloudcontrolapi_resource"|\bcloudcontrol\s+create-resource\b/, /AWS::Batch::JobDefinition/],
  },
  { what: "the log of `terraform plan -json`", words: [/aws_batch_job_definition/, /"@level"/, /"@message"/] },
];

/** What a file is that holds a job in a form that is not read; undefined for any other file. */
export function unreadForm(text: string): string | undefined {
  return UNREAD.find(({ words }) => words.every((word) => word.test(text)))?.what;
}
