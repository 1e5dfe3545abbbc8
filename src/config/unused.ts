/** Entries of the configuration that match nothing: a path that moved, a role that is called otherwise by now. */

import type { Unit } from "../facts/unit.ts";
import type { Problem, SourceFile } from "../source.ts";
import { pathTest } from "../sources/globs.ts";
import type { Config } from "./config.ts";

/** A note for each entry that matches nothing. `ignored` are the globs that no file or folder fits. */
export async function unusedEntries(
  { rolePolicies, rules }: Config,
  ignored: readonly string[],
  { files, units }: { readonly files: readonly SourceFile[]; readonly units: readonly Unit[] },
): Promise<Problem[]> {
  const notes = ignored.map((glob) => note(`No file or folder fits ${glob} of paths-ignore.`));
  for (const [rule, choices] of rules) {
    for (const { path } of choices) {
      if (path === undefined || files.some(({ path: one }) => one === path)) continue;
      const isMeant = await pathTest(path);
      if (!files.some((file) => isMeant(file.path)))
        notes.push(note(`No file that was read fits ${path}, which rules has for ${rule}.`));
    }
  }
  if (rolePolicies.size === 0) return notes;
  const roles = new Set(units.flatMap(rolesOf));
  for (const [role, policies] of rolePolicies) {
    if (!roles.has(nameOf(role)))
      notes.push(note(`No job uses the role ${role} of role-policies, and no file has it.`));
    for (const policy of policies) {
      if (policy.startsWith("arn:")) continue;
      const isMeant = await pathTest(policy);
      if (files.some(({ path }) => isMeant(path))) continue;
      notes.push(note(`No policy that was read is in ${policy}, which role-policies has for ${role}.`));
    }
  }
  return notes;
}

function note(message: string): Problem {
  return { path: "configuration", message };
}

/** The names of the roles that a unit has, or that its jobs use. */
function rolesOf({ resources }: Unit): string[] {
  const used = resources.job_definitions.flatMap(({ containers }) =>
    containers.flatMap(({ execution_role, job_role }) => [execution_role, job_role]),
  );
  return [
    ...used.flatMap((role) => (role === null ? [] : [nameOf(role.arn.value)])),
    ...resources.roles.flatMap(({ name }) => (name === null ? [] : [nameOf(name.value)])),
  ];
}

function nameOf(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}
