import { expect, test } from "vitest";
import { container, job, reference, text, unit } from "../../test/support/units.ts";
import { buildCases } from "../facts/cases.ts";
import { link } from "../facts/link.ts";
import type { Judgement } from "../facts/schema/judgement.ts";
import { openAccount, totals } from "./account.ts";
import { judges } from "./chains.ts";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
const world = await link([
  unit("a", {
    job_definitions: [
      job("a", "Job", container({ secrets: ["one", "two", "three"].map((id) => reference(id, SECRET)) })),
    ],
  }),
]);
const [built] = buildCases(world, new Set(["job_definition"] as const));
if (!built) throw new Error("a job has a case");

const CORE = ["reference", "role", "trust", "read"] as const;
const asked = judges(
  CORE.map((link) => ({ id: link, link })),
  new Set(),
);

const ids = (references: readonly string[]) => references.map((one) => `a#Job:${one}`);

const finding = (...references: string[]): Judgement["findings"][number] => ({
  rule: "read",
  severity: "error",
  confidence: "certain",
  message: "it may not",
  remedy: { text: "", edits: [], add: null },
  at: 0,
  related: [],
  references: ids(references),
  names: [],
  assumes: [],
});
const undecided = (...references: string[]): Judgement["unverified"][number] => ({
  rule: "trust",
  reason: "can't tell whether it is trusted",
  at: 0,
  references: ids(references),
  cause: { kind: "trust", name: "R", unit: null },
});
const proofs = (...references: string[]): Judgement["proofs"] =>
  CORE.map((rule) => ({ rule, at: 0, because: "it is so", references: ids(references), assumes: [] }));

const accountOf = (judgement: Partial<Judgement>) => {
  const account = openAccount(world, asked);
  account.settle(built, { findings: [], unverified: [], proofs: [], ...judgement }, (text) => text);
  return account.close().references;
};

test("what no rule speaks of is unverified", () => {
  expect(totals(accountOf({}))).toEqual({ references: 3, proven: 0, fullyProven: 0, unverified: 3 });
});

test("references = proven + with findings + unverified, and a finding outweighs what is undecided", () => {
  const references = accountOf({
    findings: [finding("one")],
    unverified: [undecided("one", "two")],
    proofs: proofs("one", "two", "three"),
  });
  expect(references.map(({ name, state }) => [name, state])).toEqual([
    ["ONE", "with findings"],
    ["TWO", "unverified"],
    ["THREE", "proven"],
  ]);
  expect(totals(references)).toEqual({ references: 3, proven: 1, fullyProven: 0, unverified: 1 });
});

test("a likely finding and a warning count as well; advice counts for nothing", () => {
  const states = (given: Partial<Judgement["findings"][number]>) =>
    accountOf({ findings: [{ ...finding("one"), ...given }], proofs: proofs("one", "two", "three") }).map(
      ({ state }) => state,
    );
  expect(states({ confidence: "likely" })).toEqual(["with findings", "proven", "proven"]);
  expect(states({ severity: "warning" })).toEqual(["with findings", "proven", "proven"]);
  expect(states({ severity: "info" })).toEqual(["proven", "proven", "proven"]);
});

test("an open link says why, with the clause of its cause", () => {
  const [, two] = accountOf({ unverified: [undecided("two")] });
  expect(two?.links.trust).toMatchObject({
    state: "open",
    because: "can't tell whether it is trusted: the trust policy of `R` is not in these files",
    rule: "trust",
  });
});

test("a reference tells its job, container, name and secret, and what is outside of the files", () => {
  const [one] = accountOf({});
  expect(one).toMatchObject({ job: "Job", container: "containerProperties", name: "ONE", secret: SECRET });
  expect([one?.links.decrypt.state, one?.links.network.state]).toEqual(["not checked", "not checked"]);
});

test("a value that the files mark as sensitive is not shown", async () => {
  const marked = { ...reference("one", "hunter2"), value_from: { ...text("hunter2"), sensitive: true } } as const;
  const sensitive = await link([unit("a", { job_definitions: [job("a", "Job", container({ secrets: [marked] }))] })]);
  const account = openAccount(sensitive, asked);
  for (const one of buildCases(sensitive, new Set(["job_definition"] as const))) {
    account.settle(one, { findings: [], unverified: [], proofs: [] }, (said) => said);
  }
  expect(account.close().references.map(({ name, secret }) => [name, secret])).toEqual([["ONE", "***"]]);
});

test("where no chain is shown, the same becomes of references and nothing else is said of them", () => {
  const judgement = {
    findings: [finding("one")],
    unverified: [undecided("one", "two")],
    proofs: proofs("one", "two", "three"),
  };
  const closed = (chains: boolean, say: (text: string) => string) => {
    const account = openAccount(world, asked, chains);
    account.settle(built, judgement, say);
    return account.close();
  };
  const shown = closed(true, (text) => text);
  expect(shown.fates.map(({ state }) => state)).toEqual(["with findings", "unverified", "proven"]);
  expect(shown.references.map(({ state }) => state)).toEqual(shown.fates.map(({ state }) => state));
  const fates = closed(false, () => {
    throw new Error("nobody reads it");
  });
  expect(fates).toEqual({ fates: shown.fates, references: [] });
});
