/**
 * Facts that the repository can't show, told under `assume`: what exists elsewhere under a name or ARN. What is told of a
 * thing is all that there is of it, as if its file were there.
 */
import type { Place } from "../source.ts";
import { flag, list, mapping, oneOf, placeBelow, type Read, record, type Shape, text } from "./shape.ts";

/** A value with the place where it is written. */
function placed<T extends object>(shape: Shape<T>): Shape<T & { readonly at: Place }> {
  return {
    ...shape,
    read: (value, name, complain) => {
      const read = shape.read(value, name, complain);
      return read && { ...read, at: value.at };
    },
    below: (read, move) => ({ ...read, at: placeBelow(read.at, move) }),
  };
}

const statement = record(
  "A statement",
  {
    actions: { what: "Actions such as secretsmanager:GetSecretValue.", shape: list(text()) },
    resources: { what: "ARNs that the actions are for.", shape: list(text()) },
    effect: { what: "Allow, unless it says Deny.", shape: oneOf(["Allow", "Deny"]) },
  },
  ["actions", "resources"],
);

const role = record(
  "A role",
  {
    trusts: { what: "The services that may assume it, such as ecs-tasks.amazonaws.com.", shape: list(text()) },
    policies: { what: "ARNs of its managed policies.", shape: list(text()) },
    may: { what: "What else it may do.", shape: list(statement) },
  },
  [],
);

const policy = record("A policy", { may: { what: "What it allows.", shape: list(statement) } }, ["may"]);

const secret = record(
  "A secret",
  {
    content: { what: "Whether it holds text, JSON or binary data.", shape: oneOf(["text", "json", "binary"]) },
    "json-keys": { what: "All keys of its JSON.", shape: list(text()) },
    key: { what: "The ARN of its customer managed key; left out: it has none.", shape: text() },
  },
  [],
);

const parameter = record(
  "A parameter",
  {
    type: { what: "String, StringList or SecureString.", shape: oneOf(["String", "StringList", "SecureString"]) },
    key: { what: "The ARN of its customer managed key; left out: it has none.", shape: text() },
  },
  ["type"],
);

const key = record(
  "A key",
  {
    "iam-policies": { what: "Whether its policy lets IAM policies of its account allow its use.", shape: flag },
    allows: { what: "ARNs of the roles that its policy lets decrypt.", shape: list(text()) },
  },
  [],
);

const network = record(
  "A network",
  {
    region: { what: "The Region of the VPC.", shape: text() },
    subnets: { what: "The ids of its subnets.", shape: list(text()) },
    internet: { what: "Whether each subnet has a way to the internet.", shape: flag },
    endpoints: { what: "The services that it has usable interface endpoints for.", shape: list(text()) },
  },
  ["region", "subnets"],
);

function named<T extends object>(shape: Shape<T>, kind: string, by: string) {
  return mapping(placed(shape), { must: `must map ${by} to what is so`, name: (name) => `the ${kind} ${name}` });
}

export const assume = record(
  "assume",
  {
    roles: { what: "Roles by ARN or name.", shape: named(role, "role", "the ARN or name of a role") },
    policies: { what: "Managed policies by ARN.", shape: named(policy, "policy", "the ARN of a managed policy") },
    secrets: { what: "Secrets by ARN or name.", shape: named(secret, "secret", "the ARN or name of a secret") },
    parameters: {
      what: "Parameters of Systems Manager by ARN or name.",
      shape: named(parameter, "parameter", "the ARN or name of a parameter"),
    },
    keys: { what: "KMS keys by ARN.", shape: named(key, "key", "the ARN of a key") },
    networks: { what: "Networks by the id of the VPC.", shape: named(network, "network", "the id of a VPC") },
  },
  [],
);

export type Assume = Read<typeof assume>;
type EntryOf<K extends keyof Assume> = NonNullable<Assume[K]> extends ReadonlyMap<string, infer E> ? E : never;
export type AssumedStatement = Read<typeof statement>;
export type AssumedRole = EntryOf<"roles">;
export type AssumedSecret = EntryOf<"secrets">;
export type AssumedParameter = EntryOf<"parameters">;
export type AssumedKey = EntryOf<"keys">;
export type AssumedNetwork = EntryOf<"networks">;
