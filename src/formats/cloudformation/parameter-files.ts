/**
 * Files that give values to the parameters of a stack, in every form that tools take:
 * the AWS CLI https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html,
 * CodePipeline https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html,
 * Git sync https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html, and
 * SAM https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html.
 */
import { literal } from "../../facts/text.ts";
import type { SourceFile } from "../../source.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { get, type ObjectValue, plainText, type TextValue, type Value } from "../../syntax/value.ts";

/** What a file gives: values, and names of parameters that keep the values of the stack, which no file shows. */
export interface Parameters {
  readonly values: ReadonlyMap<string, TextValue>;
  readonly previous: ReadonlySet<string>;
  readonly region?: string | undefined;
}

/** Whether a document is nothing but values for parameters. */
export function isParameterFile({ value }: { readonly value: Value }): boolean {
  if (value.kind === "list") return value.items.length > 0 && value.items.every((item) => pairIn(item) !== undefined);
  if (value.kind !== "object") return false;
  if (isGitSync(value)) return true;
  const keys = value.entries.map(({ key }) => key);
  const isCodePipeline = keys.includes("Parameters") && keys.every((key) => CODE_PIPELINE.has(key));
  const given = get(value, "Parameters");
  if (isCodePipeline && given?.kind === "object") return given.entries.every((one) => scalar(one.value) !== undefined);
  return plainText(get(value, "StackName")) !== undefined && given !== undefined && isParameterFile({ value: given });
}

const CODE_PIPELINE: ReadonlySet<string> = new Set(["Parameters", "Tags", "StackPolicy"]);

function isGitSync(value: ObjectValue): boolean {
  return plainText(get(value, "template-file-path")) !== undefined;
}

/** The values in a document of any form; undefined when it has none. */
export function parametersIn(value: Value): Parameters | undefined {
  if (value.kind === "list") {
    return collected(value.items.flatMap((item) => pairIn(item) ?? (item.kind === "text" ? overridesIn(item) : [])));
  }
  const given = get(value, "Parameters") ?? get(value, "parameters");
  if (given?.kind === "list") return parametersIn(given);
  if (given?.kind !== "object") return undefined;
  return collected(
    given.entries.flatMap(({ key, value: one }): Pair[] => {
      const text = scalar(one);
      return text ? [{ key, value: text }] : [];
    }),
  );
}

/** A parameter with its value; none when the stack keeps the one that it has. */
interface Pair {
  readonly key: string;
  readonly value: TextValue | undefined;
}

function collected(pairs: readonly Pair[]): Parameters {
  return {
    values: new Map(pairs.flatMap(({ key, value }) => (value ? [[key, value] as const] : []))),
    previous: new Set(pairs.flatMap(({ key, value }) => (value ? [] : [key]))),
  };
}

function pairIn(item: Value): Pair | undefined {
  const key = plainText(get(item, "ParameterKey"));
  if (key === undefined) return undefined;
  const value = get(item, "ParameterValue");
  if (value !== undefined) return { key, value: scalar(value) };
  return get(item, "UsePreviousValue") ? { key, value: undefined } : undefined;
}

function scalar(value: Value): TextValue | undefined {
  if (value.kind === "text") return { ...value, value: literal(value.value) };
  if (value.kind !== "number" && value.kind !== "boolean") return undefined;
  return { kind: "text", value: String(value.value), at: value.at };
}

/** `Key=Value Other="a b"`, also `ParameterKey=Key,ParameterValue=Value`. */
function overridesIn({ value, at }: TextValue): Pair[] {
  const pairs = [...value.matchAll(/(?<![A-Za-z0-9])([A-Za-z0-9]+)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'])*)/g)];
  return pairs.flatMap(([, key = "", written = ""]) => {
    const [, named, given] =
      key === "ParameterKey" ? (/^([A-Za-z0-9]+),ParameterValue=(.*)$/s.exec(written) ?? []) : [];
    const text = (given ?? written).replace(/^(["'])(.*)\1$/s, "$2").replace(/\\(["'\\])/g, "$1");
    return [{ key: named ?? key, value: { kind: "text", value: literal(text), at } }];
  });
}

/** The values that the environments of a configuration of SAM give to parameters. */
export async function samEnvironments(file: SourceFile): Promise<ReadonlyMap<string, Parameters["values"]>> {
  const value = await contentOf(file);
  const names = value ? environmentsOf(value) : [];
  return new Map(names.map((name) => [name, (value && samParameters(value, name)?.values) ?? new Map()]));
}

/** The names of the environments in a configuration of SAM that give values to parameters. */
function environmentsOf(value: Value): readonly string[] {
  if (value.kind !== "object") return [];
  return value.entries.flatMap(({ key }) => (samParameters(value, key) ? [key] : []));
}

/** The values of an environment of SAM. */
function samParameters(value: Value, environment: string): Parameters | undefined {
  const commands = get(value, environment);
  const settings = ["deploy", "global"].map((command) => get(get(commands, command), "parameters"));
  const given = settings.map((one) => get(one, "parameter_overrides")).find((one) => one !== undefined);
  const region = settings.map((one) => plainText(get(one, "region"))).find((one) => one !== undefined);
  if (given === undefined) return undefined;
  const texts = (given.kind === "list" ? given.items : [given]).flatMap((one) => (one.kind === "text" ? [one] : []));
  return { ...collected(texts.flatMap(overridesIn)), region };
}

const SAM_CONFIGURATION = /(?:^|\/)samconfig[^/]*\.(?:toml|ya?ml)$/;

/** The values that a file has for a deployment: undefined, with the reason, when it has none. */
export async function parametersFor(
  file: SourceFile,
  deployment: string,
): Promise<Parameters | { readonly why: string }> {
  const value = await contentOf(file);
  if (!SAM_CONFIGURATION.test(file.path)) {
    const found = value && parametersIn(value);
    return found ?? { why: "The file has no values of parameters in a form that is known." };
  }
  const found = value && (samParameters(value, deployment) ?? samParameters(value, "default"));
  if (found) return found;
  const names = value ? environmentsOf(value) : [];
  const others = names.length === 0 ? "" : ` It has ${names.join(", ")}.`;
  return { why: `The file has parameter_overrides neither for ${deployment} nor for default.${others}` };
}

async function contentOf(file: SourceFile): Promise<Value | undefined> {
  if (file.path.endsWith(".toml")) return (await import("../../syntax/toml.ts")).parseToml(file);
  const { documents } = await parseDocuments(file);
  return documents[0]?.value;
}
