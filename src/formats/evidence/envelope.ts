/** An envelope of evidence as its file has it (`docs/evidence.schema.json`), or what is wrong with it. */
import { commandOf, noteAnswer } from "../../evidence/answers.ts";
import { inRegion, isAccount, splitArn } from "../../facts/arn.ts";
import type { Place, Problem } from "../../source.ts";
import { position } from "../../source.ts";
import type { Document } from "../../syntax/document.ts";
import { get, type ObjectValue, plainText, type Value } from "../../syntax/value.ts";

/** The version of the envelope that is read. */
const VERSION = 1;

export interface Envelope {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly service: string;
  /** Service and operation. */
  readonly call: string;
  readonly input: ObjectValue;
  readonly answer: Answered | Refused;
  /** When the answer came: times in UTC are in the order of their texts. */
  readonly time: string;
  readonly at: Place;
  readonly path: string;
}

export interface Answered {
  readonly output: ObjectValue;
}

export interface Refused {
  readonly error: { readonly code: string; readonly at: Place };
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** Reads an envelope. What is not as the schema has it is a problem: half an answer is none. */
export function readEnvelope({ file, value }: Document): Envelope | Problem {
  const wrong = (message: string, at: Place = value.at): Problem => ({
    path: file.path,
    message: `${message} Collect it again, or remove the file.`,
    line: position(at.file, at.start).line,
  });
  const version = get(value, "evidence");
  if (version?.kind !== "number" || version.value !== VERSION) {
    return wrong(`The evidence has another version than ${VERSION}, the one that is read here.`, version?.at);
  }
  const [account, region, at] = ["account", "region", "at"].map((key) => plainText(get(value, key)));
  const call = get(value, "call");
  const [service, operation] = ["service", "operation"].map((key) => plainText(get(call, key)));
  const input = get(call, "input");
  if (account === undefined || !isAccount(account)) return wrong("`account` of the evidence is no account.");
  const place = region === undefined ? undefined : inRegion(region);
  if (!place) return wrong("`region` of the evidence is no Region that is known here.");
  if (at === undefined || !TIME.test(at)) return wrong("`at` of the evidence is no time in UTC.");
  if (service === undefined || operation === undefined || input?.kind !== "object") {
    return wrong("`call` of the evidence does not say which service, operation and input it was.");
  }
  const answer = answerIn(value);
  if (!answer) return wrong("The evidence has neither `output` nor `error`, or both.");
  const elsewhere = contradiction({ account, region: place.region }, service, input, answer);
  if (elsewhere) return wrong(elsewhere);
  noteAnswer(file, { at, command: commandOf(service, operation), account });
  return {
    account,
    ...place,
    service,
    call: `${service} ${operation}`,
    input,
    answer,
    time: at,
    at: value.at,
    path: file.path,
  };
}

function answerIn(value: Value): Answered | Refused | undefined {
  const output = get(value, "output");
  const error = get(value, "error");
  if ((output === undefined) === (error === undefined)) return undefined;
  if (output) return output.kind === "object" ? { output } : undefined;
  const code = plainText(get(error, "code"));
  return error && code !== undefined ? { error: { code, at: error.at } } : undefined;
}

/** Where something is that an answer is about, by the first ARN of its own that it shows. */
const OWN_ARNS: readonly (readonly string[])[] = [
  ["ARN"],
  ["Arn"],
  ["Role", "Arn"],
  ["Policy", "Arn"],
  ["KeyMetadata", "Arn"],
];

/**
 * Why an answer can't be one to the call: it is about a thing of another account or Region than was asked for. Somebody
 * put files together that do not belong together, or edited one.
 */
function contradiction(
  asked: { readonly account: string; readonly region: string },
  service: string,
  input: ObjectValue,
  answer: Answered | Refused,
): string | undefined {
  if (!("output" in answer)) return undefined;
  const shown = OWN_ARNS.map((path) => plainText(path.reduce<Value | undefined>(get, answer.output)))
    .flatMap((arn) => (arn === undefined ? [] : (splitArn(arn) ?? [])))
    .at(0);
  if (!shown) return undefined;
  const named = ["SecretId", "KeyId", "PolicyArn"]
    .flatMap((key) => splitArn(plainText(get(input, key)) ?? "") ?? [])
    .at(0);
  const { account, region } = named ?? { ...asked, region: shown.region === "" ? "" : asked.region };
  if (shown.service !== service) return `The evidence answers a call of ${service} with a thing of ${shown.service}.`;
  if (shown.account !== account || shown.region !== region) {
    return `The evidence was asked in account ${account}, and answers with a thing of ${shown.account} ${shown.region}.`;
  }
  return undefined;
}
