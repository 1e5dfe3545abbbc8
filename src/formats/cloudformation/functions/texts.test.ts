import { expect, test } from "vitest";
import { get, type TextValue, type Value } from "../../../syntax/value.ts";
import { plain, reason } from "../../testing.ts";
import { evaluated, sourceAt, stackOf, where } from "../testing.ts";
import { partsOf } from "./texts.ts";

const SECRET = `
Parameters:
  Env: {Type: String, Default: prod}
  Arn: {Type: String}
Resources:
  Db: {Type: "AWS::SecretsManager::Secret", Properties: {Name: app/db}}
`;
const DB = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:app/db-⟨#Db@u⟩";

async function text(expression: string, sections = SECRET): Promise<TextValue> {
  const { value } = await evaluated(expression, sections);
  if (value?.kind !== "text") throw new Error(`not a text: ${JSON.stringify(value)}`);
  return value;
}

test("Sub puts resources, parameters and pseudo parameters into text", async () => {
  expect((await text('!Sub "${Db}:password::"')).value).toBe(`${DB}:password::`);
  expect((await text('!Sub "${Env}-${AWS::Region}-${AWS::StackName}"')).value).toBe(
    "prod-⟨AWS.Region⟩-⟨AWS.StackName@u⟩",
  );
  expect((await text('!Sub "${Arn}:k::"')).value).toBe("⟨*Arn@u⟩:k::");
});

test("Sub takes its own variables before those of the template", async () => {
  expect((await text('!Sub ["${Env}/${Name}", {Env: dev, Name: !Ref Env}]')).value).toBe("dev/prod");
});

test("Sub leaves ${!Literal} as ${Literal}, and ${ without an end as it is", async () => {
  expect((await text('!Sub "${!HOME}/${Env}/${rest"')).value).toBe("${HOME}/prod/${rest");
});

test("Sub of AWS::NoValue is empty text", async () => {
  expect((await text('!Sub "a${AWS::NoValue}b"')).value).toBe("ab");
});

test("Sub is where its string stands, without its tag and with its quotes", async () => {
  const value = await text('!Sub "${Db}:password::"');
  expect(sourceAt(value.at)).toBe('"${Db}:password::"');
  expect(where(value.at)).toBe("13:12-13:30");
});

test("every character of a Sub knows its place in the file, also after variables and escapes", async () => {
  const value = await text('!Sub "a\\tb${Env}c${!w}e"');
  expect(value.value).toBe("a\tbprodc${w}e");
  const offsets = value.offsets?.() ?? [];
  expect(offsets).toHaveLength(value.value.length + 1);
  const source = value.at.file.text;
  const at = (character: string) => source.slice(offsets[value.value.indexOf(character)]).slice(0, 1);
  expect([..."abcwe"].map(at)).toEqual([..."abcwe"]);
  expect(source.slice(offsets[3], offsets[7])).toBe("${Env}");
});

test("a policy document in a block scalar of Sub keeps its places", async () => {
  const value = await text('!Sub |\n  {"Resource":\n    "${Db}"}');
  const offsets = value.offsets?.() ?? [];
  const start = value.value.indexOf(`"${DB}"`);
  const end = start + DB.length + 2;
  expect(value.at.file.text.slice(offsets[start], offsets[end])).toBe('"${Db}"');
});

test("Sub with something that is no string is unknown, and CloudFormation refuses it", async () => {
  const { value, scope } = await evaluated("!Sub {a: b}", SECRET);
  expect(reason(value)).toBe("Fn::Sub can't be evaluated");
  expect([...scope.run.problems.values()]).toEqual([
    { path: "stack.yaml", line: 13, message: "Fn::Sub expects a string, or a list of a string and an object." },
  ]);
});

test("Sub with a variable that is nowhere is a hole, and a problem of a whole template", async () => {
  const { value, scope } = await evaluated('!Sub "${Nowhere}/x"', SECRET);
  expect(value && plain(value)).toBe("⟨*Nowhere@u⟩/x");
  expect([...scope.run.problems.values()]).toEqual([
    {
      path: "stack.yaml",
      line: 13,
      message:
        "Nowhere is neither a parameter nor a resource of this template, so CloudFormation refuses the template.",
    },
  ]);
});

test("a fragment may name what another file declares", async () => {
  const scope = await stackOf('Resources:\n  A: {Type: "AWS::X::Y", Properties: {P: !Sub "${Elsewhere}"}}\n');
  const written = get(get(scope.resources().get("A")?.body, "Properties"), "P") as Value;
  expect(plain(scope.evaluate(written) as Value)).toBe("⟨*Elsewhere@u⟩");
  expect(scope.run.problems.size).toBe(0);
});

test("variables of other tools inside Sub are holes without a problem", async () => {
  const { value, scope } = await evaluated('!Sub "${self:custom.arn}:${X:-y}"', SECRET);
  expect(value && plain(value)).toBe("⟨*self_custom.arn@u⟩:⟨*X_-y@u⟩");
  expect(scope.run.problems.size).toBe(0);
});

test("Join makes the ARNs that the CDK writes", async () => {
  expect(
    (
      await text(
        '{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]]}',
      )
    ).value,
  ).toBe("arn:⟨AWS.Partition⟩:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy");
  expect((await text('{"Fn::Join": ["", [{"Ref": "Db"}, ":password::"]]}')).value).toBe(`${DB}:password::`);
});

test("Join is where the call stands, and its pieces know their own places", async () => {
  const value = await text('!Join [":", [!Ref Env, "key"]]');
  expect(sourceAt(value.at)).toBe('!Join [":", [!Ref Env, "key"]]');
  const offsets = value.offsets?.() ?? [];
  expect(value.value).toBe("prod:key");
  expect(value.at.file.text.slice(offsets[5], offsets[8])).toBe("key");
});

test("Join leaves out what is removed, with its delimiter", async () => {
  expect((await text('!Join [",", [a, !Ref "AWS::NoValue", b]]')).value).toBe("a,b");
});

test("Join makes the delimiter part of what may be removed", async () => {
  const conditions = `${SECRET}Conditions: {C: !Equals [!Ref Arn, ""]}\n`;
  expect((await text('!Join [",", [a, !If [C, x, !Ref "AWS::NoValue"], b]]', conditions)).value).toBe(
    "a⟨*If(C,x,Ref(AWS__NoValue))@u⟩,b",
  );
  expect((await text('!Join [",", [!If [C, x, !Ref "AWS::NoValue"], b]]', conditions)).value).toBe(
    "⟨*If(C,x,Ref(AWS__NoValue))@u⟩b",
  );
});

test("Join of an unknown list is unknown, without a colon when its items have none", async () => {
  const parameters = `Parameters:\n  Ids: {Type: "List<AWS::EC2::Subnet::Id>"}\n  Any: {Type: CommaDelimitedList}\n`;
  expect((await text('!Join ["-", !Ref Ids]', parameters)).value).toBe("⟨Join(-,Ref(Ids))@u⟩");
  expect(reason((await evaluated('!Join ["-", !Ref Any]', parameters)).value)).toBe(
    "the parameter Any has no value in these files",
  );
});

test("Join of a list parameter joins its default", async () => {
  const parameters = "Parameters:\n  L: {Type: CommaDelimitedList, Default: 'a, b,c'}\n";
  expect((await text('!Join ["/", !Ref L]', parameters)).value).toBe("a/b/c");
});

test("Join of the wrong arguments is refused", async () => {
  const { value, scope } = await evaluated('!Join ["-"]', SECRET);
  expect(reason(value)).toBe("Fn::Join can't be evaluated");
  expect(scope.run.problems.size).toBe(1);
});

test("Base64 of known text is base64, and knows the text", async () => {
  const { value } = await evaluated('!Base64 "ECS=ä"', SECRET);
  expect(value).toMatchObject({ kind: "text", value: "RUNTPcOk", decoded: { value: "ECS=ä" } });
});

test("Base64 of text with holes keeps the text behind it", async () => {
  const { value } = await evaluated('Fn::Base64: !Sub "region=${AWS::Region}"', SECRET);
  expect(value?.kind).toBe("unknown");
  expect(value).toMatchObject({ decoded: { value: "region=⟨AWS.Region⟩" } });
});

test("ToJsonString knows the value that it was made of", async () => {
  const value = await text("Fn::ToJsonString: {user: app, ids: [1, true, !Ref Arn], arn: !Ref Db}");
  expect(value.value).toBe(`{"user":"app","ids":[1,true,⟨*Arn@u⟩],"arn":"${DB}"}`);
  expect(plain(value.json?.() as Value)).toEqual({ user: "app", ids: [1, true, { unknown: "Arn@u" }], arn: DB });
});

test("text of other tools is a hole, but a forgotten Sub is text", async () => {
  expect((await text('"arn:aws:secretsmanager:<region>:${ACCOUNT}:secret:{{ name }}"')).value).toBe(
    "arn:aws:secretsmanager:⟨region@u⟩:⟨ACCOUNT@u⟩:secret:⟨name@u⟩",
  );
  expect((await text('"${Db}:password::"')).value).toBe("${Db}:password::");
  expect((await text('"arn:aws:secretsmanager:${AWS::Region}:1:secret:x"')).value).toBe(
    "arn:aws:secretsmanager:${AWS::Region}:1:secret:x",
  );
  expect((await text('"{{resolve:secretsmanager:app/db:SecretString:password}}"')).value).toBe(
    "{{resolve:secretsmanager:app/db:SecretString:password}}",
  );
});

test("in a script nothing is a placeholder but a variable of Sub", async () => {
  expect((await text("!Sub |\n  <powershell>\n  $(hostname) ${Env} %PATH%\n")).value).toBe(
    "<powershell>\n$(hostname) prod %PATH%\n",
  );
  expect((await text('"#!/bin/sh\\n[[ -f $(x) ]]"')).value).toBe("#!/bin/sh\n[[ -f $(x) ]]");
  expect((await text('"{\\n \\"a\\": \\"<region>\\"}"')).value).toBe('{\n "a": "⟨region@u⟩"}');
});

test("what another tool embeds is unknown, without a problem", async () => {
  const { value, scope } = await evaluated('Fn::Base64: {Fn::Sub: {"Rain::Embed": x.sh}}', SECRET);
  expect(reason(value)).toBe("Rain::Embed is filled in by another tool");
  expect(scope.run.problems.size).toBe(0);
});

test("brackets of a file are never taken for holes", async () => {
  expect((await text('"⟨#Db@u⟩"')).value).toBe("〈#Db@u〉");
  expect((await text('!Sub "⟨*x⟩${Env}"')).value).toBe("〈*x〉prod");
});

test("numbers in text are as they are written", async () => {
  expect((await text('!Join ["", [012345678901, "/", 1.10]]')).value).toBe("012345678901/1.10");
});

test("the parts of a template", () => {
  expect(partsOf("a${B}${!C}${D").map(({ text, variable }) => [text, variable])).toEqual([
    ["a", false],
    ["B", true],
    ["${", false],
    ["C}", false],
    ["${D", false],
  ]);
});

test("a long template of unclosed variables is one part", () => {
  expect(partsOf("${".repeat(200_000))).toHaveLength(1);
});

test("a text in which more is unknown than anybody writes is not known at all", async () => {
  const joined = (count: number) => `!Join ["", [${"!Ref Arn, ".repeat(count)}"x"]]`;
  expect((await text(joined(2_000))).value.endsWith("⟩x")).toBe(true);
  expect((await evaluated(joined(2_001), SECRET)).value?.kind).toBe("unknown");
});
