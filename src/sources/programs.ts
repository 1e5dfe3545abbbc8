/**
 * Programs that make what is deployed, such as apps of the CDK: their job definitions can be read only once they were
 * run. Where nothing of what they make is in the checked files, or what may be of an older version, it is said.
 */
import { posix } from "node:path";
import type { Purse } from "../purse.ts";
import type { Problem } from "../source.ts";
import type { PathTest } from "./globs.ts";
import { isProgramName, isSkippedFolder } from "./names.ts";
import type { Tree } from "./tree.ts";
import { type Listed, list } from "./walk.ts";

interface Kind {
  /** How the file is called in the folder of such a program, and how the program is. */
  readonly file: RegExp;
  readonly what: string;
  /** Where it puts what it makes, and the way out; undefined when it makes no files. */
  readonly output: string | undefined;
  readonly way: string;
}

/**
 * https://docs.aws.amazon.com/cdk/v2/guide/cli.html, https://developer.hashicorp.com/terraform/cdktf/cli-reference/commands,
 * https://www.pulumi.com/docs/concepts/projects/project-file/,
 * https://www.serverless.com/framework/docs/providers/aws/guide/intro#services
 */
const KINDS: readonly Kind[] = [
  { file: /^cdk\.json$/, what: "app of the CDK", output: "cdk.out", way: "Run `npx cdk synth` before the check." },
  { file: /^cdktf\.json$/, what: "app of CDKTF", output: "cdktf.out", way: "Run `npx cdktf synth` before the check." },
  {
    file: /^serverless\.[cm]?[jt]s$/,
    what: "program of the Serverless Framework",
    output: ".serverless",
    way: "Run `npx serverless package` before the check, and name its folder `.serverless` as a path.",
  },
  {
    file: /^Pulumi\.ya?ml$/,
    what: "program of Pulumi",
    output: undefined,
    way: "Check what is deployed with `batch-secrets-check account`.",
  },
];

const CODE = /\.(?:[cm]?[jt]sx?|py|java|kt|cs|go|ya?ml)$/;

/** The names that Batch has in the libraries of these programs, and what is looked for in it. */
const BATCH = /aws[-_]?batch\b|aws(?:::|[:./])batch\b|services\.batch\b|AWS\.Batch\b|BatchJobDefinition/i;
const JOB = /(?<!egister)JobDefinition\b/;

/** Tests speak of what their program makes. */
const isPassedOver = (folder: string): boolean => isSkippedFolder(folder) || /^(?:__)?tests?(?:__)?$/.test(folder);

/** So many files and folders of all programs are looked at. */
const MOST = 20_000;

/** What such a program makes, in whatever folder. */
const OUTPUT = /(?<=^|\/)(?:cdk(?:tf)?\.out|\.serverless)\//g;

/**
 * What is said of the programs among the files that may matter by their names. `isCommitted`: whether a file is of the
 * checked commit, so that no step of the workflow made it.
 */
export async function notesOfPrograms(
  tree: Tree,
  files: readonly Listed[],
  ignored: PathTest | undefined,
  isCommitted: (path: string) => Promise<boolean> = async () => false,
): Promise<Problem[]> {
  const made = new Map(files.flatMap(({ path }) => outputsOf(path).map((output) => [output, path] as const)));
  const left: Purse = { left: MOST };
  const notes: Problem[] = [];
  for (const { path } of files) {
    const kind = isProgramName(path) && KINDS.find(({ file }) => file.test(posix.basename(path)));
    if (!kind) continue;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const output = made.get(`${folder}${kind.output}/`);
    if (output !== undefined && !(await isCommitted(output))) continue;
    const using = firstUsing(tree, folder, ignored, left);
    if (using !== undefined) notes.push({ path, message: messageFor(kind, using, output !== undefined) });
  }
  return notes;
}

function messageFor({ what, output, way }: Kind, using: string, isThere: boolean): string {
  const app = `This ${what} makes job definitions (${using})`;
  return isThere
    ? `${app}, and what it made is committed (${output}), so it may be older. Don't commit it. ${way}`
    : `${app}, and none of what it makes is in the checked files, so they were not checked. ${way}`;
}

/** The folders on the way to a file that are the output of a program. */
function outputsOf(path: string): readonly string[] {
  return [...path.matchAll(OUTPUT)].map(({ 0: output, index }) => path.slice(0, index + output.length));
}

/** The first file of a program that makes job definitions. */
function firstUsing(tree: Tree, folder: string, ignored: PathTest | undefined, left: Purse): string | undefined {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined && left.left > 0; next = folders.pop()) {
    // What can't be listed was said by the walk.
    for (const entry of [...list(tree, next, [])].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${next}${entry.name}`;
      left.left--;
      if (ignored?.(path)) continue;
      if (entry.isDirectory() && !isPassedOver(entry.name)) folders.push(`${path}/`);
      else if (entry.isFile() && CODE.test(entry.name) && names(tree, path)) return path;
    }
  }
  return undefined;
}

function names(tree: Tree, path: string): boolean {
  let found = false;
  tree.text(path, (text) => {
    found = BATCH.test(text) && JOB.test(text);
    return false;
  });
  return found;
}
