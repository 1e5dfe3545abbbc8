/** What to write under `assume` of the configuration to settle a question. */
import type { CauseKind } from "../facts/causes.ts";
import type { Question } from "../verdict/questions.ts";

interface Template {
  readonly key: string;
  /** The entry, with words in place of what only people know. */
  readonly entry: object;
}

const READS = { actions: ["secretsmanager:GetSecretValue"], resources: ["<ARN of the secret>"] };

/** By the causes that say that a thing is not there at all: what is declared in part can't be told beside the files. */
const TEMPLATES: Readonly<Partial<Record<CauseKind, (name: string) => Template>>> = {
  role: () => ({ key: "roles", entry: { trusts: ["ecs-tasks.amazonaws.com"], may: [READS] } }),
  policy: () => ({ key: "policies", entry: { may: [READS] } }),
  secret: (name) =>
    /^arn:[^:]*:ssm:/.test(name)
      ? { key: "parameters", entry: { type: "SecureString" } }
      : { key: "secrets", entry: { "json-keys": ["<key>"] } },
  key: () => ({ key: "keys", entry: { "iam-policies": true } }),
};

/** An ARN, or a plain name that is no address of a template. */
const LITERAL = /^(?:arn:[\w+=,.@:*/-]+|[\w+=,@/-]+)$/;

/** What to write; undefined when nothing of that kind would settle it. */
export function assumption({ cause }: Pick<Question, "cause">): Readonly<Record<string, object>> | undefined {
  const template = LITERAL.test(cause.name) ? TEMPLATES[cause.kind]?.(cause.name) : undefined;
  return template && { [template.key]: { [cause.name]: template.entry } };
}

/** The same as lines of YAML. */
export function assumptionLines(question: Pick<Question, "cause">): readonly string[] {
  const found = assumption(question);
  return found === undefined ? [] : yaml(found);
}

function yaml(object: object): readonly string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    typeof value === "object" && !Array.isArray(value)
      ? [`${key}:`, ...yaml(value).map((line) => `  ${line}`)]
      : [`${key}: ${flow(value)}`],
  );
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${flow(one)}`)
      .join(", ")} }`;
  return typeof value === "string" && !/^[\w.-]+$/.test(value) ? JSON.stringify(value) : String(value);
}
