/** Answers → the files of an account that is checked without any: in memory, and never written. */
import { type Content, contentsOf } from "../sources/overlay.ts";
import type { Answer, Output } from "./calls.ts";
import { type EvidenceFile, evidenceText, fileOf } from "./evidence.ts";

/** The files by their paths below the account's number: `eu-west-1/batch/job-definitions/nightly-3.json`. */
export function accountFiles(answers: readonly Answer[], account: string): ReadonlyMap<string, Content> {
  const files = answers.flatMap((one) =>
    one.call.operation === "DescribeJobDefinitions" && one.output
      ? definitionFiles(one, account)
      : [fileOf(one, account)],
  );
  return contentsOf(files);
}

/** A file for each job definition, so that reports show them apart. */
function definitionFiles(answer: Answer, account: string): readonly EvidenceFile[] {
  const { region } = answer.call;
  return ((answer.output?.["jobDefinitions"] ?? []) as readonly Output[]).map((one) => {
    const [name, revision] = [`${one["jobDefinitionName"]}`, `${one["revision"]}`];
    const call = { ...answer.call, input: { jobDefinitions: [`${name}:${revision}`] } };
    return {
      path: `${account}/${region}/batch/job-definitions/${name}-${revision}.json`,
      text: evidenceText({ ...answer, call, output: { jobDefinitions: [one] } }, account),
    };
  });
}
