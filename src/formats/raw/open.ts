import type { Config } from "../../config/config.ts";
import { placedIn } from "../../facts/placed.ts";
import type { Unit } from "../../facts/unit.ts";
import { pathTest } from "../../sources/globs.ts";
import type { Document } from "../../syntax/document.ts";
import { type Deployments, deployedUnit, type Planned } from "../deployments.ts";
import type { Reader, Run } from "../format.ts";
import { folderOf, groupDocuments, isBelow } from "./groups.ts";
import { openFolder } from "./read.ts";
import { isArn, type RolePolicies } from "./role-policies.ts";

/**
 * Reads the raw documents of a run. A folder is read when its files are done, unless a format that reads by itself may
 * take some of them. Where the configuration joins folders, all documents are looked at together. Never throws, and
 * leaves out what it does not recognise.
 */
export async function openRaw({
  config,
  paths,
  deployments,
}: Pick<Run, "config" | "paths" | "deployments">): Promise<Reader> {
  const rolePolicies = await rolePoliciesOf(config);
  return rolePolicies.size > 0 ? openTogether(rolePolicies, deployments) : openFolders(paths.length === 0, deployments);
}

async function rolePoliciesOf({ rolePolicies }: Config): Promise<RolePolicies> {
  const resolved = [...rolePolicies].map(async ([role, patterns]) => {
    const policies = patterns.map(async (given) => ({ given, matches: isArn(given) ? null : await pathTest(given) }));
    return [role, await Promise.all(policies)] as const;
  });
  return new Map(await Promise.all(resolved));
}

function openTogether(rolePolicies: RolePolicies, deployments: Deployments): Reader {
  const all: Document[] = [];
  return {
    add: (documents) => all.push(...documents),
    read: (taken) => {
      const documents = all.filter(({ file }) => !taken.has(file.path));
      const units = groupDocuments(documents, rolePolicies).flatMap(({ unit, documents }) => {
        const folder = openDeployed(unit, rolePolicies, deployments);
        for (const document of documents) folder.add(document);
        return folder.read();
      });
      return { units };
    },
  };
}

interface DeployedFolder {
  readonly add: (document: Document) => void;
  readonly read: (taken?: ReadonlySet<string>) => readonly Unit[];
}

/** A folder, once for each of its deployments. */
function openDeployed(unit: string, rolePolicies: RolePolicies, { of }: Deployments): DeployedFolder {
  const all: readonly (Planned | undefined)[] = of(unit) ?? [undefined];
  const folders = all.map((planned) => {
    const { id, deployed } = deployedUnit(unit, planned);
    return { planned, deployed, folder: openFolder(id, rolePolicies) };
  });
  return {
    add: (document) => {
      for (const { folder } of folders) folder.add(document);
    },
    read: (taken) =>
      folders.flatMap(({ planned, deployed, folder }): readonly Unit[] => {
        const read = folder.read(taken);
        if (!read || !planned || !deployed) return read ? [read] : [];
        return [{ ...placedIn(read, planned.place), deployment: planned.place, deployed }];
      }),
  };
}

/** `early`: whether a folder can be read as soon as a file outside of it comes. */
function openFolders(early: boolean, deployments: Deployments): Reader {
  const open = new Map<string, DeployedFolder>();
  /** By folder, in the order of their first files. */
  const units = new Map<string, readonly Unit[]>();
  const finish = (name: string, taken?: ReadonlySet<string>): void => {
    units.set(name, open.get(name)?.read(taken) ?? []);
    open.delete(name);
  };
  return {
    add: (documents) => {
      const path = documents[0]?.file.path ?? "";
      if (early) for (const name of [...open.keys()]) if (!isBelow(path, name)) finish(name);
      const name = folderOf(path);
      const folder = open.get(name) ?? openDeployed(name, new Map(), deployments);
      if (!open.has(name)) units.set(name, []);
      open.set(name, folder);
      for (const document of documents) folder.add(document);
    },
    read: (taken) => {
      for (const name of [...open.keys()]) finish(name, taken);
      return { units: [...units.values()].flat() };
    },
  };
}
