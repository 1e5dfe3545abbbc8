/** What the tests of this folder share: values from JSON, and a job definition read from them. */

import type { JobDefinition } from "../../facts/located.ts";
import { hole } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { parseJson } from "../../syntax/json/document.ts";
import { unknownOf, type Value } from "../../syntax/value.ts";
import { type JobDefinitionStyle, readJobDefinition } from "./job-definition.ts";

/** The value that a JSON text holds. */
export function parsed(text: string): Value {
  const { value } = parseJson({ path: "job.json", text });
  if (!value) throw new Error(`not JSON: ${text}`);
  return value;
}

/** The value that JSON of something is. */
export function json(of: unknown): Value {
  return parsed(JSON.stringify(of));
}

/** The job definition that a value is, called `job` in the unit `unit`. */
export function read(value: Value, style: JobDefinitionStyle = "api"): JobDefinition {
  return readJobDefinition(value, { id: "unit#job", address: "job", unit: "unit", style });
}

export function job(of: unknown, style: JobDefinitionStyle = "api"): JobDefinition {
  return read(json(of), style);
}

/** What a place covers in its file. */
export const covered = ({ file, start, end }: Place): string => file.text.slice(start, end);

/** A value that an evaluator could not tell. */
export const unknown = (why: string, name: string): Value =>
  unknownOf(hole(name, "wide", { cause: { kind: "other", name: why, unit: null } }), {
    file: { path: "t", text: "" },
    start: 0,
    end: 0,
  });

/** The object with a value that an evaluator could not tell. */
export function put(value: Value, path: readonly string[], replaced: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return replaced;
  if (value.kind === "list") {
    return {
      ...value,
      items: value.items.map((item, index) => (String(index) === key ? put(item, rest, replaced) : item)),
    };
  }
  if (value.kind !== "object") return value;
  const entries = value.entries.map((entry) =>
    entry.key === key ? { ...entry, value: put(entry.value, rest, replaced) } : entry,
  );
  return { ...value, entries };
}

/** A container with everything a job of this project is asked about. */
export const container = {
  image: "busybox",
  command: ["echo", "Ref::who"],
  executionRoleArn: "arn:aws:iam::111122223333:role/execution",
  jobRoleArn: "arn:aws:iam::111122223333:role/job",
  environment: [{ name: "A", value: "1" }],
  secrets: [{ name: "PASSWORD", valueFrom: "arn:aws:ssm:us-east-1:111122223333:parameter/p" }],
  logConfiguration: {
    logDriver: "splunk",
    options: { "splunk-url": "https://example.com" },
    secretOptions: [{ name: "splunk-token", valueFrom: "token" }],
  },
  repositoryCredentials: { credentialsParameter: "registry" },
  fargatePlatformConfiguration: { platformVersion: "1.4.0" },
  runtimePlatform: { operatingSystemFamily: "LINUX" },
};
