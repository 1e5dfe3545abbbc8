/** The credentials that are written out in what a job definition or an instance is given, with their places. */
import { credentialNamed, credentialsIn, type Found } from "../../facts/credentials/find.ts";
import { hasHint, isCredentialName } from "../../facts/credentials/names.ts";
import { isRandom, mayBeCredential } from "../../facts/credentials/values.ts";
import { hideRandom, hideValue } from "../../facts/hidden.ts";
import type { Credential, NamedValue, SecretReference } from "../../facts/located.ts";
import type { UserData } from "../../facts/resources.ts";
import { holeOf, insides, isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { locate, piecesOf } from "../../syntax/text.ts";
import type { ObjectValue, TextValue, Value } from "../../syntax/value.ts";

/** Where a value is given. */
export type Spot = Pick<Credential, "path" | "site" | "name" | "maybe">;

/** As many are reported of one string: of more, a reader learns nothing. */
const MOST = 20;

/** The credentials in a value: by their form, else by the name of the value itself, or by the names inside of it. */
export function credentialsOf(value: Value | undefined, spot: Spot): Credential[] {
  switch (value?.kind) {
    case "number":
      return ofText({ kind: "text", value: String(value.value), at: value.at }, spot);
    case "text": {
      const json = value.json?.();
      return json?.kind === "object" || json?.kind === "list" ? within(json, spot) : ofText(value, spot);
    }
    case "unknown":
      // What a deployment may replace is in the file all the same.
      return value.default ? ofText({ ...value.default, usedAt: value.usedAt ?? value.at }, spot) : [];
    default:
      return [];
  }
}

/** The credentials in what a string of JSON is made of. */
function within(value: Value, spot: Spot): Credential[] {
  if (value.kind === "list") return value.items.flatMap((item) => within(item, spot)).slice(0, MOST);
  if (value.kind !== "object") return credentialsOf(value, { ...spot, name: "" });
  return value.entries
    .flatMap(({ key, value: inner }) => {
      if (inner.kind === "object" || inner.kind === "list") return within(inner, spot);
      const found = credentialsOf(inner, { ...spot, name: key });
      return found.map((one) => ({ ...one, name: spot.name, within: one.within || key }));
    })
    .slice(0, MOST);
}

function ofText(text: TextValue, spot: Spot): Credential[] {
  const found = credentialsIn(text.value);
  const sure = found.filter(({ form }) => form !== "name");
  const whole = sure.length === 0 ? credentialNamed(spot.name, text.value) : undefined;
  const all = whole ? [whole] : found;
  return all
    .filter(({ form }) => form !== "name" || isWritten(text))
    .slice(0, MOST)
    .map((one) => credential(one, text, spot));
}

/** Whether a string is written in the files, and no secret's value that only a plan shows. */
function isWritten({ sensitive }: TextValue): boolean {
  return typeof sensitive !== "string" ? !sensitive : insides(sensitive).every((one) => holeOf(one).holds === null);
}

/** A variable that is a secret as well may hold the value of that secret: `DB` in `secrets` and in `environment`. */
export function hideTwins(secrets: readonly Pick<SecretReference, "name">[], environment: readonly NamedValue[]): void {
  const names = new Set(secrets.map(({ name }) => name?.value));
  for (const { name, value } of environment) {
    if (value && names.has(name.value) && /\d/.test(value.value) && mayBeCredential(value.value))
      hideValue(value.value);
  }
}

function credential({ form, what, sure, name, start, end }: Found, text: TextValue, spot: Spot): Credential {
  hideRandom(text.value.slice(start, end));
  const isToken = form === "token" || form === "private_key";
  if (isToken || isRandom(text.value.slice(start, end))) hidePieces(text, start, end, isToken);
  return { form, what, sure, ...spot, within: name, ...placesOf(text, start, end) };
}

/** A word, which is in many texts: an environment's name in a password. */
const WORD = /^[A-Za-z][a-z]*[-_.]?$/;

/** Notes what a credential is put together from: its pieces are written in other places, and none has its form. */
function hidePieces({ pieces = [] }: TextValue, start: number, end: number, isToken: boolean): void {
  let at = 0;
  for (const { text, value } of pieces) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, text.length);
    at += text.length;
    if (from >= to) continue;
    const part = text.slice(from, to);
    if (isToken || !WORD.test(part)) hideValue(part);
    if (value?.kind === "text" && value.value === text) hidePieces(value, from, to, isToken);
  }
}

function placesOf(text: TextValue, start: number, end: number): { at: Place; written?: Place } {
  const { usedAt, at } = text;
  if (start === 0 && end === text.value.length) return usedAt ? { at: usedAt, written: at } : { at };
  const found = locate(piecesOf(text), at);
  const place = found.place(start, end);
  const origin = found.pieceAt(start).piece?.value?.at;
  if (usedAt) return { at: usedAt, written: origin ?? place };
  return origin ? { at: place, written: origin } : { at: place };
}

/** The credentials in the arguments of a command, also those that follow an option with a telling name. */
export function credentialsOfCommand(list: readonly Value[], spot: Omit<Spot, "site" | "name">): Credential[] {
  const site: Spot = { ...spot, site: "command", name: "" };
  return list.flatMap((item, index) => {
    const found = credentialsOf(item, site);
    const option = optionOf(list[index - 1]);
    if (found.length > 0 || option === undefined || item.kind !== "text" || item.sensitive) return found;
    const one = credentialNamed(option, item.value);
    return one ? [credential({ ...one, name: option }, item, site)] : [];
  });
}

/** The name of an option that is an argument of its own. */
function optionOf(value: Value | undefined): string | undefined {
  return value?.kind === "text" && isLiteral(value.value) ? /^--?([\w-]{2,64})$/.exec(value.value)?.[1] : undefined;
}

/**
 * The parameters of a job that a command hands to an option or a variable with a telling name, with that name: `pw` and
 * `password` of `--password Ref::pw`. https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html
 */
export function parametersIn(list: readonly Value[]): readonly (readonly [parameter: string, option: string])[] {
  return list.flatMap((item, index) => {
    if (item.kind !== "text" || !item.value.includes("Ref::")) return [];
    return [...item.value.matchAll(PARAMETER)].flatMap(({ 1: before, 2: parameter = "", index: at }) => {
      const option = before ?? (at === 0 ? optionOf(list[index - 1]) : undefined);
      return option !== undefined && isCredentialName(option) ? [[parameter, option] as const] : [];
    });
  });
}

const PARAMETER = /(?:(?<![\w.-])(?:--?)?([A-Za-z_][\w.-]{0,99})(?:=|[ \t]{1,9})["']?)?Ref::([\w-]{1,255})/g;

/** The credentials in the parameters of a job, also those that only the option tells that a command hands them to. */
export function credentialsOfParameters(map: ObjectValue, options: ReadonlyMap<string, string>): Credential[] {
  return map.entries.flatMap(({ key: name, value }) => {
    const found = credentialsOf(value, { path: "", site: "parameters", name });
    const option = options.get(name);
    if (found.length > 0 || option === undefined) return found;
    const handed = credentialsOf(value, { path: "", site: "parameters", name: option });
    return handed.map((one) => ({ ...one, name, within: one.within || option }));
  });
}

/** The credentials in the parts of user data. A part that encodes one is not shown as it is written either. */
export function credentialsOfUserData(parts: readonly TextValue[]): Pick<UserData, "credentials"> {
  const found = parts.flatMap((part) => {
    const inside = credentialsOf(part.decoded ?? part, { path: "", site: "user_data", name: "" });
    if (part.decoded && inside.length > 0) hideValue(part.value);
    return inside;
  });
  return found.length === 0 ? {} : { credentials: found };
}

/**
 * What credential a string is, by its form alone. An ARN is none. What is called `DB_PASSWORD` and is neither the name
 * of a parameter nor of a secret may be the password itself, so it is not printed.
 */
export function credentialIn(value: Value | undefined, name = ""): string | undefined {
  if (value?.kind !== "text" || value.value.startsWith("arn:")) return undefined;
  const isWord = hasHint(value.value) && !(/^[A-Za-z0-9]{16,}$/.test(value.value) && isRandom(value.value));
  if (!isWord && credentialNamed(name, value.value)) hideValue(value.value);
  return credentialsIn(value.value).find(({ form }) => form !== "name")?.what;
}
