/**
 * Evidence: what an account answered. All that one account says of one Region, call by call, is a unit, and so is what it
 * says of IAM, which has none; answers without their calls, as people paste them, are one for each folder. They are read
 * beside the other units of the run: job definitions of evidence are no subjects, unless the run is about the account.
 */

import type { DeploymentSetting } from "../../config/deployments.ts";
import { noteAnswer } from "../../evidence/answers.ts";
import { causeWords } from "../../facts/causes.ts";
import type { Unit } from "../../facts/unit.ts";
import { into } from "../../maps.ts";
import type { Place, Problem } from "../../source.ts";
import type { Document } from "../../syntax/document.ts";
import { get, type Value } from "../../syntax/value.ts";
import type { Read, Reader, Run } from "../format.ts";
import type { Found } from "../raw/found.ts";
import { folderOf } from "../raw/groups.ts";
import type { Filed } from "../raw/neighbours.ts";
import { jobResource, readResources, sensitiveOf } from "../raw/read.ts";
import { recognise } from "../raw/recognise.ts";
import { listed } from "../raw/roles.ts";
import { writeRaw } from "../raw/write.ts";
import { keepResources, TOO_MANY_RESOURCES } from "../size.ts";
import { isToCome, openAges } from "./ages.ts";
import type { Asked, Deployment } from "./asked.ts";
import { CALLS, holdsValues } from "./calls.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import { once } from "./once.ts";
import { nextPage, openPages, question } from "./pages.ts";
import { isEnvelope } from "./recognise.ts";
import { causeOfRefusal } from "./refused.ts";
import { settled } from "./settle.ts";
import { showsValue } from "./values.ts";

/** The calls of one unit, as far as they are of use. */
interface Collected {
  readonly id: string;
  readonly deployment: Deployment;
  readonly asked: Map<string, Asked>;
}

/** Opens the evidence of a run. */
export function openEvidence({ evidence, ofAccount, config }: Pick<Run, "evidence" | "ofAccount" | "config">): Reader {
  const deployedIn = (folder: string): Pick<Unit, "deployed"> => {
    const within = ({ evidence: own }: DeploymentSetting) => own !== undefined && `${folder}/`.startsWith(`${own}/`);
    const name = config.deployments.find(within)?.name.value;
    return name === undefined ? {} : { deployed: { name, of: `evidence in ${folder}`, values: new Map() } };
  };
  const units = new Map<string, Collected>();
  const folders = new Map<string, Filed[]>();
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const ages = openAges(config.evidenceMaxAge);
  const add = (document: Document): void => {
    const { file } = document;
    const shown = evidence.has(file) ? shownBy(document) : { note: ELSEWHERE };
    if ("note" in shown) notes.push({ path: file.path, message: shown.note });
    else if ("message" in shown) problems.push(shown);
    else if ("found" in shown) {
      const filed = into(folders, folderOf(file.path), (): Filed[] => []);
      if (keepResources(shown.found.length)) for (const found of shown.found) filed.push({ found, path: file.path });
      else problems.push(tooMany(file.path));
    } else {
      ages.add(file, shown.time);
      if (!keep(units, shown)) problems.push(tooMany(file.path));
    }
  };
  return {
    add: (documents) => documents.forEach(add),
    read: (): Read => ({
      units: [
        ...[...units.values()].map((one) => collectedUnit(one, ofAccount)),
        ...[...folders].map(([folder, filed]) => ({
          ...unitOf(`evidence in ${folder}`, {}, filed, ofAccount),
          ...deployedIn(folder),
        })),
      ],
      problems: [...problems, ...(ofAccount ? [...units.values()].flatMap(unseenJobs) : [])],
      notes: [...notes, ...ages.notes()],
    }),
  };
}

/** What a document of evidence shows: a call, an answer without one, or nothing that can be used. */
function shownBy(
  document: Document,
): Envelope | { readonly found: readonly Found[] } | { readonly note: string } | Problem {
  const { file, value } = document;
  noteAnswer(file, { at: null, command: null, account: null });
  if (showsValue(get(value, "output") ?? value)) return { note: VALUES };
  if (!isEnvelope(value)) {
    const found = recognise(value);
    return found.length > 0 || isEmptyList(value) ? { found } : { note: NOTHING };
  }
  const envelope = readEnvelope(document);
  if ("message" in envelope) return envelope;
  const { call } = envelope;
  if (holdsValues(call)) return { note: VALUES };
  return CALLS.has(call) ? envelope : { note: `Evidence is not read from the call ${call}, so the file was not used.` };
}

const ELSEWHERE =
  "Evidence counts only in a folder of evidence, so the file was not used. Name its folder with `--evidence`.";
const VALUES =
  "The file holds a secret's value, which does not belong in evidence, so it was not used. Remove it, also from the history, and give the secret a new value.";
const NOTHING =
  "Nothing was recognised in this file of evidence. Give the complete answer of one call of the AWS CLI, as JSON or YAML and without `--query`.";

/** Whether an answer is a list that has nothing, which is an answer, too. */
function isEmptyList(value: Value): boolean {
  return (
    value.kind === "object" && value.entries.some((one) => one.value.kind === "list" && one.value.items.length === 0)
  );
}

function tooMany(path: string): Problem {
  return { path, message: `${TOO_MANY_RESOURCES} Collect less evidence, or remove the file.` };
}

/**
 * The newest answer to each call counts, and one that is yet to come where there is no other. Whether the run has room
 * for what it shows.
 */
function keep(units: Map<string, Collected>, envelope: Envelope): boolean {
  const { account, region, partition, service, call, input, answer, at, path } = envelope;
  const time = isToCome(envelope.time) ? "" : envelope.time;
  const id = service === "iam" ? `evidence of ${account}` : `evidence of ${account} in ${region}`;
  const deployment = service === "iam" ? { partition, account } : { partition, account, region };
  const { asked } = into(units, id, (): Collected => ({ id, deployment, asked: new Map() }));
  const key = `${call} ${JSON.stringify(question(input, true))}`;
  const known = asked.get(key);
  if (known && known.time >= time) return true;
  const reads = CALLS.get(call);
  const output = "output" in answer ? answer.output : undefined;
  const found = output && reads ? reads.read(output, input) : [];
  if (!keepResources(found.length)) return false;
  const error = "error" in answer ? answer.error : null;
  const next = output ? nextPage(output) : null;
  asked.set(key, { call, input, at, path, time, about: reads?.about(input) ?? [], found, error, next });
  return true;
}

function collectedUnit({ id, deployment, asked }: Collected, ofAccount: boolean): Unit {
  const calls = [...asked.values()].sort((one, other) => (one.time < other.time ? -1 : +(one.time > other.time)));
  const open = openPages(calls);
  const whole = calls.map((one) => ({ ...one, isOpen: open.has(one) }));
  const found = whole.flatMap(({ found, path, isOpen }) => found.map((one) => ({ found: ofRole(one, isOpen), path })));
  return unitOf(id, deployment, settled(whole, found, deployment), ofAccount);
}

/** Jobs that an account does not show are not checked, which a run about the account must say. */
function unseenJobs({ asked }: Collected): readonly Problem[] {
  return [...asked.values()].flatMap((call): Problem[] => {
    if (call.call !== "batch DescribeJobDefinitions" || !call.error) return [];
    const message = `No job definition was checked here: ${causeWords(causeOfRefusal(call))}.`;
    return [{ path: call.path, message }];
  });
}

function unitOf(id: string, deployment: Deployment, filed: readonly Filed[], ofAccount: boolean): Unit {
  const kept = once(filed).flatMap(({ found, path }): Filed[] => {
    if (found.about === "job") return ofAccount ? [{ found: jobResource(found), path }] : [];
    return [{ found: described(found), path }];
  });
  return {
    id,
    format: "evidence",
    deployment,
    write: writeRaw,
    ...(ofAccount ? {} : { isContext: true }),
    isEvidence: true,
    resources: readResources(id, kept, new Map()),
    spellings: new Map(),
    problems: [],
    sensitive: kept.flatMap(({ found }): readonly Place[] => sensitiveOf(found)),
  };
}

/** A list of policies with the role that it belongs to. */
function ofRole(found: Found, isOpen: boolean): Found {
  return found.about === "list" && found.role ? listed({ ...found, isPart: isOpen }, found.role) : found;
}

/**
 * The policies of a role that an account describes are those of its lists, whatever else is there. A secret that it
 * describes has a value, which nothing here shows.
 */
function described(found: Found): Found {
  if (found.about === "secret" && found.described && found.contents.length === 0) {
    const open = { kind: "content", name: found.name ?? found.secret.value, unit: null } as const;
    return { ...found, contents: [{ kind: "described", keys: null, open, stages: null, at: found.described }] };
  }
  return found.about === "role" && found.tells === "declared" ? { ...found, tells: "described" } : found;
}
