/** Rules name keys as the API does; people read them as the format of their job definition spells them. */
import type { Case } from "../facts/schema.ts";

/** Keys that nothing else is called like, and words that are keys behind some others. */
const KEYS = new RegExp(
  "(?<=[`.])(?:secretOptions|valueFrom|repositoryCredentials|credentialsParameter|log(?:Configuration|Driver)|" +
    "(?:firelens|network)Configuration|(?:container|ecs|task)Properties|assignPublicIp|executionRoleArn)(?=[`.])|" +
    "(?<=\\b(?:[Ii]n|to|from|of|both|and) `)(?:secrets|environment|env|options|command|parameters)(?=`)",
  "g",
);

/** Spells the keys in a sentence about a case as its job definition does, but for a sentence that has both spellings. */
export function keySpeller({ subject, job_definitions }: Case): (text: string) => string {
  const known = job_definitions[subject.id]?.containers[0]?.role_key;
  const spell = known === "ExecutionRoleArn" ? pascal : known === "execution_role_arn" ? snake : undefined;
  if (!spell) return (text) => text;
  return (text) => text.replace(KEYS, (key) => (text.includes(`\`${spell(key)}\``) ? key : spell(key)));
}

const pascal = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);
const snake = (key: string) => key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
