/** Whether a module or stack whose source is not in the files makes jobs, as its source and what it is given tell. */
import type { HandedResource } from "../facts/resources.ts";
import { locate, type Problem } from "../source.ts";
import { type Entry, entry, get, plainText, type Value } from "../syntax/value.ts";

/** `likely`: it is given what a container needs, and nothing says that this is for another service. */
export type MakesJobs = "surely" | "likely";

interface Call {
  /** The name of the call: of Terragrunt, that of the unit's folder. */
  readonly name?: string | undefined;
  readonly source: string | undefined;
  /** The names of its arguments, and those of all that is in them: what a container needs is often in an object. */
  readonly given: readonly string[];
  readonly all: readonly string[];
}

const BATCH = /(?<![a-z])(?:aws)?batch(?![a-z])/i;
const JOB = /(?<![a-z])jobs?(?![a-z])/i;
/** The name of a call that makes jobs, whatever the source is called. */
const CALLED =
  /^(?:aws[-_]?)?(?:batch|(?:batch[-_]?)?job[-_]?definitions?|batch[-_]?jobs?)(?:[-_]?(?:stack|module))?$/i;
/** What also runs containers or batches, or keeps images, as a module is called. */
const OTHER = new RegExp(
  `(?<![a-z])(?:${[
    "azure(?:rm)?|google|gcp|kubernetes|k8s|eks|helm|nomad|spring|s3|ecs|ecr|registry|instance|ec2|asg|autoscaling",
    "lambda|function|task|service|microservice|app-?runner|beanstalk|lightsail|sagemaker|glue|emr|event|eventbridge",
    "step[-_]?function|scheduler|sqs|sns|kinesis|code-?(?:build|pipeline)",
  ].join("|")})s?(?![a-z])`,
  "i",
);
/** https://developer.hashicorp.com/terraform/language/modules/sources#terraform-registry */
const IN_REGISTRY = /^(?:[\w-]+\.[\w.:-]+\/)?[\w-]+\/([\w-]+\/[\w-]+)$/;

/** Arguments of modules that make jobs, and of no others; those that others may have, too. */
const OF_JOBS = /^(?:(?:container|node)_properties|job_definitions?)$/;
const OF_BATCH = /^(?:batch|batch_jobs?|job_definition_name|job_role(?:_arn|_name)?|platform_capabilities)$/;
const IMAGE = /^(?:\w+_)?image(?:_(?:uri|url|name|tag|id))?$/i;
const SECRETS = /^(?:(?:\w+_)?secrets?(?:_(?:arns?|names?|map|variables|environment))?|valueFrom|value_from)$/i;
const COMMAND = /^(?:\w+_)?(?:command|entry_?point)$/i;
const ROLE = /^(?:\w+_)?role(?:_(?:arn|name))?$/i;

const ARGUMENT = /(?<![\w-])([\w-]+)"?\s*[=:](?!=)/g;

/** The names of all arguments, inputs and keys in a text. */
export function argumentsIn(text: string): string[] {
  return [...text.matchAll(ARGUMENT)].map(([, name = ""]) => name);
}

/** Whether a module makes jobs; undefined when nothing says so. */
export function makesJobs({ name = "", source = "", given, all }: Call): MakesJobs | undefined {
  const module = nameOf(source);
  const [isBatch, isJob, isOther] = [BATCH.test(module), JOB.test(module), OTHER.test(module)];
  if ((isBatch && (isJob || !isOther)) || given.some((one) => OF_JOBS.test(one))) return "surely";
  if (!isOther && (CALLED.test(name) || given.some((one) => OF_BATCH.test(one)))) return "surely";
  const has = (pattern: RegExp) => all.some((one) => pattern.test(one));
  const hints = [isJob, has(SECRETS), has(COMMAND) || has(ROLE)].filter(Boolean);
  const mayBe = isBatch || !(isOther || OTHER.test(name));
  return mayBe && has(IMAGE) && hints.length >= 2 ? "likely" : undefined;
}

/** What a source calls its module: without the host, the owner and the version. */
function nameOf(source: string): string {
  const path = (source.split("?", 1)[0] ?? "").replace(/\.git$/, "");
  return path.split(/(?<!:)\/\//)[1] ?? IN_REGISTRY.exec(path)?.[1] ?? path.slice(path.lastIndexOf("/") + 1);
}

/** What is said of a module that is not in the files. */
export function notInFiles(module: string, jobs: MakesJobs | undefined): string {
  return jobs === "likely"
    ? `${module} is not in these files. If it makes AWS Batch jobs, as its arguments suggest, they were not checked.`
    : `${module} is not in these files, so its jobs were not checked.`;
}

/** The note for what makes jobs, or may, and is not in the files. */
export function unreadJobs(what: string, handed: HandedResource): Problem {
  const { path, start } = locate(handed.at);
  return { path, message: unreadMessage(what, handed), line: start.line };
}

function unreadMessage(what: string, { cause, jobs, outside }: HandedResource): string {
  if (cause.kind === "inner-template")
    return `The template in ${cause.name} is not read, so its jobs were not checked.`;
  if (outside === undefined) return notInFiles(`${what} ${cause.name}`, jobs);
  return `${what} ${cause.name} is ${outside}, outside the checked folder, so any jobs in it were not checked.`;
}

/** A call of the AWS CLI that makes a job, in a line that is no comment. */
export const REGISTERS = /^(?![ \t]*(?:#|\/\/)).*\bbatch[\s\\",]+register-job-definition\b/m;

/**
 * The task of a state machine that makes a job:
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export const REGISTERING_TASK = "aws-sdk:batch:registerJobDefinition";

/**
 * How programs make a job with the SDKs of AWS, the tools for PowerShell, or the CLI:
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html#API_RegisterJobDefinition_SeeAlso
 */
const BY_CODE =
  /\.register_job_definition(?=\s{0,9}\()|\bRegisterJobDefinition(?:Command|Input|Request)\b|\.[rR]egisterJobDefinition(?=(?:Async)?\s{0,9}\()|\bRegister-BATJobDefinition\b/;
const BY_CLI = /\bbatch["',\s]{1,9}register-job-definition\b/;
/** What such a program has that writes the definition itself, and does not only pass on a document. */
const WRITES = /(?:container|node|ecs|eks)[-_]?properties/i;
const COMMENT = /^\s*(?:#|\/\/|\*|\/\*|import\b|from\b|--|<!--)/;

/** A note for the first line of a program that makes a job which nothing else holds. */
export function jobOfCode(path: string, text: string, isProgram = false): Problem | undefined {
  if (!(BY_CODE.test(text) || (isProgram && BY_CLI.test(text))) || !WRITES.test(text)) return undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const [how] = COMMENT.test(line) ? [] : (BY_CODE.exec(line) ?? (isProgram ? BY_CLI.exec(line) : undefined) ?? []);
    if (how === undefined) continue;
    const called = how.replace(/^\./, "").replace(BY_CLI, "aws batch register-job-definition");
    return { ...unreadJob(path, called), line: index + 1 };
  }
  return undefined;
}

/** A note for a job that is made in a form that is not read. */
export function unreadJob(path: string, how: string): Problem {
  return { path, message: `The job definition that \`${how}\` makes was not checked: it is not read here.` };
}

/**
 * A note for the first job in the form of CloudFormation that is in a document of something else: one part of a
 * template, or what another tool makes a template of. Which stack it is for is not known.
 */
export function jobElsewhere(document: Value): Problem[] {
  const type = typeOfJob(document);
  if (!type) return [];
  const { path, start } = locate(type.keyAt);
  const message = "A Batch job is declared here outside the `Resources` of a template, so it was not checked.";
  return [{ path, message, line: start.line }];
}

function typeOfJob(value: Value): Entry | undefined {
  const inner =
    value.kind === "list" ? value.items : value.kind === "object" ? value.entries.map((one) => one.value) : [];
  if (value.kind === "object" && get(value, "Properties")?.kind === "object") {
    const type = entry(value, "Type");
    if (plainText(type?.value) === "AWS::Batch::JobDefinition") return type;
  }
  for (const one of inner) {
    const found = typeOfJob(one);
    if (found) return found;
  }
  return undefined;
}
