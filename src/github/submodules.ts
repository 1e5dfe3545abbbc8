/** Submodules of the checkout: their files belong to another repository, and links to them lead there. */
import { lstatSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isWithin, wayTo } from "../sources/within.ts";
import { type Checkout, readGitFile } from "./checkout.ts";
import type { Repository } from "./event.ts";

/** Where a file of a submodule is. */
export interface InSubmodule {
  readonly path: string;
  /** Undefined when it is on another server: a pull request chooses where its submodules come from. */
  readonly repository: Repository | undefined;
  /** The commit that is checked out. */
  readonly commit: string;
}

/** The submodule that holds a file, by its path in the repository; undefined for a file of the repository itself. */
export function submoduleOf(
  { repository, remote }: Pick<Checkout, "repository" | "remote">,
  server: string,
  path: string,
): InSubmodule | undefined {
  if (remote !== undefined) return undefined;
  const file = resolve(repository, path);
  for (let folder = dirname(file); folder !== repository && isWithin(repository, folder); folder = dirname(folder)) {
    const link = resolve(folder, ".git");
    if (!lstatSync(link, { throwIfNoEntry: false })?.isFile()) continue;
    const [, to = ""] = /^gitdir: (.+)/.exec(readFileSync(link, "utf8")) ?? [];
    const own = wayTo(resolve(repository, ".git"), resolve(folder, to));
    const address = /^\[remote "origin"\]$[^[]*?^[ \t]*url = (.+)$/m.exec(
      readGitFile(repository, `${own}/config`) ?? "",
    );
    return {
      path: wayTo(folder, file),
      repository: repositoryAt(address?.[1] ?? "", server),
      commit: readGitFile(repository, `${own}/HEAD`) ?? "",
    };
  }
  return undefined;
}

/** `https://github.com/octo/jobs`, `git@github.com:octo/jobs.git`, `ssh://git@github.com/octo/jobs.git`. */
const ADDRESS = /^(?:(?:https|ssh):\/\/(?:[^/@]*@)?|[^/@:]*@)([^/:@]+)[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

function repositoryAt(address: string, server: string): Repository | undefined {
  const [, host, owner, name] = ADDRESS.exec(address) ?? [];
  return host === new URL(server).host && owner && name ? { server, owner, name } : undefined;
}
