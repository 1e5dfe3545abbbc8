import { expect, test } from "vitest";
import { defaultConfig } from "../../config/config.ts";
import { openFolder } from "../../sources/tree.ts";
import { readUnits } from "../units.ts";

const allow = (action: string) => JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });
const trust = (service: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] });

const create = `aws iam create-role --role-name run --assume-role-policy-document '${trust("ecs-tasks.amazonaws.com")}'`;
const put = (action = "secretsmanager:GetSecretValue", name = "read") =>
  `aws iam put-role-policy --role-name run --policy-name ${name} --policy-document '${allow(action)}'`;
const drop = (name = "read") => `aws iam delete-role-policy --role-name run --policy-name ${name}`;
const arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite";
const attach = `aws iam attach-role-policy --role-name run --policy-arn ${arn}`;
const detach = `aws iam detach-role-policy --role-name run --policy-arn ${arn}`;
const bound = (policy: string) =>
  `aws iam put-role-permissions-boundary --role-name run --permissions-boundary arn:aws:iam::aws:policy/${policy}`;
const unbound = "aws iam delete-role-permissions-boundary --role-name run";

/** What the role has when the script has run: a question mark is at what it may have. */
async function left(lines: readonly string[], path = "deploy.sh") {
  const files = [{ path, text: `${lines.join("\n")}\n` }];
  const candidates = { files, terraform: [], named: new Set<string>() };
  const { units } = await readUnits(openFolder(import.meta.dirname), candidates, defaultConfig);
  const all = units.map(({ resources }) => resources);
  const short = (text: string) => (text.includes("⟨") ? "?" : text.slice(text.lastIndexOf("/") + 1));
  const given = all.flatMap(({ policies }) =>
    policies.flatMap(({ kind, statements }) =>
      statements.map(({ actions, principals, maybe }) => {
        const what = kind === "trust" ? principals?.map(({ values }) => values.map((one) => one.value)) : actions;
        const words = kind === "trust" ? String(what) : String(actions?.map(({ value }) => value));
        return `${words}${maybe ? "?" : ""}`;
      }),
    ),
  );
  const roles = all.flatMap((one) => one.roles);
  return {
    given: given.filter((one) => !one.includes("ecs-tasks.amazonaws.com") || one.endsWith("?")),
    managed: roles.flatMap((role) => role.managed_policies.map(({ value }) => short(value))),
    boundary: roles.flatMap((role) => (role.permissions_boundary ? [short(role.permissions_boundary.value)] : [])),
  };
}

const READ = "secretsmanager:GetSecretValue";

test("what a later call takes off is not there", async () => {
  expect(await left([create, put(), attach, bound("A"), drop(), detach, unbound])).toEqual({
    given: [],
    managed: [],
    boundary: [],
  });
  const { given } = await left([`${create} --permissions-boundary arn:aws:iam::aws:policy/A`, put(), drop("other")]);
  expect(given).toEqual([READ]);
  const bounded = `${create} --permissions-boundary arn:aws:iam::aws:policy/A`;
  expect((await left([bounded, put(), unbound])).boundary).toEqual([]);
});

test("what is taken off before it is given is there", async () => {
  const all = { given: [READ], managed: ["SecretsManagerReadWrite"], boundary: ["A"] };
  expect(await left([create, drop(), detach, unbound, put(), attach, bound("A")])).toEqual(all);
});

test("of two that have one name, the later counts", async () => {
  const { given, boundary } = await left([create, put(), bound("A"), put("s3:GetObject"), bound("B")]);
  expect({ given, boundary }).toEqual({ given: ["s3:GetObject"], boundary: ["B"] });
  const both = await left([create, put(), put("s3:GetObject", "objects")]);
  expect(both.given).toEqual([READ, "s3:GetObject"]);
});

test.each<[string, readonly string[]]>([
  ["a condition", ["if [ -n $X ]; then", drop(), detach, unbound, "fi"]],
  ["a loop", ["for n in a b; do", drop(), detach, unbound, "done"]],
  ["a function", ["clean() {", drop(), detach, unbound, "}"]],
  ["what runs only where something fails", [`false || ${drop()}`, `false || ${detach}`, `false || ${unbound}`]],
])("what is taken off in %s may be there", async (_, lines) => {
  const doubted = { given: [`${READ}?`], managed: ["?"], boundary: ["?"] };
  expect(await left([create, put(), attach, bound("A"), ...lines])).toEqual(doubted);
});

test("a name that is known only as the script runs may be any", async () => {
  const { given } = await left([create, put(), "for n in $(list); do", drop("$n"), "done"]);
  expect(given).toEqual([`${READ}?`]);
});

test("sides of which only one runs leave each other alone", async () => {
  const { given } = await left([create, "case $1 in up)", put(), ";; down)", drop(), ";; esac"]);
  expect(given).toEqual([READ]);
  const { given: sides } = await left([create, "if true; then", put(), "else", put("s3:GetObject"), "fi"]);
  expect(sides).toEqual([READ, "s3:GetObject"]);
});

test("the rules of a Makefile run by themselves", async () => {
  const rules = ["up:", `\t${create}`, `\t${put()}`, "down:", `\t${drop()}`];
  expect((await left(rules, "Makefile")).given).toEqual([READ]);
  const one = ["up:", `\t${create}`, `\t${put()}`, `\t${drop()}`];
  expect((await left(one, "Makefile")).given).toEqual([]);
});

test("a trust policy takes the place of an earlier one", async () => {
  const update = `aws iam update-assume-role-policy --role-name run --policy-document '${trust("ec2.amazonaws.com")}'`;
  expect((await left([create, put(), update])).given).toEqual(["ec2.amazonaws.com", READ, "ec2.amazonaws.com"]);
  expect((await left([create, put(), "if $X; then", update, "fi"])).given).toEqual([
    "ecs-tasks.amazonaws.com?",
    READ,
    "ec2.amazonaws.com",
  ]);
});

test("many calls of one kind are compared by their names, and more of one name than that leave it open", async () => {
  const others = Array.from({ length: 300 }, (_, index) => put("s3:GetObject", `other-${index}`));
  const { given } = await left([create, put(), ...others, drop()]);
  expect(given.filter((one) => one.startsWith("secretsmanager"))).toEqual([]);
  const again = Array.from({ length: 300 }, () => `if a; then :; else ${drop("$1")}; fi`);
  expect((await left([create, put(), ...again])).given).toEqual(["secretsmanager:GetSecretValue?"]);
});
