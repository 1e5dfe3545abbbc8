/** Scripts that are long, or short and mean a lot. None is what anybody has. */
import type { Files } from "./generate.ts";
import { filesOf, type Input, lines } from "./limits-shared.ts";

const CALL = "aws secretsmanager create-secret --name db --secret-string a\n";
/** A script that makes a secret, and has so many of something else. */
const script = (count: number, text: string): Files => new Map([["run.sh", CALL + text.repeat(count)]]);
/** Thirty of those, each as long as a script may be. */
const scripts = (text: string): Files =>
  filesOf(30, (n) => [`d${n}/run.sh`, CALL + text.repeat(Math.floor(499_000 / text.length))]);
/** Thirty that have something in itself. */
const nested = (open: string, close: string, count: number): Files =>
  filesOf(30, (n) => [`d${n}/run.sh`, `${CALL}${open.repeat(count)}a${close.repeat(count)}\n`]);

export const SCRIPTS: readonly Input[] = [
  ["40,000 calls in a script", () => script(40_000, CALL)],
  ["a script of 3.8 million characters", () => script(760_000, "echo\n")],
  ["thirty scripts of 3.9 million", () => filesOf(30, (n) => [`d${n}/run.sh`, CALL + "echo a b c\n".repeat(350_000)])],
  ["thirty scripts of 499,000, of short words", () => scripts("a;")],
  ["the same of calls", () => scripts(CALL)],
  ["the same of variables", () => scripts("A=b\n")],
  ["the same of outputs of outputs", () => scripts("$(a $(b $(c)))\n")],
  ["the same of outputs in backquotes", () => scripts('"`')],
  ["the same of heredocs on one line", () => scripts("cat <<A ")],
  ["outputs in outputs, 1,000 deep", () => nested("$(", ")", 1_000)],
  ["the same, 160,000 deep", () => nested("$(", ")", 160_000)],
  ["processes in processes, 90,000 deep", () => nested("<(a ", ")", 90_000)],
  ["groups in groups, 120,000 deep", () => nested("{ ", ";}", 120_000)],
  ["a sum of 240,000 numbers", () => new Map([["run.sh", `${CALL}echo $((${"1+".repeat(240_000)}1))\n`]])],
  [
    "a Makefile of 45,000 doubled signs",
    () => new Map([["Makefile", `all:\n\t${CALL}${"\techo $$a\n".repeat(45_000)}`]]),
  ],
  [
    "4,500 files that a script writes and takes",
    () =>
      new Map([
        [
          "run.sh",
          lines(
            4_500,
            (n) => `echo a > f${n}\naws secretsmanager create-secret --name s${n} --secret-string file://f${n}\n`,
          ),
        ],
      ]),
  ],
  [
    "4,500 files that a script takes, in a folder 1,900 deep",
    () =>
      new Map([
        [
          `${"d/".repeat(1_900)}run.sh`,
          lines(4_500, (n) => `aws batch register-job-definition --cli-input-json file://f${n}\n`),
        ],
      ]),
  ],
  [
    "variables that are made of eight others, sixty deep",
    () =>
      new Map([
        ["run.sh", lines(60, (n) => `A${n}=${`$A${n + 1}`.repeat(8)}\n`) + CALL.replace("db", "$A0").repeat(99)],
      ]),
  ],
  [
    "a workflow of 40,000 steps",
    () =>
      new Map([[".github/workflows/deploy.yml", `jobs:\n  a:\n    steps:\n${`      - run: ${CALL}`.repeat(40_000)}`]]),
  ],
];
