/** The setting `deployments`: with which values, in which account and Region a unit is deployed. */
import { isAccount, splitArn } from "../facts/arn.ts";
import { locate, type Place } from "../source.ts";
import { list, path, placeBelow, type Read, record, type Shape, text } from "./shape.ts";

/** A value with the place that it has in the configuration, for what turns out only later. */
export interface Written<T> {
  readonly value: T;
  readonly at: Place;
}

function written<T>(shape: Shape<T>): Shape<Written<T>> {
  return {
    schema: shape.schema,
    read: (value, name, complain) => {
      const read = shape.read(value, name, complain);
      return read === undefined ? undefined : { value: read, at: value.at };
    },
    below: ({ value, at }, move) => ({
      value: shape.below?.(value, move) ?? value,
      at: placeBelow(at, move),
    }),
  };
}

/** A number in YAML loses its leading zeros, so an account has quotes. */
const account: Shape<string> = {
  schema: () => ({ type: "string", pattern: "^[0-9]{12}$" }),
  read: (value, name, complain) => {
    if (value.kind === "text" && isAccount(value.value)) return value.value;
    return void complain(value.at, `${name} must be the 12 digits of an account in quotes, such as "111122223333".`);
  },
};

const region = text((given) =>
  /^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(given) ? undefined : `is "${given}", but it must be a Region such as eu-west-1.`,
);

const roleArn = text((given) => {
  const arn = splitArn(given);
  const isRole = arn?.service === "iam" && isAccount(arn.account) && /^role\/./.test(arn.resource);
  return isRole ? undefined : `is "${given}", but it must be an ARN such as arn:aws:iam::111122223333:role/NAME.`;
});

const name = text((given) =>
  /^[\w.@/-]+$/.test(given) ? undefined : `is "${given}", but it may only have letters, digits and . _ - @ /.`,
);

/** https://developer.hashicorp.com/terraform/cli/workspaces: a name must be one segment of a path of a URL. */
const workspace = text((given) =>
  /^[\w.~-]+$/.test(given) ? undefined : `is "${given}", but it must be a name of a workspace, such as prod.`,
);

const deployment = record(
  "A deployment",
  {
    name: { what: "What reports call it, such as production.", shape: written(name) },
    unit: { what: "What is deployed: folders, templates or globs.", shape: list(written(path())) },
    "var-files": { what: "Terraform: the files given with -var-file.", shape: list(written(path())) },
    workspace: {
      what: "Terraform: the workspace that it is deployed from, which is `terraform.workspace`.",
      shape: workspace,
    },
    parameters: {
      what: "CloudFormation: files with values of parameters, as the AWS CLI, CodePipeline, Git sync or SAM have them.",
      shape: list(written(path())),
    },
    account: { what: "The account, 12 digits in quotes.", shape: account },
    region: { what: "The Region.", shape: region },
    profile: { what: "The AWS profile with which `collect` and `account` read it.", shape: text() },
    "role-arn": { what: "The role with which `collect` and `account` read it.", shape: roleArn },
    evidence: { what: "The folder with what AWS answered about it.", shape: path() },
  },
  ["name", "unit"],
);

export type DeploymentSetting = Read<typeof deployment>;

const all = list(deployment);

/** All of them. A name is that of one deployment, which may have several units. */
export const deployments: Shape<readonly DeploymentSetting[]> = {
  ...all,
  read: (value, called, complain) => {
    const read = all.read(value, called, complain) ?? [];
    const first = new Map<string, number>();
    for (const { name } of read) {
      const { line } = locate(name.at).start;
      const known = first.get(name.value);
      if (known === undefined) first.set(name.value, line);
      else {
        const message = `There are two deployments ${name.value}, the first in line ${known}.`;
        complain(name.at, `${message} Give this one another name, or list its units in the first one.`);
      }
    }
    return read;
  },
};
