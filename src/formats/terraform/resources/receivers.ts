/**
 * Resources that hold a template of another tool or run somebody's code: what they are given may get a policy, a grant or
 * a rule that no file of Terraform shows.
 */
import type { Cause } from "../../../facts/causes.ts";
import type { Resources } from "../../../facts/resources.ts";
import type { Place } from "../../../source.ts";
import type { Value } from "../../../syntax/value.ts";
import { handedIn } from "../../read.ts";
import { mayCall } from "../../scripts/operations.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import type { Reader } from "./declared.ts";

const handed = (
  { address, unit, at, value }: Instance,
  kind: Cause["kind"],
  given = value.entries,
): Resources["handed"][number] => ({ cause: { kind, name: address, unit }, at, texts: handedIn(given) });

/** A template that is a file is a unit of its own; jobs of one that is written here are not checked. */
const stack: Reader = (instance) => {
  const body = argument(instance, "template_body");
  const jobs = body && isWrittenHere(body, instance.at) && JOBS.test(textOf(body)) ? { jobs: "surely" as const } : {};
  return { handed: [{ ...handed(instance, body ? "inner-template" : "nested-stack"), ...jobs }] };
};

const JOBS = /AWS::Batch::JobDefinition/;

function isWrittenHere({ at }: Value, block: Place): boolean {
  return at.file.path === block.file.path;
}

function textOf(body: Value): string {
  return body.kind === "text" ? body.value : body.at.file.text.slice(body.at.start, body.at.end);
}

/** What the provisioners of a resource of any type are given; a command names it, or the arguments of the resource do. */
export const provisioned: Reader = (instance) => {
  if (blocks(instance, "provisioner").length === 0) return {};
  const { entries } = instance.value;
  const given = isOwn(instance) ? entries : entries.filter(({ key }) => key === "provisioner");
  return { handed: [handed(instance, "custom-resource", given)] };
};

/** Whether a resource is nothing but its provisioners: what triggers them is what they are for. */
const isOwn = ({ type }: Instance): boolean => type === "null_resource" || type === "terraform_data";

const code: Reader = (instance) => ({ handed: [handed(instance, "custom-resource")] });

/**
 * A program that is run to read something must change nothing, so it counts only if its words say that it does.
 * https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external
 */
const external: Reader = (instance) => (wordsIn(instance.value).some(mayCall) ? code(instance) : {});

/** The strings in a value. The strings of a list are the words of one command. */
function wordsIn(value: Value): readonly string[] {
  if (value.kind === "text") return [value.value];
  if (value.kind === "object") return value.entries.flatMap((entry) => wordsIn(entry.value));
  return value.kind === "list" ? [value.items.flatMap(wordsIn).join(" ")] : [];
}

export const receivers: Readonly<Record<string, Reader>> = {
  aws_cloudformation_stack: stack,
  aws_cloudformation_stack_set: stack,
  aws_cloudformation_stack_instances: stack,
  aws_cloudformation_stack_set_instance: stack,
  aws_servicecatalog_provisioned_product: stack,
  aws_lambda_invocation: code,
  // Actions: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/actions/lambda_invoke
  aws_codebuild_start_build: code,
  aws_events_put_events: code,
  aws_lambda_invoke: code,
  aws_sfn_start_execution: code,
  aws_sns_publish: code,
  // https://registry.terraform.io/providers/hashicorp/local/latest/docs/actions/command
  local_command: code,
  // https://registry.terraform.io/providers/scottwinkler/shell/latest/docs/resources/script
  shell_script: code,
  "data.external": external,
  "data.shell_script": external,
};
