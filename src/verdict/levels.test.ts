import { expect, test } from "vitest";
import { checkFiles } from "../../test/support/checked.ts";
import type { Choice } from "../config/config.ts";
import type { Rule } from "../policy/rules.ts";
import { levelsOf } from "./levels.ts";

/** A job definition whose one secret lacks a colon. */
const job = (name: string) =>
  JSON.stringify({
    jobDefinitionName: name,
    type: "container",
    containerProperties: {
      image: "app",
      command: ["run"],
      executionRoleArn: "arn:aws:iam::123456789012:role/execution",
      secrets: [
        { name: "TOKEN", valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf:password" },
      ],
    },
  });
const RULE = "secret-selector-format";

/** What is found by that rule, and the state of its link, with such rules in the configuration. */
async function checked(rules: string) {
  const { report } = await checkFiles({
    ".batch-secrets-check.yaml": `rules: ${rules}\n`,
    "jobs/old/nightly.json": job("nightly"),
    "jobs/new/hourly.json": job("hourly"),
  });
  const { findings, references, verdict } = report;
  return {
    verdict,
    found: findings
      .filter(({ rule }) => rule === RULE)
      .map(({ severity, subject }) => `${severity} ${subject.address}`)
      .sort(),
    links: references.map(({ job, links }) => `${job} ${links.reference.state}`).sort(),
  };
}

test("a rule has the severity that is chosen, and the chain stays broken", async () => {
  const broken = ["hourly broken", "nightly broken"];
  expect(await checked("{}")).toEqual({ verdict: "fail", found: ["error hourly", "error nightly"], links: broken });
  expect(await checked(`{ ${RULE}: warning }`)).toEqual({
    verdict: "pass",
    found: ["warning hourly", "warning nightly"],
    links: broken,
  });
  expect(await checked(`{ ${RULE}: info }`)).toEqual({
    verdict: "pass",
    found: ["info hourly", "info nightly"],
    links: broken,
  });
});

test("a rule that is off for the file of a subject finds nothing there, and its link is not checked there", async () => {
  expect(await checked(`{ ${RULE}: { jobs/old/**: off } }`)).toEqual({
    verdict: "fail",
    found: ["error hourly"],
    links: ["hourly broken", "nightly not checked"],
  });
});

test("of several paths that fit the last one counts", async () => {
  expect((await checked(`{ ${RULE}: { "**": off, jobs/new: info } }`)).found).toEqual(["info hourly"]);
  expect((await checked(`{ ${RULE}: { jobs/new: info, "**": off } }`)).found).toEqual([]);
});

test("a path that no file fits is reported", async () => {
  const { report } = await checkFiles({
    ".batch-secrets-check.yaml": `rules: { ${RULE}: { job/**: off } }\n`,
    "jobs/nightly.json": job("nightly"),
  });
  expect(report.notes.map(({ message }) => message)).toEqual([
    "No file that was read fits job/**, which rules has for secret-selector-format.",
  ]);
});

test("advice is a rule of the run where it is switched on, and takes nothing away elsewhere", async () => {
  const advice = { id: "advice", enabled: false } as Rule;
  const all = [advice, { id: "rule", enabled: true } as Rule];
  const chosen = async (...choices: readonly Choice[]) => {
    const { rules, off, at } = await levelsOf(all, new Map(choices.length === 0 ? [] : [["advice", choices]]));
    return [rules.map(({ id }) => id), [...off], at("advice", "a/b.json"), at("advice", "c.json")];
  };
  expect(await chosen()).toEqual([["rule"], ["advice"], "off", "off"]);
  expect(await chosen({ level: "info" })).toEqual([["advice", "rule"], [], "info", "info"]);
  expect(await chosen({ path: "a", level: "on" })).toEqual([["advice", "rule"], [], "on", "off"]);
  expect(await chosen({ path: "a", level: "off" })).toEqual([["rule"], ["advice"], "off", "off"]);
});
