import { expect, test } from "vitest";
import { known, owner, unit } from "../../test/support/units.ts";
import { parameterArn, secretArn } from "./arn.ts";
import { spelling } from "./spelling.ts";
import { hole } from "./text.ts";

const DB = secretArn(owner("Db@a.yaml"), null);
const TOKEN = parameterArn(owner("Token@a.yaml"), "/prod/token");
const units = [
  {
    ...unit("a.yaml", {}),
    spellings: new Map([
      [DB, "${Db}"],
      ["⟨AWS.Region⟩", "${AWS::Region}"],
      [known("⟨*SecretArn@a.yaml⟩"), "${SecretArn}"],
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

test("of ARNs that begin alike the longest is meant", () => {
  const arn = (end: string) => `arn:aws:iam::123456789012:role/${known("⟨*Stage@c.yaml⟩")}${end}`;
  const named = ["-1", "-12", ""].map((end): [string, string] => [arn(end), `\${Role${end}}`]);
  const { say } = spelling([{ ...unit("c.yaml", {}), spellings: new Map(named) }])("c.yaml");
  expect(say(`not ${arn("-12")}, ${arn("-1")}x or ${arn("-2")}`)).toBe("not ${Role-12}, ${Role-1}x or ${Role}-2");
});

test("a parameter is spelled as the template does, from every unit", () => {
  expect(spell("b.json")(known("⟨*SecretArn@a.yaml⟩:key::"))).toBe("${SecretArn}:key::");
});

test("a pseudo parameter is spelled as the unit that speaks does", () => {
  expect(spell("a.yaml")("arn:aws:ssm:⟨AWS.Region⟩")).toBe("arn:aws:ssm:${AWS::Region}");
  expect(spell("b.json")("arn:aws:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩")).toBe("arn:aws:ssm:<region>:<account-id>");
});

test("a suffix that nobody spells is the pattern that matches it", () => {
  expect(spell("b.json")("secret:db-⟨#create.json@.⟩")).toBe("secret:db-??????");
});

test("any other hole shows its name without the unit", () => {
  expect(spell("b.json")(known("⟨Env@stacks/a.yaml⟩"))).toBe("${Env}");
});

test("a hole without a spelling has the words of the table", () => {
  expect(spell("b.json")(hole("If(Open,Ref(A),x1b2c3)", "wide", { words: "If(…)" }))).toBe("${If(…)}");
});
