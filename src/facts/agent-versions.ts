/**
 * Which version of the ECS agent a machine image has, by the name of the image or the path of its public parameter.
 *
 * AWS Batch starts instances of the current ECS-optimized image unless one is named. The agent that reads secrets is in
 * the image, so its date says what the agent can do.
 */
import type { Place } from "../source.ts";
import { splitArn } from "./arn.ts";
import type { Cause } from "./causes.ts";
import type { Located } from "./located.ts";
import type { Case } from "./schema.ts";
import { causeOfText, holeOf, insides, isHole, isLiteral } from "./text.ts";

type Version = readonly [major: number, minor: number, patch: number];
export type Image = Located<Case["compute_environments"][string]["launches"][number]["images"][number]>;
type Text = NonNullable<Image["value"]>;

/**
 * The first images with each version, by date. Later ones have 1.37.0 or more, which can do all that a reference may
 * need. Amazon Linux, Amazon Linux 2, its GPU and arm64 images have the same dates, but for a few days.
 * https://github.com/awsdocs/amazon-ecs-developer-guide/blob/49232cf/doc_source/ecs-ami-versions.md (2023-06)
 */
const BY_DATE: readonly (readonly [date: string, version: Version])[] = [
  ["20181016", [1, 20, 3]],
  ["20181112", [1, 22, 0]],
  ["20190107", [1, 24, 0]],
  ["20190118", [1, 25, 0]],
  ["20190301", [1, 26, 0]],
  ["20190402", [1, 27, 0]],
  ["20190510", [1, 28, 0]],
  ["20190607", [1, 29, 0]],
  ["20190815", [1, 30, 0]],
  ["20190913", [1, 31, 0]],
  ["20190925", [1, 32, 0]],
  ["20191114", [1, 33, 0]],
  ["20191212", [1, 35, 0]],
  ["20200108", [1, 36, 0]],
  ["20200205", [1, 36, 2]],
  ["20200218", [1, 37, 0]],
];

/** Images of Amazon Linux before October 2019 have a letter instead of a date; same source. */
const BY_LETTER: Readonly<Record<string, Version>> = {
  "2018.03.a": [1, 18, 0],
  "2018.03.b": [1, 19, 0],
  "2018.03.c": [1, 19, 1],
  "2018.03.d": [1, 20, 0],
  "2018.03.e": [1, 20, 1],
  "2018.03.f": [1, 20, 2],
  "2018.03.g": [1, 20, 3],
  "2018.03.h": [1, 21, 0],
  "2018.03.i": [1, 22, 0],
  "2018.03.j": [1, 24, 0],
  "2018.03.k": [1, 25, 0],
  "2018.03.l": [1, 25, 1],
  "2018.03.m": [1, 25, 2],
  "2018.03.n": [1, 25, 3],
  "2018.03.o": [1, 26, 0],
  "2018.03.p": [1, 27, 0],
  "2018.03.q": [1, 28, 0],
  "2018.03.s": [1, 28, 1],
  "2018.03.t": [1, 29, 0],
  "2018.03.u": [1, 29, 0],
  "2018.03.v": [1, 29, 1],
  "2018.03.w": [1, 30, 0],
  "2018.03.x": [1, 31, 0],
  "2018.03.y": [1, 32, 0],
  "2017.09.d": [1, 16, 0],
  "2017.09.e": [1, 16, 1],
  "2017.09.f": [1, 16, 1],
  "2017.09.g": [1, 16, 2],
  "2017.09.h": [1, 17, 0],
  "2017.09.i": [1, 17, 1],
  "2017.09.j": [1, 17, 2],
  "2017.09.k": [1, 17, 2],
  "2017.09.l": [1, 17, 3],
};

/** What the last images of the first releases have, at most. */
const FIRST: Version = [1, 15, 2];
/** What every image has that is made today; the oldest line, Amazon Linux, ended with 1.51.0. */
const CURRENT: Version = [1, 51, 0];

/** The least and the most that the agent of an image is; null where nothing is known. */
interface Range {
  readonly from: Version | null;
  readonly to: Version | null;
}

/** The image that AWS Batch takes when none is named: the current one of its type. */
export function currentImage(at: Place): Image {
  return { value: null, at, agent_from: CURRENT, agent_to: null, cause: null };
}

/** The image of instances that the files don't show. */
export function unknownImage(cause: Cause, at: Place): Image {
  return { value: null, at, agent_from: null, agent_to: null, cause };
}

/**
 * An image that is named by its id, its name, or the parameter that holds its id. `described` is the name that the files
 * give the id.
 */
export function namedImage(value: Text, described?: string): Image {
  const name = described ?? imageName(value.value);
  const range = name === undefined ? undefined : agentOf(name);
  const unread = causeOfText(name ?? value.value);
  const cause: Cause = unread ?? { kind: "image", name: name ?? value.value, unit: null };
  const { from = null, to = null } = range ?? {};
  return { value, at: value.at, agent_from: from, agent_to: to, cause: range ? null : cause };
}

/**
 * The name of an image or the path of its parameter; undefined for an id, and for what is not known. Launch templates
 * write `resolve:ssm:PATH` (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html), and
 * CloudFormation the same in double braces.
 */
function imageName(value: string): string | undefined {
  if (isLiteral(value)) {
    const path = value.replace(/^\{\{(.*)\}\}$/, "$1").replace(/^resolve:ssm:/, "");
    return /^ami-[0-9a-f]+$/.test(path) || path === "" ? undefined : path;
  }
  if (!isHole(value)) return undefined;
  const [inside = ""] = insides(value);
  return nameInHole(inside);
}

/** What a hole was looked up by, or what it is computed from. */
function nameInHole(inside: string, depth = 0): string | undefined {
  const { image, arn, origin } = holeOf(inside);
  if (image) return image;
  const parameter = arn === null ? undefined : splitArn(arn);
  if (parameter?.service === "ssm") return parameter.resource.replace(/^parameter\/?/, "/");
  const [only, ...more] = origin.of;
  return only !== undefined && more.length === 0 && depth < 5 ? nameInHole(only, depth + 1) : undefined;
}

const MAKERS =
  /amzn2-ami-(?:minimal-)?ecs|al20\d\d-ami-ecs|amzn-ami-.{0,100}amazon-ecs-optimized|\/aws\/service\/ecs\/optimized-ami\//;

/** The agent in an image of AWS by that name; undefined for any other image. */
function agentOf(name: string): Range | undefined {
  // Its first images are of August 2020: https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.0.0
  if (/bottlerocket[-/]aws-ecs-/.test(name)) return { from: [1, 37, 0], to: null };
  if (!MAKERS.test(name)) return undefined;
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html: of 2023 and later.
  if (/al20\d\d-ami-ecs|\/amazon-linux-20\d\d\//.test(name)) return { from: CURRENT, to: null };
  if (/\/recommended(?:\/|$)/.test(name)) return { from: CURRENT, to: null };
  const letter = /amzn-ami-(\d{4}\.\d\d\.[a-z])/.exec(name)?.[1];
  if (letter !== undefined) return lettered(letter);
  const [, date] = /(?:hvm-\d\.\d\.|amzn-ami-\d{4}\.\d\d\.)(\d*)/.exec(name) ?? [];
  const digits = date ?? "";
  return digits === "" ? { from: CURRENT, to: null } : between(digits.padEnd(8, "0"), digits.padEnd(8, "9"));
}

function lettered(letter: string): Range | undefined {
  const version = BY_LETTER[letter];
  if (version) return { from: version, to: version };
  return letter < "2017.09.d" ? { from: null, to: FIRST } : undefined;
}

/** The versions of images whose date is between two days: that before the first, and that behind the last. */
function between(first: string, last: string): Range {
  const from = BY_DATE.findLast(([date]) => date <= first);
  const exact = first === last && from?.[0] === first;
  const to = exact ? from : BY_DATE.find(([date]) => date > last);
  return { from: from?.[1] ?? null, to: from === BY_DATE.at(-1) ? null : (to?.[1] ?? null) };
}
