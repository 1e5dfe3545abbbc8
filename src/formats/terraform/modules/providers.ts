/**
 * Where the configurations of providers deploy to: their Region, and the account of the role that they assume or the
 * only one that they are allowed.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 * https://developer.hashicorp.com/terraform/language/modules/develop/providers
 */
import { ANYWHERE, type Deployment, inRegion, isAccount, splitArn } from "../../../facts/arn.ts";
import { hasWideHole, hole, isLiteral } from "../../../facts/text.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import { type Block, type Expression, literalString } from "../../../syntax/hcl/tree.ts";
import type { ObjectValue, Value } from "../../../syntax/value.ts";
import { toText } from "../../read.ts";
import { argument, blocks, type Provider, type Providers } from "../instance.ts";
import { keyOf } from "../unknowns.ts";
import { evaluateBody } from "./body.ts";
import type { Frame } from "./frame.ts";

/** The configurations of a module, each evaluated once: one that depends on itself is not known. */
export function createProviders(frame: Frame): Providers {
  const known = new Map<string, Provider>();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, unknownDeployment(frame, name));
    const block = frame.loaded.source.providers.get(name);
    const made = block ? configured(frame, name, block) : (frame.inherited?.(name) ?? unknownDeployment(frame, name));
    known.set(name, made);
    return made;
  };
}

/** What a module that is called has: what the call passes, and the configurations without an alias of its caller. */
export function passedProviders({ body }: Block, own: Providers): Providers {
  const given = attributeOf(body, "providers")?.value;
  const passed = new Map(
    given?.kind === "object" ? given.items.map(({ key, value }) => [nameIn(key), nameIn(value)] as const) : [],
  );
  return (name) => own(passed.get(name) ?? name);
}

/** Where a resource is deployed: by its provider, and since version 6 of the AWS provider by an argument of its own. */
export function deploymentOf(frame: Frame, { body, labels }: Block, value: ObjectValue): Provider {
  const type = labels[0]?.name ?? "";
  const given = attributeOf(body, "provider");
  const provided = frame.providers((given && nameIn(given.value)) ?? type.split("_", 1)[0] ?? "");
  const region = type.startsWith("aws_") ? toText(argument({ value }, "region"))?.value : undefined;
  if (region === undefined) return provided;
  return { ...provided, ...(inRegion(region) ?? { region: narrowOr(region, () => otherRegion(frame, region)) }) };
}

/** The name of a configuration as it is written: `aws.east`, in JSON and old files as a string. */
function nameIn(expression: Expression): string {
  const { file, start, end } = expression.at;
  return (literalString(expression) ?? file.text.slice(start, end)).replace(/^\$\{(.*)\}$/s, (_, name: string) =>
    name.trim(),
  );
}

function isAlias(name: string): boolean {
  return name.includes(".");
}

/** All that is deployed without an alias by the root is deployed to one place, though we can't tell which. */
function unknownDeployment(frame: Frame, name: string): Deployment {
  if (!isAlias(name) && frame.prefix === "") return frame.tree.place;
  return { ...ANYWHERE, region: otherRegion(frame, name), account: otherPiece(frame, name, "account") };
}

function otherRegion(frame: Frame, name: string): string {
  return otherPiece(frame, name, "region");
}

function otherPiece({ home }: Frame, name: string, term: string): string {
  const words = `provider.${name}.${term}`;
  const cause = { kind: "deployment", name: words, unit: home.unit } as const;
  return hole(keyOf(home, words), "narrow", { words, term, unit: home.unit, cause });
}

function narrowOr(text: string, other: () => string): string {
  return text === "" || hasWideHole(text) || text.includes(":") ? other() : text;
}

function configured(frame: Frame, name: string, block: Block): Provider {
  const value = evaluateBody(block.body, frame.setting());
  const usual = usualOf(frame, name, block);
  const region = toText(argument({ value }, "region"))?.value;
  const account = accountOf(value);
  return {
    ...usual,
    ...(region === undefined ? {} : (inRegion(region) ?? regionOf(frame, usual, region, name))),
    ...(account === undefined ? {} : { account }),
    tags: () => defaultTags(value),
  };
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block */
function defaultTags(value: ObjectValue): Value | undefined {
  const written = argument({ value }, "default_tags");
  const [block] = blocks({ value }, "default_tags");
  return block ? argument({ value: block }, "tags") : written;
}

/** A Region that is not known: all that is deployed without an alias shares the Region that AWS would tell. */
function regionOf({ tree }: Frame, usual: Deployment, region: string, name: string): Partial<Deployment> {
  return isAlias(name) && usual.region !== tree.place.region ? { region: narrowOr(region, () => usual.region) } : {};
}

/** Arguments that tell Region and account of a configuration. */
const REGION_ARGUMENTS = ["region"];
const ACCOUNT_ARGUMENTS = [
  ..."profile access_key secret_key shared_credentials_file shared_credentials_files shared_config_files".split(" "),
  ..."assume_role assume_role_with_web_identity".split(" "),
];

/** What is known of a configuration before its own values are: the same as without an alias where both are alike. */
function usualOf(frame: Frame, name: string, block: Block): Deployment {
  const own = unknownDeployment(frame, name);
  const [provider = ""] = name.split(".");
  if (!isAlias(name)) return own;
  const plain = frame.loaded.source.providers.get(provider);
  const same = (names: readonly string[]) => written(plain, names) === written(block, names);
  const usual = frame.providers(provider);
  return {
    partition: usual.partition,
    region: same(REGION_ARGUMENTS) ? usual.region : own.region,
    account: same(ACCOUNT_ARGUMENTS) ? usual.account : own.account,
  };
}

/** How some arguments are written. */
function written(block: Block | undefined, names: readonly string[]): string {
  const { attributes = [], blocks: nested = [] } = block?.body ?? {};
  const text = ({ at }: Pick<Expression, "at">) => at.file.text.slice(at.start, at.end).replace(/\s+/g, " ");
  return [
    ...attributes.filter(({ name }) => names.includes(name)).map(({ name, value }) => `${name} ${text(value)}`),
    ...nested.filter(({ type }) => names.includes(type)).map(({ type, body }) => `${type} ${text(body)}`),
  ]
    .sort()
    .join("\n");
}

/** The account of the role that is assumed last, or the only allowed one. */
function accountOf(value: ObjectValue): string | undefined {
  const roles = [...blocks({ value }, "assume_role_with_web_identity"), ...blocks({ value }, "assume_role")];
  const last = roles.at(-1);
  const role = last && toText(argument({ value: last }, "role_arn"))?.value;
  const assumed = role === undefined ? undefined : splitArn(role)?.account;
  const allowed = argument({ value }, "allowed_account_ids");
  const [only, ...more] = allowed?.kind === "list" ? allowed.items.map((item) => toText(item)?.value ?? "") : [];
  const accounts = new Set([assumed, more.length === 0 ? only : undefined].filter((one) => one && isAccount(one)));
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

/**
 * Where all job definitions of a root are deployed, as far as it is known; where its provider deploys to without any.
 */
export function deploymentOfJobs(deployments: readonly Deployment[], provider: Deployment): Partial<Deployment> {
  const known = (of: keyof Deployment): Partial<Deployment> => {
    const values = new Set(deployments.length > 0 ? deployments.map((one) => one[of]) : [provider[of]]);
    const [value] = values;
    return values.size === 1 && value !== undefined && isLiteral(value) ? { [of]: value } : {};
  };
  return { ...known("partition"), ...known("region"), ...known("account") };
}
