import type { Document } from "../../syntax/document.ts";
import { fillPlaceholders } from "../../syntax/fill-placeholders.ts";
import { readJobDefinition } from "../batch/job-definition.ts";
import { recogniseJobs } from "./jobs.ts";
import { isRole, type RolePolicies, usedRoles } from "./role-policies.ts";

export interface DocumentGroup {
  /** The id of the unit: the path of its folder, `.` for the root. */
  readonly unit: string;
  readonly documents: readonly Document[];
}

/** The documents of each folder; `role-policies` joins folders with a role's jobs and its policies into one unit. */
export function groupDocuments(documents: readonly Document[], rolePolicies: RolePolicies): readonly DocumentGroup[] {
  const folders = new Map<string, Document[]>();
  for (const document of documents) add(folders, folderOf(document.file.path), document);
  const unitOf = joined(folders, rolePolicies);
  const groups = new Map<string, Document[]>();
  for (const [folder, inside] of folders) {
    for (const document of inside) add(groups, unitOf(folder), document);
  }
  return [...groups].map(([unit, inside]) => ({ unit, documents: inside }));
}

function add(map: Map<string, Document[]>, key: string, document: Document): void {
  const list = map.get(key);
  if (list) list.push(document);
  else map.set(key, [document]);
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

export function isBelow(path: string, folder: string): boolean {
  return folder === "." || path.startsWith(`${folder}/`);
}

/** The unit of each folder after the configuration joined some. */
function joined(
  folders: ReadonlyMap<string, readonly Document[]>,
  rolePolicies: RolePolicies,
): (folder: string) => string {
  const leaders = new Map<string, string>();
  const leader = (folder: string): string => {
    let top = folder;
    for (let next = leaders.get(top); next !== undefined; next = leaders.get(top)) top = next;
    return top;
  };
  if (rolePolicies.size === 0) return leader;
  const rolesOf = new Map([...folders].map(([folder, inside]) => [folder, rolesUsed(inside, folder)]));
  const ordered = [...folders.keys()].sort();
  for (const [role, policies] of rolePolicies) {
    const using = ordered.filter((folder) => rolesOf.get(folder)?.some((arn) => isRole(role, arn)));
    const [first] = using;
    if (first === undefined) continue;
    const holding = ordered.filter((folder) =>
      folders.get(folder)?.some(({ file }) => policies.some(({ matches }) => matches?.(file.path))),
    );
    for (const folder of [...using, ...holding]) {
      if (leader(folder) !== leader(first)) leaders.set(leader(folder), leader(first));
    }
  }
  return leader;
}

function rolesUsed(documents: readonly Document[], unit: string): readonly string[] {
  const jobs = documents.flatMap(({ value }) => recogniseJobs(fillPlaceholders(value, unit, new Map())));
  const read = jobs.flatMap((found) =>
    found.about === "job" ? [readJobDefinition(found.value, { id: "", address: "", unit, style: found.style })] : [],
  );
  return [...usedRoles(read).values()].flat().map(({ arn }) => arn.value);
}
