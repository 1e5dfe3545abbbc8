/** Words of job definitions, by which a text that is not read as what it is still shows that it holds one. */

/** What only a job definition has: with it no name and no first line makes a file one of other things. */
export const DEFINES_A_JOB =
  /AWS::Batch::JobDefinition|\b(?:aws_batch_job_definition|jobDefinitionName|JobDefinitionName)\b/;
/** Words of container properties, where nothing says that they are of ECS. */
export const OF_CONTAINER = /jobRoleArn|executionRoleArn|resourceRequirements/;

/** Whether a text holds a job, whatever its form is. */
export function definesJob(text: string): boolean {
  return DEFINES_A_JOB.test(text) || (/\b[cC]ontainerProperties\b/.test(text) && OF_CONTAINER.test(text));
}
