/** What the tests of this folder share: units from files in memory. */

import { defaultConfig } from "../../config/config.ts";
import { causeWords } from "../../facts/causes.ts";
import { link } from "../../facts/link.ts";
import type { Resources } from "../../facts/resources.ts";
import type { Unit } from "../../facts/unit.ts";
import type { Place } from "../../source.ts";
import { parseDocuments } from "../../syntax/document.ts";
import { NO_DEPLOYMENTS } from "../deployments.ts";
import { openRaw } from "./open.ts";

/** The units of files by their paths; what is no string is written as JSON. */
export async function units(
  files: Readonly<Record<string, unknown>>,
  rolePolicies: Readonly<Record<string, readonly string[]>> = {},
): Promise<Unit[]> {
  const parsed = await Promise.all(
    Object.entries(files).map(([path, content]) =>
      parseDocuments({ path, text: typeof content === "string" ? content : JSON.stringify(content) }),
    ),
  );
  const config = { ...defaultConfig, rolePolicies: new Map(Object.entries(rolePolicies)) };
  const reader = await openRaw({ config, paths: [], deployments: NO_DEPLOYMENTS });
  for (const { documents } of parsed) reader.add(documents);
  return [...(await reader.read(new Set())).units];
}

/** The resources of the one unit that the files make. */
export async function resources(
  files: Readonly<Record<string, unknown>>,
  rolePolicies: Readonly<Record<string, readonly string[]>> = {},
): Promise<Resources> {
  const [unit, ...more] = await units(files, rolePolicies);
  if (!unit || more.length > 0) throw new Error(`expected one unit, got ${unit ? more.length + 1 : 0}`);
  return unit.resources;
}

/** What a place covers in its file. */
export const covered = ({ file, start, end }: Place): string => file.text.slice(start, end);

const ACCOUNT = "111122223333";
export const EXECUTION = `arn:aws:iam::${ACCOUNT}:role/batch-execution`;

/** The input of RegisterJobDefinition for a job that reads one secret. */
export const job = (executionRoleArn: string = EXECUTION, more: object = {}) => ({
  jobDefinitionName: "nightly",
  type: "container",
  containerProperties: {
    image: "busybox",
    executionRoleArn,
    secrets: [{ name: "PASSWORD", valueFrom: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:db-AbCdEf` }],
    ...more,
  },
});

/** A policy document that allows one action. */
export const allows = (Action: string, Resource = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});

export const trustsTasks = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** The job's execution role after linking: its address, actions, whether it is seen completely, and why not. */
export async function executionRole(
  files: Readonly<Record<string, unknown>>,
  rolePolicies: Readonly<Record<string, readonly string[]>> = {},
) {
  const world = await link(await units(files, rolePolicies));
  const [one] = world.jobs;
  const found = one && world.findRole(one.unit, [one.containers[0]?.execution_role?.arn.value ?? ""]);
  if (!found) return null;
  const { address, statements, complete, unseen, trust } = found.resource;
  return {
    address,
    certain: found.certain,
    complete,
    trust: trust?.length ?? null,
    statements: statements.map(({ actions, maybe }) => [
      actions?.map(({ value }) => value).join(),
      maybe && causeWords(maybe),
    ]),
    unseen: unseen.map(({ cause }) => causeWords(cause)),
  };
}
