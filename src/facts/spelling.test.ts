import { expect, test } from "vitest";
import { owner, unit } from "../../test/support/units.ts";
import { parameterArn, secretArn } from "./arn.ts";
import { spelling } from "./spelling.ts";

const DB = secretArn(owner("Db@a.yaml"), null);
const TOKEN = parameterArn(owner("Token@a.yaml"), "/prod/token");
const units = [
  {
    ...unit("a.yaml", {}),
    spellings: new Map([
      [DB, "${Db}"],
      ["⟨AWS.Region⟩", "${AWS::Region}"],
      ["⟨*SecretArn@a.yaml⟩", "${SecretArn}"],
      [TOKEN, "${Token}"],
    ]),
  },
  unit("b.json", {}),
];
const spellings = spelling(units);
const spell = (unit: string) => spellings(unit).say;

test("a symbolic ARN is spelled as its unit names the resource, selectors kept", () => {
  expect(spell("a.yaml")(`${DB}:password::`)).toBe("${Db}:password::");
});

test("an ARN that is known by a name is spelled so in its own unit", () => {
  expect(spell("a.yaml")(`not on ${TOKEN}, or ${TOKEN}.`)).toBe("not on ${Token}, or ${Token}.");
  expect(spell("a.yaml")(`${TOKEN}-2`)).toBe("arn:aws:ssm:${AWS::Region}:<account-id>:parameter/prod/token-2");
  expect(spell("b.json")(TOKEN)).toBe("arn:aws:ssm:<region>:<account-id>:parameter/prod/token");
});

test("a parameter is spelled as the template does, from every unit", () => {
  expect(spell("b.json")("⟨*SecretArn@a.yaml⟩:key::")).toBe("${SecretArn}:key::");
});

test("a pseudo parameter is spelled as the unit that speaks does", () => {
  expect(spell("a.yaml")("arn:aws:ssm:⟨AWS.Region⟩")).toBe("arn:aws:ssm:${AWS::Region}");
  expect(spell("b.json")("arn:aws:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩")).toBe("arn:aws:ssm:<region>:<account-id>");
});

test("a suffix that nobody spells is the pattern that matches it", () => {
  expect(spell("b.json")("secret:db-⟨#create.json@.⟩")).toBe("secret:db-??????");
});

test("any other hole shows its name without the unit", () => {
  expect(spell("b.json")("⟨Env@stacks/a.yaml⟩")).toBe("${Env}");
});

test("what is computed shows only how, so that no text of a template is told by a name", () => {
  expect(spell("b.json")("⟨*If(Open,Ref(A),x1b2c3)@stacks/a.yaml⟩")).toBe("${If(…)}");
  expect(spell("b.json")("⟨*ImportValue(batch-role)@stacks/a.yaml⟩")).toBe("${ImportValue(batch-role)}");
});

const FOLDER = "infra/*.tf";
const INNER = secretArn(owner(`module.jobs.aws_secretsmanager_secret.own@${FOLDER}`), null);
const OUTER = secretArn(owner(`aws_secretsmanager_secret.outer@${FOLDER}`), "outer");
const KEY = `arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨module.keys.aws_kms_key.k@${FOLDER}⟩`;
const terraform = spelling([
  {
    ...unit(FOLDER, {}),
    spellings: new Map([
      [INNER, "${module.jobs.aws_secretsmanager_secret.own.arn}"],
      [OUTER, "${aws_secretsmanager_secret.outer.arn}"],
      [KEY, "${module.keys.aws_kms_key.k.arn}"],
    ]),
    modules: [
      {
        folder: "infra",
        prefix: "",
        names: new Map([
          [INNER, "module.jobs.own_arn"],
          [OUTER, "aws_secretsmanager_secret.outer.arn"],
          ["⟨AWS.Region⟩", "data.aws_region.here.name"],
        ]),
        unread: new Set(["elsewhere"]),
      },
      {
        folder: "modules/jobs",
        prefix: "module.jobs.",
        names: new Map([
          [INNER, "aws_secretsmanager_secret.own.arn"],
          [OUTER, "var.secret_arn"],
        ]),
        unread: new Set<string>(),
      },
    ],
  },
]);
const inFile = (path: string) =>
  terraform(FOLDER, { place: { file: { path, text: "" } }, address: "module.jobs.aws_batch_job_definition.job" });
const root = inFile("infra/main.tf");
const jobs = inFile("modules/jobs/main.tf");

test("each module has its own name for an ARN, in messages and in code", () => {
  expect([root.say(INNER), root.write(INNER)]).toEqual(["${module.jobs.own_arn}", "${module.jobs.own_arn}"]);
  expect([jobs.say(OUTER), jobs.write(OUTER)]).toEqual(["${var.secret_arn}", "${var.secret_arn}"]);
  expect(jobs.write(INNER)).toBe("${aws_secretsmanager_secret.own.arn}");
});

test("what a module has no name for is told by another's name, and written out in code", () => {
  expect(root.say(KEY)).toBe("${module.keys.aws_kms_key.k.arn}");
  expect(root.write(KEY)).toBe(
    "arn:aws:kms:${data.aws_region.here.name}:<account-id>:key/<id of module.keys.aws_kms_key.k>",
  );
  expect(jobs.write(KEY)).toBe("arn:aws:kms:<region>:<account-id>:key/<id of module.keys.aws_kms_key.k>");
  expect(inFile("infra/prod.tfvars").write(OUTER)).toBe(
    "arn:aws:secretsmanager:<region>:<account-id>:secret:outer-??????",
  );
});

test("values and outputs can be named in their own module only", () => {
  const value = `⟨*module.jobs.var.name@${FOLDER}⟩`;
  expect([jobs.say(value), jobs.write(value), root.write(value)]).toEqual([
    "${var.name}",
    "${var.name}",
    "<module.jobs.var.name>",
  ]);
  expect(root.write(`⟨*module.elsewhere.arn@${FOLDER}⟩`)).toBe("${module.elsewhere.arn}");
  expect(root.write(`⟨*module.jobs.arn@${FOLDER}⟩`)).toBe("<module.jobs.arn>");
  expect(root.write(`⟨random_id.x.hex@${FOLDER}⟩`)).toBe("${random_id.x.hex}");
});
