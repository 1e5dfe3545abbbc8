/**
 * The recorded answers: two letters for each vector, in the order in which they are made. They hold for the very
 * vectors that were asked, so a digest of these is kept.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vectors } from "./generate.ts";
import type { Recorded, Vector, Verdict } from "./vector.ts";

export const RECORD = join(import.meta.dirname, "answers.json");

/** The seed from which the recorded vectors were made. */
export const SEED = 20261201;

/** Of a line: readable, and few in a difference. */
const IN_A_LINE = 50;

const LETTERS = { yes: "y", no: "n", open: "o" } as const satisfies Record<Verdict, string>;
const VERDICTS: Readonly<Record<string, Verdict>> = { y: "yes", n: "no", o: "open" };

interface File {
  readonly digest: string;
  readonly answers: readonly string[];
}

/** The vectors with their answers. Throws when they are not the ones that were asked. */
export function recorded(): readonly Recorded[] {
  const { digest, answers }: File = JSON.parse(readFileSync(RECORD, "utf8"));
  const all = vectors(SEED);
  if (digest !== digestOf(all)) {
    throw new Error("the vectors are not those of test/access/answers.json: see tools/access-vectors.ts");
  }
  const letters = answers.join("").replaceAll(" ", "");
  return all.map((vector, index) => {
    const [read = "", decrypt = ""] = letters.slice(2 * index);
    return { ...vector, read: VERDICTS[read] ?? "open", decrypt: VERDICTS[decrypt] ?? null };
  });
}

/** The text of the record. */
export function written(all: readonly Recorded[]): string {
  const letters = all.map(({ read, decrypt }) => `${LETTERS[read]}${decrypt === null ? "-" : LETTERS[decrypt]}`);
  const lines = Array.from({ length: Math.ceil(letters.length / IN_A_LINE) }, (_, line) =>
    letters.slice(line * IN_A_LINE, (line + 1) * IN_A_LINE).join(" "),
  );
  const file: File = { digest: digestOf(all), answers: lines };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function digestOf(all: readonly Vector[]): string {
  const asked = all.map(
    ({ theme, reads, stage, version, partition, accounts, role, managed, boundary, policy, key }) => [
      ...[theme, reads, stage, version, partition, accounts, role, managed, boundary, policy, key],
    ],
  );
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex");
}
