/** What the renderings of a vector in all formats share. */
import { type Grant, mapTexts, NAME, PARAMETER, type Statement, TAGS, type Vector } from "../vector.ts";

/** The files of a folder, by their paths. */
export type Files = Readonly<Record<string, string>>;

/** Writes a vector in one format. `variant` picks one of the ways that the format has. */
export type Render = (vector: Vector, variant: number) => Files;

export const document = (statements: readonly Statement[]) => ({ Version: "2012-10-17", Statement: statements });

export const TRUST = document([
  { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
]);

export const IMAGE = "public.ecr.aws/docker/library/python:3.13";

/** The selectors behind the ARN, with all their colons. */
export function selectors({ stage, version }: Vector): string {
  return stage === "" && version === "" ? "" : `::${stage}:${version}`;
}

export const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export { type Grant, mapTexts, NAME, PARAMETER, TAGS };
