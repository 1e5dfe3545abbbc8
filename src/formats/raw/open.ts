import type { Config } from "../../config/config.ts";
import type { Unit } from "../../facts/resources.ts";
import { pathTest } from "../../sources/globs.ts";
import type { Document } from "../../syntax/document.ts";
import type { Reader, Run } from "../format.ts";
import { folderOf, groupDocuments, isBelow } from "./groups.ts";
import { type Folder, openFolder } from "./read.ts";
import { isArn, type RolePolicies } from "./role-policies.ts";

/**
 * Reads the raw documents of a run. A folder is read when its files are done, unless a format that reads by itself may
 * take some of them. Where the configuration joins folders, all documents are looked at together. Never throws, and
 * leaves out what it does not recognise.
 */
export async function openRaw({ config, paths }: Pick<Run, "config" | "paths">): Promise<Reader> {
  const rolePolicies = await rolePoliciesOf(config);
  return rolePolicies.size > 0 ? openTogether(rolePolicies) : openFolders(paths.length === 0);
}

async function rolePoliciesOf({ rolePolicies }: Config): Promise<RolePolicies> {
  const resolved = [...rolePolicies].map(async ([role, patterns]) => {
    const policies = patterns.map(async (given) => ({ given, matches: isArn(given) ? null : await pathTest(given) }));
    return [role, await Promise.all(policies)] as const;
  });
  return new Map(await Promise.all(resolved));
}

function openTogether(rolePolicies: RolePolicies): Reader {
  const all: Document[] = [];
  return {
    add: (documents) => all.push(...documents),
    read: (taken) => {
      const documents = all.filter(({ file }) => !taken.has(file.path));
      const units = groupDocuments(documents, rolePolicies).flatMap(({ unit, documents }) => {
        const folder = openFolder(unit, rolePolicies);
        for (const document of documents) folder.add(document);
        return folder.read() ?? [];
      });
      return { units };
    },
  };
}

/** `early`: whether a folder can be read as soon as a file outside of it comes. */
function openFolders(early: boolean): Reader {
  const open = new Map<string, Folder>();
  /** By folder, in the order of their first files. */
  const units = new Map<string, Unit | undefined>();
  const finish = (name: string, taken?: ReadonlySet<string>): void => {
    units.set(name, open.get(name)?.read(taken));
    open.delete(name);
  };
  return {
    add: (documents) => {
      const path = documents[0]?.file.path ?? "";
      if (early) for (const name of [...open.keys()]) if (!isBelow(path, name)) finish(name);
      const name = folderOf(path);
      const folder = open.get(name) ?? openFolder(name, new Map());
      if (!open.has(name)) units.set(name, undefined);
      open.set(name, folder);
      for (const document of documents) folder.add(document);
    },
    read: (taken) => {
      for (const name of [...open.keys()]) finish(name, taken);
      return { units: [...units.values()].filter((unit) => unit !== undefined) };
    },
  };
}
