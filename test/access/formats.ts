/** Which formats can tell a vector, and its files in one of them. */

import { cdk, cloudFormation } from "./render/cloudformation.ts";
import type { Files, Render } from "./render/common.ts";
import { raw } from "./render/raw.ts";
import { terraform } from "./render/terraform.ts";
import { needsDeployment, type Vector } from "./vector.ts";

interface Way {
  readonly name: string;
  readonly render: Render;
  /** Whether the files tell where they are deployed. */
  readonly told: boolean;
  readonly can: (vector: Vector) => boolean;
}

const asks = (vector: Vector, key: RegExp) =>
  key.test(JSON.stringify([vector.role, vector.boundary, vector.policy, vector.key]));

/** Tags that only all tags of a resource show to be absent: a stack or a provider may add some. */
const absentTag = (vector: Vector) =>
  asks(vector, /PrincipalTag\/(?:absent|missing)/) || vector.managed.includes("AmazonSageMakerFullAccess");

const ofStack = (vector: Vector) =>
  !absentTag(vector) &&
  vector.accounts === 1 &&
  (vector.key === null || (vector.reads === "secret" && vector.key.grants.length === 0));

/** No output of the AWS CLI has the tags of a key together with its ID, nor those of a parameter with its name. */
const ofFiles = (vector: Vector) =>
  !asks(vector, /ResourceTag\/use/) && !(vector.reads === "parameter" && asks(vector, /[rR]esourceTag/));

const any = () => true;
const ofModule = (vector: Vector) => !absentTag(vector);

const WAYS: readonly Way[] = [
  { name: "jsonencode", render: terraform("jsonencode", false), told: false, can: ofModule },
  { name: "CloudFormation", render: cloudFormation, told: false, can: ofStack },
  { name: "raw", render: raw, told: true, can: ofFiles },
  { name: "aws_iam_policy_document", render: terraform("document", false), told: false, can: ofModule },
  { name: "CDK", render: cdk, told: true, can: ofStack },
  { name: "heredoc", render: terraform("heredoc", true), told: true, can: any },
  { name: ".tf.json", render: terraform("json", false), told: false, can: ofModule },
  { name: "aws_iam_policy_document with accounts", render: terraform("document", true), told: true, can: any },
  { name: ".tf.json with accounts", render: terraform("json", true), told: true, can: any },
  { name: "jsonencode with accounts", render: terraform("jsonencode", true), told: true, can: any },
];

/** The files of a vector in one of the formats that can tell it, and another one if need be: they take turns. */
export function rendered(
  vector: Vector,
  index: number,
  other = vector,
): { readonly name: string; readonly files: Files } {
  const ways = WAYS.filter(({ told, can }) =>
    [vector, other].every((one) => can(one) && (told || !needsDeployment(one))),
  );
  const way = ways[index % ways.length] as Way;
  return { name: way.name, files: way.render(vector, Math.floor(index / ways.length)) };
}
