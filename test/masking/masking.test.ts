/**
 * No output shows a credential that its form, its name or a mark tells: every kind is planted in every place and looked
 * for in every output.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cases, check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { failureMessage } from "../../src/failure.ts";
import { annotations } from "../../src/report/annotations.ts";
import { renderComment } from "../../src/report/comment.ts";
import { renderCase } from "../../src/report/facts.ts";
import { hider } from "../../src/report/hide.ts";
import { renderJobSummary, renderSummary } from "../../src/report/markdown.ts";
import { redactReport, redactSource } from "../../src/report/redact.ts";
import { reports } from "../../src/report/table.ts";
import { writeFiles } from "../support/files.ts";
import { kindsFor, plainFor } from "./kinds.ts";
import { type Plant, SPOTS, type Spot, type Tell } from "./places.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "masking-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const address = () => "https://example.com/";

/** Everything that is written about a folder, by what it is. */
async function outputs(root: string): Promise<Record<string, string>> {
  const options = { root, paths: [], ignore: [], config: defaultConfig, failOn: "error" as const };
  const { report, excerpts, baseline } = await check(options);
  const hide = hider();
  const shown = redactReport(report);
  const summary = { address, commit: { sha: "0", address: "https://example.com/" }, notes: [] };
  const written = await Promise.all(
    reports.flatMap(({ name, write }) =>
      (name === "text" ? [undefined, "proven" as const, "unverified" as const] : [undefined]).map(
        async (show): Promise<[string, string]> => [
          `${name} ${show ?? ""}`,
          await write(report, excerpts, { colour: false, width: 3_000, show }),
        ],
      ),
    ),
  );
  const facts = [...(await cases(options)).cases].map(({ input }) => renderCase(input, hide));
  return {
    ...Object.fromEntries(written),
    annotations: JSON.stringify(annotations(shown)),
    "job summary": renderJobSummary(shown, summary),
    comment: renderSummary(shown, {
      ...summary,
      commented: new Set(),
      limit: 1_000_000,
      measure: ({ length }) => length,
    }),
    "review comments": shown.findings.map((finding) => renderComment(finding, address)).join("\n"),
    baseline: JSON.stringify(await baseline()),
    facts: facts.join(""),
  };
}

/** A credential shows when its last half does: what comes first may be what every one of its kind begins with. */
function half(value: string): string {
  const last = value.includes("@db.") ? (/:([^:@]+)@/.exec(value)?.[1] ?? value) : (value.split("\n").at(1) ?? value);
  return last.slice(Math.floor(last.length / 2));
}

function plantsFor(place: number, tell: Tell): Plant[] {
  return kindsFor(place).flatMap(({ name, value }, index) => {
    if (tell === "name") return [{ name, value: plainFor(place, index) }];
    const neutral = `SETTING_${index}`;
    if (tell === "mark") return [{ name: neutral, value: plainFor(place, index) }];
    return value === null ? [] : [{ name: neutral, value }];
  });
}

let planted = 0;
let searched = 0;

async function shows({ what, write }: Spot, place: number, tell: Tell): Promise<string[]> {
  const plants = plantsFor(place, tell);
  const root = join(folder, `${place}-${tell}`);
  writeFiles(root, write(plants));
  const written = await outputs(root);
  planted += plants.length;
  searched += plants.length * Object.keys(written).length;
  return plants.flatMap(({ name, value }, index) =>
    Object.entries(written)
      .filter(([, text]) => text.includes(half(value)))
      .map(([output]) => `${what}, by its ${tell}: ${index} ${name} in ${output}`),
  );
}

test.each(SPOTS.map((spot, place) => [spot.what, spot, place] as const))(
  "nothing shows of %s",
  async (_, spot, place) => {
    for (const tell of spot.tells) expect(await shows(spot, place, tell)).toEqual([]);
  },
);

test("nothing shows of a configuration, of an error and of an argument", async () => {
  for (const { value } of plantsFor(900, "form")) {
    const { problems } = await parseConfig(
      `${JSON.stringify(value)}: 1\npaths: [${JSON.stringify(`/${value}`)}]\n`,
      ".batch-secrets-check.yaml",
    );
    const said = [
      ...problems.map(({ message }) => redactSource(message)),
      failureMessage(new Error(`The file ${value} can't be read.`)),
      failureMessage(new TypeError(value)),
    ];
    expect(said.filter((text) => text.includes(half(value)))).toEqual([]);
    planted++;
    searched += said.length;
  }
});

test("the numbers", () => {
  const kinds = kindsFor(0);
  expect(kinds.length).toBeGreaterThanOrEqual(71);
  expect(SPOTS.length).toBeGreaterThanOrEqual(33);
  console.log(`${kinds.length} kinds, ${SPOTS.length} places: ${planted} planted, looked for ${searched} times`);
});
