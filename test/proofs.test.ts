/**
 * A proof names the place that grants: without what is written there, the proof is gone, or names another place. Over
 * every example, on copies of its files.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../src/config/read.ts";
import { link } from "../src/facts/link.ts";
import { callHolesBy } from "../src/facts/text.ts";
import { readUnits } from "../src/formats/units.ts";
import type { Evaluate } from "../src/policy/evaluate.ts";
import { loadRules } from "../src/policy/rules.ts";
import type { Location } from "../src/source.ts";
import { readCandidates } from "../src/sources/folder.ts";
import { openFolder } from "../src/sources/tree.ts";
import { exampleNames } from "../tools/examples.ts";
import { root } from "../tools/opa.ts";
import { POLICIES, regoFiles } from "../tools/policy.ts";
import { compiledPolicy } from "./rego/compiled.ts";
import { judge } from "./support/judged.ts";

const STATEMENT = /:policy\//g;
const READ: readonly Emptying[] = [
  [/(?:secretsmanager|ssm):[A-Za-z*?]+/gi, "none:None"],
  [STATEMENT, ":policy/none/"],
];
const ROLE: readonly Emptying[] = [[/executionRoleArn|execution_role_arn/gi, "nobody"]];

type Emptying = readonly [grant: RegExp, nothing: string];

/** For each rule, what the place that its proof names says, and what says nothing instead. */
const GRANTS: Readonly<Record<string, readonly Emptying[]>> = {
  "execution-role-present": ROLE,
  "execution-role-arn": ROLE,
  "execution-role-trust": [[/ecs-tasks/g, "nobody"]],
  "secret-read-allowed": READ,
  "parameter-read-allowed": READ,
  "secret-decrypt-allowed": [
    [/kms:[A-Za-z*?]+/gi, "none:None"],
    [STATEMENT, ":policy/none/"],
  ],
  "cross-account-secret-key": [[/^.*$/s, '"alias/aws/secretsmanager"']],
};
const RULES = loadRules().filter(({ id }) => id in GRANTS);

/** A copy of an example: a folder, or one file in a folder of its own. */
const copies = mkdtempSync(join(tmpdir(), "proofs-"));
let evaluate: Evaluate;
beforeAll(async () => {
  callHolesBy("number");
  const folders = ["lib", ...RULES.map(({ subject, id }) => `rules/${subject}/${id}`)];
  const files = folders.flatMap((folder) => regoFiles(`${POLICIES}/${folder}`));
  evaluate = await compiledPolicy([`${POLICIES}/main.rego`, ...files]);
});
afterAll(() => {
  callHolesBy("key");
  rmSync(copies, { recursive: true, force: true });
});

interface Proof {
  /** Which link of which reference. */
  readonly of: string;
  readonly rule: string;
  readonly location: Location;
}

/** The proofs of a folder. */
async function proofs(folder: string): Promise<readonly Proof[]> {
  const { config } = await readConfig(folder);
  const { units } = await readUnits(
    openFolder(folder),
    await readCandidates(openFolder(folder), { paths: [], ignore: [] }),
    config,
  );
  const { references } = judge(await link(units), units, evaluate, RULES);
  return references.flatMap(({ job, container, name, links }) =>
    Object.entries(links).flatMap(([link, judged]) => {
      const { state, rule, location, also = [] } = judged;
      const evidence = state === "proven" && rule && location ? [{ rule, location }, ...also] : [];
      const of = [job, container, name, link].join(" ");
      return evidence.map(({ rule, location }) => ({ of, rule, location }));
    }),
  );
}

function examples(): readonly string[] {
  const rules = readdirSync(join(root, POLICIES, "rules")).flatMap((subject) =>
    readdirSync(join(root, POLICIES, "rules", subject)).map((id) => join(root, POLICIES, "rules", subject, id)),
  );
  const own = rules.flatMap((rule) => exampleNames(join(rule, "examples")).map((name) => join(rule, "examples", name)));
  return [...own, join(root, "examples")];
}

function copied(example: string, index: number): string {
  const folder = join(copies, String(index));
  const into = statSync(example).isDirectory() ? folder : join(folder, basename(example));
  cpSync(example, into, { recursive: true });
  return folder;
}

/** The text of a file without what stands at a place, or nothing if no grant is there. */
function without(text: string, { rule, location: { start, end } }: Proof): string | undefined {
  const lines = text.split("\n");
  const offset = ({ line, column }: Location["start"]) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  // The key of a role stands before its ARN.
  const from = GRANTS[rule] === ROLE ? offset({ ...start, column: 1 }) : offset(start);
  const to = offset(end);
  const place = text.slice(from, to);
  for (const [grant, nothing] of GRANTS[rule] ?? []) {
    const emptied = place.replace(grant, nothing);
    if (emptied !== place) return text.slice(0, from) + emptied + text.slice(to);
  }
  return undefined;
}

const same = (one: Proof, other: Proof) =>
  one.of === other.of && one.rule === other.rule && JSON.stringify(one.location) === JSON.stringify(other.location);

test("what a proof names grants, in every example", async () => {
  let tried = 0;
  const wrong: unknown[] = [];
  for (const [index, example] of examples().entries()) {
    const folder = copied(example, index);
    for (const proof of await proofs(folder)) {
      tried++;
      const path = join(folder, proof.location.path);
      const text = readFileSync(path, "utf8");
      const emptied = without(text, proof);
      if (emptied === undefined) {
        wrong.push([example, proof, "names no grant"]);
        continue;
      }
      writeFileSync(path, emptied);
      if ((await proofs(folder)).some((one) => same(one, proof))) wrong.push([example, proof, "holds without it"]);
      writeFileSync(path, text);
    }
  }
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(300);
});
