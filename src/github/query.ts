/**
 * One query that tells what a run needs to know: who we are, what is in the pull request, and the configuration of the
 * base. Only more than a hundred comments, reviews or threads take further ones.
 */
import type { Repository } from "./event.ts";
import { type Comment, commentedLine, type PullState, type Thread } from "./pull-state.ts";

export interface Wanted {
  readonly pullRequest?: number | undefined;
  readonly files?: {
    /** A commit, or the full name of a branch; undefined: the default branch. */
    readonly ref: string | undefined;
    readonly paths: readonly string[];
    /** A folder that may be there. */
    readonly folder?: string;
  };
  readonly commits?: CommitPair | undefined;
}

/** The base and the head of a pull request, and paths at which the base is looked at. */
export interface CommitPair {
  readonly base: string;
  readonly head: string;
  readonly paths: readonly AtPath[];
}

export interface AtPath {
  readonly path: string;
  /** Whether its content is wanted too. */
  readonly isRead: boolean;
}

/** A content by the name that git gives to it; its text where it was wanted, and GitHub gives it. */
export interface Content {
  readonly id: string;
  readonly text: string | undefined;
}

/** What is missing in it must be asked for in another way. */
export interface Found {
  readonly pull?: PullState;
  /** By their order; undefined for a path at which there is no file. */
  readonly texts?: readonly (string | undefined)[];
  /** The commit whose files they are. */
  readonly commit?: string;
  /** Whether it has the folder. */
  readonly hasFolder?: boolean;
  /** What the base has, by the order of its paths; undefined where nothing is. */
  readonly contents?: readonly (Content | undefined)[];
  /** The names that git gives to the trees of the two commits. */
  readonly trees?: { readonly base: string | undefined; readonly head: string | undefined };
}

/** Asks GraphQL. Gives what it answered, though parts of it may be null because of an error. */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;

interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

interface CommentNode {
  /** A string: it is larger than what GraphQL has as Int. */
  readonly fullDatabaseId: string | null;
  readonly author: { readonly __typename: string; readonly login: string } | null;
  readonly body: string;
  readonly isMinimized: boolean;
}

interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly viewerCanResolve: boolean;
  readonly path: string;
  readonly comments: {
    readonly totalCount: number;
    readonly nodes: readonly ((CommentNode & { readonly diffHunk: string }) | null)[] | null;
  };
}

interface Lists {
  readonly comments?: Page<CommentNode>;
  readonly reviews?: Page<CommentNode> | null;
  readonly reviewThreads?: Page<ThreadNode>;
}

type List = keyof Lists;

interface Answer {
  readonly viewer?: { readonly login: string } | null;
  readonly repository?:
    | ({ readonly pullRequest?: ({ readonly headRefOid: string } & Lists) | null } & {
        readonly [alias: string]: ObjectNode;
      })
    | null;
}

/** Of a blob, a tree or a commit, as far as it was asked for. */
interface ObjectNode {
  readonly oid?: string;
  readonly __typename?: string;
  readonly tree?: { readonly oid: string };
  readonly text?: string | null;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

const commentFields = "fullDatabaseId author { __typename login } body isMinimized";
const nodes: Readonly<Record<List, string>> = {
  comments: commentFields,
  reviews: commentFields,
  reviewThreads: `id isResolved isOutdated viewerCanResolve path
    comments(first: 1) { totalCount nodes { ${commentFields} diffHunk } }`,
};
const allLists = Object.keys(nodes) as List[];

/** Throws what `ask` throws. */
export async function look(ask: Ask, { owner, name }: Repository, wanted: Wanted): Promise<Found> {
  const { pullRequest, files, commits } = wanted;
  const repository = { owner, name };
  const objects = objectsOf(wanted);
  const first = documentOf(pullRequest === undefined ? [] : allLists, objects);
  const answer = (await ask(first, {
    ...repository,
    ...(pullRequest === undefined ? {} : { number: pullRequest }),
    ...Object.fromEntries(objects.map(({ alias, expression }) => [alias, expression])),
  })) as Answer;
  const texts = files && textsOf(answer, files.paths.length);
  const pull = await pullOf(answer, (lists, cursors) => {
    return ask(documentOf(lists, []), { ...repository, number: pullRequest, ...cursors }) as Promise<Answer>;
  });
  const commit = answer.repository?.["ref"]?.oid;
  return {
    ...(texts === undefined ? {} : { texts }),
    ...(commit ? { commit } : {}),
    ...(commit && files?.folder !== undefined ? { hasFolder: isTree(answer.repository?.["folder"]) } : {}),
    ...(pull === undefined ? {} : { pull }),
    ...(commits && answer.repository ? commitsOf(answer.repository, commits.paths.length) : {}),
  };
}

function isTree(object: ObjectNode | null | undefined): boolean {
  return object?.__typename === "Tree";
}

/** An object of git by an expression, and what is asked of it. */
interface Asked {
  readonly alias: string;
  readonly expression: string;
  readonly fields: string;
}

const textFields = "... on Blob { text isBinary isTruncated }";
const treeFields = "... on Commit { tree { oid } }";

function objectsOf({ files, commits }: Wanted): readonly Asked[] {
  return [...(files === undefined ? [] : filesAt(files)), ...(commits === undefined ? [] : ofCommits(commits))];
}

function filesAt({ ref = "HEAD", paths, folder }: NonNullable<Wanted["files"]>): readonly Asked[] {
  const at = (path: string) => `${ref}:${path}`;
  return [
    { alias: "ref", expression: ref, fields: "oid" },
    ...(folder === undefined ? [] : [{ alias: "folder", expression: at(folder), fields: "__typename" }]),
    ...paths.map((path, index) => ({ alias: `path${index}`, expression: at(path), fields: textFields })),
  ];
}

function ofCommits({ base, head, paths }: CommitPair): readonly Asked[] {
  return [
    { alias: "base", expression: base, fields: treeFields },
    { alias: "head", expression: head, fields: treeFields },
    ...paths.map(({ path, isRead }, index) => {
      return { alias: `content${index}`, expression: `${base}:${path}`, fields: isRead ? `oid ${textFields}` : "oid" };
    }),
  ];
}

function documentOf(lists: readonly List[], objects: readonly Asked[]): string {
  const variables = [
    "$owner: String!",
    "$name: String!",
    ...(lists.length > 0 ? ["$number: Int!"] : []),
    ...objects.map(({ alias }) => `$${alias}: String!`),
    ...lists.map((list) => `$${list}: String`),
  ];
  const pages = lists.map((list) => {
    return `${list}(first: 100, after: $${list}) { pageInfo { hasNextPage endCursor } nodes { ${nodes[list]} } }`;
  });
  return `query(${variables.join(", ")}) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    ${objects.map(({ alias, fields }) => `${alias}: object(expression: $${alias}) { ${fields} }`).join("\n    ")}
    ${lists.length > 0 ? `pullRequest(number: $number) { headRefOid ${pages.join("\n      ")} }` : ""}
  }
}`;
}

function commitsOf(repository: NonNullable<Answer["repository"]>, count: number): Pick<Found, "contents" | "trees"> {
  const contents = Array.from({ length: count }, (_, index): Content | undefined => {
    const { oid, text, isBinary, isTruncated } = repository[`content${index}`] ?? {};
    return oid === undefined ? undefined : { id: oid, text: isBinary || isTruncated ? undefined : (text ?? undefined) };
  });
  return { contents, trees: { base: repository["base"]?.tree?.oid, head: repository["head"]?.tree?.oid } };
}

/**
 * Undefined when the base itself was not shown (then a file that is missing proves nothing), or one of the files is
 * there and can't be given.
 */
function textsOf({ repository }: Answer, count: number): Found["texts"] {
  if (!repository?.["ref"]?.oid) return undefined;
  const blobs = Array.from({ length: count }, (_, index) => repository[`path${index}`]);
  if (blobs.some((blob) => blob?.isTruncated || blob?.isBinary)) return undefined;
  return blobs.map((blob) => blob?.text ?? undefined);
}

type More = (lists: readonly List[], cursors: Readonly<Record<string, string>>) => Promise<Answer>;

async function pullOf({ viewer, repository }: Answer, more: More): Promise<PullState | undefined> {
  const pull = repository?.pullRequest;
  if (!pull || !viewer) return undefined;
  const comments: CommentNode[] = [];
  const reviews: CommentNode[] = [];
  const threads: ThreadNode[] = [];
  for (let lists: Lists = pull; ; ) {
    comments.push(...nodesOf(lists.comments));
    reviews.push(...nodesOf(lists.reviews));
    threads.push(...nodesOf(lists.reviewThreads));
    const cursors = allLists.flatMap((list): [List, string][] => {
      const { hasNextPage = false, endCursor = null } = lists[list]?.pageInfo ?? {};
      return hasNextPage && endCursor !== null ? [[list, endCursor]] : [];
    });
    if (cursors.length === 0) break;
    const next = (
      await more(
        cursors.map(([list]) => list),
        Object.fromEntries(cursors),
      )
    ).repository?.pullRequest;
    if (!next) return undefined;
    lists = next;
  }
  // Without a number nothing can be changed.
  if ([...comments, ...reviews].some(({ fullDatabaseId }) => fullDatabaseId === null)) return undefined;
  return {
    head: pull.headRefOid,
    login: viewer.login,
    comments: comments.map(commentOf),
    reviews: reviews.map(commentOf),
    threads: threads.flatMap(threadOf),
  };
}

function nodesOf<T>(page: Page<T> | null | undefined): readonly T[] {
  return page?.nodes?.filter((node) => node !== null) ?? [];
}

function commentOf({ fullDatabaseId, author, body, isMinimized }: CommentNode): Comment {
  return { id: Number(fullDatabaseId), author: loginOf(author), body, hidden: isMinimized };
}

/** As REST and the viewer have it: here apps are called without the `[bot]` that keeps them apart from people. */
function loginOf(author: CommentNode["author"]): string | undefined {
  return author?.__typename === "Bot" ? `${author.login}[bot]` : author?.login;
}

function threadOf({ id, isResolved, isOutdated, viewerCanResolve, path, comments }: ThreadNode): Thread[] {
  const [first] = comments.nodes ?? [];
  if (!first) return [];
  return [
    {
      ...commentOf(first),
      thread: id,
      path,
      line: commentedLine(first.diffHunk),
      outdated: isOutdated,
      answered: comments.totalCount > 1,
      resolved: isResolved,
      resolvable: viewerCanResolve,
    },
  ];
}
