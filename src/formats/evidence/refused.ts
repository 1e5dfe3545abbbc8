/** What a refused call says of the thing that it asked about. */
import { joinArn, splitArn } from "../../facts/arn.ts";
import type { Cause } from "../../facts/causes.ts";
import type { Text, Unseen } from "../../facts/located.ts";
import type { ParameterResource } from "../../facts/resources.ts";
import { hole } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { type Found, resource } from "../raw/found.ts";
import { unseenPolicy } from "../raw/policies.ts";
import { unseenRole } from "../raw/roles.ts";
import { VALUE } from "../raw/secret-drafts.ts";
import { secretFact } from "../raw/secrets.ts";
import type { Call, Deployment } from "./asked.ts";
import { refusalOf, type Subject } from "./calls.ts";
import { unshown } from "./unshown.ts";

/** Why a call was not answered: a permission is missing, or the error. */
export function causeOfRefusal({ call, error }: Pick<Call, "call" | "error">): Cause {
  const permission = call.replace(" ", ":");
  const code = error?.code ?? "";
  return refusalOf(code) === "denied"
    ? { kind: "denied", name: permission, unit: null }
    : { kind: "not-answered", name: `${permission} (${code})`, unit: null };
}

/** What there is, or is not, by a call without an answer, or by an answer without what was asked for. */
export function refused(call: Call, deployment: Deployment): readonly Found[] {
  const { error, about } = call;
  if (!error) return call.call === "ssm DescribeParameters" ? absentParameters(call, deployment) : [];
  const isMissing = refusalOf(error.code) === "missing";
  const cause = causeOfRefusal(call);
  const things = about.flatMap((subject): readonly Found[] => {
    if (isMissing) return isItself(subject) ? missing(subject, deployment, error.at) : [];
    return hidden(subject, deployment, {
      part: subject.part === "itself" ? "policies" : subject.part,
      cause,
      at: error.at,
    });
  });
  return isMissing ? things : [...things, ...unshown(call, cause)];
}

/** Who asks for a resource policy, too, learns that there is no such secret. */
function isItself({ kind, part }: Subject): boolean {
  return part === "itself" || kind === "secret" || kind === "key";
}

/** The services of things by their kinds, and how the resource of an ARN begins. */
const ARNS = {
  role: ["iam", "role/"],
  policy: ["iam", "policy/"],
  secret: ["secretsmanager", "secret:"],
  parameter: ["ssm", "parameter/"],
  key: ["kms", "key/"],
} as const;

/** The ARN of what is asked for: as it is given, or by its name in the account and Region that were asked. */
function arnOf({ kind, name }: Subject, { partition = "aws", region = "", account = "" }: Deployment): Text {
  if (splitArn(name.value)) return name;
  const [service, start] = ARNS[kind];
  const own = { partition, service, region, account, resource: start + name.value.replace(/^\//, "") };
  return { value: joinArn(own), at: name.at };
}

/** What its own account does not have. An account that is asked about a thing of another one just does not see it. */
function missing(subject: Subject, deployment: Deployment, at: Place): readonly Found[] {
  const arn = arnOf(subject, deployment);
  const { kind } = subject;
  if (splitArn(arn.value)?.account !== deployment.account) return [];
  const value = { kind: "null", at } as const;
  if (kind === "key") {
    const gone = { how: "missing", at } as const;
    const cause = { kind: "missing-key", name: arn.value, unit: null } as const;
    const unseen: Unseen[] = [{ part: "policy", cause, at }];
    const none = { spec: null, usage: null, state: null, tags: { given: [], complete: true } };
    return [resource("keys", value, subject.name, () => ({ arn, gone, unseen, ...none }))];
  }
  return kind === "policy" ? [] : [resource("missing", value, subject.name, () => ({ kind, arn }))];
}

/** What is there or not, and may not be looked at. */
function hidden(subject: Subject, deployment: Deployment, unseen: Unseen): readonly Found[] {
  const { kind, name } = subject;
  const arn = arnOf(subject, deployment);
  const { cause, at } = unseen;
  const value = { kind: "null", at } as const;
  switch (kind) {
    case "role":
      return [unseenRole(arn, subject.part === "itself" ? [unseen, { ...unseen, part: "trust" }] : [unseen])];
    case "policy":
      return [unseenPolicy(arn, unseen)];
    case "secret": {
      if (subject.part !== "itself") return [{ ...secretFact(arn, at), unseen: [unseen] }];
      const all = ["resource policy", VALUE].map((part) => ({ part, cause, at }));
      return [{ ...secretFact(arn, at), arn, declared: true, key: unknown(arn, cause), rotates: null, unseen: all }];
    }
    case "parameter":
      return [resource("parameters", value, name, () => parameter({ name, arn, key_reference: unknown(arn, cause) }))];
    case "key": {
      if (subject.part !== "itself") return [];
      const none = { spec: null, usage: null, state: null, tags: { given: [], complete: false } };
      return [resource("keys", value, name, () => ({ arn, unseen: [{ ...unseen, part: "policy" }], ...none }))];
    }
  }
}

/** A text that an account does not tell. */
function unknown({ value, at }: Text, cause: Cause): Text {
  return { value: hole(`the key of ${value}`, "wide", { words: `the key of ${value}`, cause }), at };
}

function parameter(known: Pick<ParameterResource, "name" | "arn" | "key_reference">) {
  return { ...known, tags: { given: [], complete: false }, type: null, gone: null, declared: true };
}

/** The parameters that were asked for by name and are not in the complete answer: the account has none of that name. */
function absentParameters({ about, found, isOpen, at }: Call, deployment: Deployment): readonly Found[] {
  if (isOpen) return [];
  const plain = (name: string) => name.replace(/^\//, "");
  const shown = new Set(found.map(({ name }) => plain(name ?? "")));
  return about.filter(({ name }) => !shown.has(plain(name.value))).flatMap((one) => missing(one, deployment, at));
}
