/**
 * Programs that make what is deployed, such as apps of the CDK: their job definitions can be read only once they were
 * run. Where nothing of what they make is in the checked files, it is said.
 */
import { posix } from "node:path";
import type { Problem } from "../source.ts";
import type { PathTest } from "./globs.ts";
import { isSkippedFolder } from "./names.ts";
import type { Tree } from "./tree.ts";
import type { Listed } from "./walk.ts";

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
 * https://www.pulumi.com/docs/concepts/projects/project-file/
 */
const KINDS: readonly Kind[] = [
  { file: /^cdk\.json$/, what: "app of the CDK", output: "cdk.out", way: "Run `npx cdk synth` before the check." },
  { file: /^cdktf\.json$/, what: "app of CDKTF", output: "cdktf.out", way: "Run `npx cdktf synth` before the check." },
  {
    file: /^Pulumi\.ya?ml$/,
    what: "program of Pulumi",
    output: undefined,
    way: "Check what is deployed with `batch-secrets-check account`.",
  },
];

const CODE = /\.(?:[cm]?[jt]sx?|py|java|kt|cs|go|ya?ml)$/;

/** The names that Batch has in the libraries of these programs, and what is looked for in it. */
const BATCH = /aws[-_]?batch\b|aws[:./]batch\b|services\.batch\b|AWS\.Batch\b|BatchJobDefinition/i;
const JOB = /(?<!egister)JobDefinition\b/;

/** Tests speak of what their program makes. */
const isPassedOver = (folder: string): boolean => isSkippedFolder(folder) || /^(?:__)?tests?(?:__)?$/.test(folder);

/** So many files and folders of a program are looked at. */
const MOST = 2000;

/** What is said of the programs among the files that may matter by their names. */
export function notesOfPrograms(tree: Tree, files: readonly Listed[], ignored: PathTest | undefined): Problem[] {
  return files.flatMap(({ path }): Problem[] => {
    const kind = KINDS.find(({ file }) => file.test(posix.basename(path)));
    if (kind === undefined) return [];
    const folder = posix.dirname(path) === "." ? "" : `${posix.dirname(path)}/`;
    const isMade = (other: Listed) => other.path.startsWith(`${folder}${kind.output}/`);
    if (kind.output !== undefined && files.some(isMade)) return [];
    const using = firstUsing(tree, folder, ignored);
    if (using === undefined) return [];
    const message = `This ${kind.what} makes job definitions (${using}), and none of what it makes is in the checked files, so they were not checked. ${kind.way}`;
    return [{ path, message }];
  });
}

/** The first file of a program that makes job definitions. */
function firstUsing(tree: Tree, folder: string, ignored: PathTest | undefined): string | undefined {
  const folders = [folder];
  let looked = 0;
  for (let next = folders.pop(); next !== undefined && looked < MOST; next = folders.pop()) {
    for (const entry of entriesOf(tree, next)) {
      const path = `${next}${entry.name}`;
      looked++;
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

function entriesOf(tree: Tree, folder: string) {
  try {
    return [...tree.list(folder)].sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // The walk has said so.
    return [];
  }
}
