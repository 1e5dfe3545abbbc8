import { expect, test } from "vitest";
import { plain, reason } from "../testing.ts";
import { excludesColon } from "./parameter.ts";
import { evaluated, sourceAt } from "./testing.ts";

async function ref(declaration: string, more = ""): Promise<unknown> {
  const { value } = await evaluated("!Ref P", `Parameters:\n  P: ${declaration}\n${more}`);
  return value && plain(value);
}
const NO_VALUE = "the parameter P has no value in these files";

async function why(declaration: string): Promise<string | undefined> {
  const { value } = await evaluated("!Ref P", `Parameters:\n  P: ${declaration}\n`);
  return reason(value);
}

test("a default is the value, where it is referred to", async () => {
  const { value } = await evaluated("!Ref P", 'Parameters:\n  P: {Type: String, Default: "x"}\n');
  expect(value && plain(value)).toBe("x");
  expect(value && sourceAt(value.at)).toBe("!Ref P");
  expect(await ref("{Type: Number, Default: 80}")).toBe("80");
  expect(await ref("{Type: String, Default: true}")).toBe("true");
});

test("a default that must be filled in first is a hole", async () => {
  expect(await ref('{Type: String, Default: "arn:aws:secretsmanager:<region>:1:secret:CHANGE_ME"}')).toBe(
    "arn:aws:secretsmanager:⟨region@u⟩:1:secret:⟨*CHANGE_ME@u⟩",
  );
});

test("a list's default is split at commas", async () => {
  expect(await ref('{Type: CommaDelimitedList, Default: "a, b"}')).toEqual(["a", "b"]);
  expect(await ref('{Type: "List<Number>", Default: "1,2"}')).toEqual(["1", "2"]);
});

test("a parameter without a value says why", async () => {
  expect(await why("{Type: String}")).toBe(NO_VALUE);
  expect(await why('{Type: String, Default: ""}')).toBe(NO_VALUE);
  expect(await why("{Type: String, Default: x, NoEcho: true}")).toBe(NO_VALUE);
  expect(await why('{Type: "AWS::SSM::Parameter::Value<String>", Default: /a/b}')).toBe(
    "the value of the SSM parameter /a/b is not in these files",
  );
  expect(await why("{Type: String, Default: [a]}")).toBe(NO_VALUE);
});

test.each(["none", "false", "no", "REPLACE_ME", "changeme", "<arn>", "TODO", "n/a", "...", "?", "your-secret-arn"])(
  "the default %s means that no value is given",
  async (written) => {
    expect(await why(`{Type: String, Default: "${written}"}`)).toBe(NO_VALUE);
  },
);

test("a hidden parameter is marked as sensitive wherever it goes", async () => {
  const parameters = "Parameters:\n  P: {Type: String, NoEcho: 'true'}\n";
  expect((await evaluated("!Ref P", parameters)).value?.sensitive).toBe(true);
  expect((await evaluated('!Sub "a${P}"', parameters)).value?.sensitive).toBe(true);
  expect((await evaluated('!Join ["", [a, !Ref P]]', parameters)).value?.sensitive).toBe(true);
  const encoded = '{"Fn::Base64": {"Fn::Sub": "${P}"}}';
  for (const made of [encoded, "!If [C, !Ref P, x]", '!Select [0, !Split [",", !Ref P]]'])
    expect((await evaluated(made, parameters)).value?.sensitive).toBe(true);
  expect((await evaluated('!Join ["", [a, b]]', parameters)).value?.sensitive).toBeUndefined();
});

test("what may be an ARN is wide, what has no colon is narrow", async () => {
  const wide = { unknown: "P@u" };
  const narrow = "⟨P@u⟩";
  expect(await ref("{Type: String}")).toEqual(wide);
  expect(await ref("{Type: Number}")).toBe(narrow);
  expect(await ref('{Type: "AWS::EC2::VPC::Id"}')).toBe(narrow);
  expect(await ref('{Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /x}')).toBe(narrow);
  expect(await ref('{Type: "AWS::EC2::SecurityGroup::GroupName"}')).toEqual(wide);
  expect(await ref("{Type: String, AllowedValues: [dev, prod]}")).toBe(narrow);
  expect(await ref('{Type: String, AllowedValues: [dev, "a:b"]}')).toEqual(wide);
  expect(await ref('{Type: String, AllowedPattern: "^[a-z0-9-]+$"}')).toBe(narrow);
  expect(await ref('{Type: String, AllowedPattern: "^arn:.*"}')).toEqual(wide);
  expect(await ref("{Type: CommaDelimitedList}")).toEqual(wide);
});

test("a name's part has no colon, by the words of its name", async () => {
  const named = async (name: string) => {
    const { value } = await evaluated(`!Ref ${name}`, `Parameters:\n  ${name}: {Type: String}\n`);
    return value?.kind;
  };
  expect(await named("EnvironmentName")).toBe("text");
  expect(await named("ProjectPrefix")).toBe("text");
  expect(await named("SecretArn")).toBe("unknown");
  expect(await named("ProjectRoleArn")).toBe("unknown");
  expect(await named("DatabaseSecret")).toBe("unknown");
});

test("a parameter that a name is made of has no colon", async () => {
  const role = (properties: string, more = "") =>
    `Resources:\n  R: {Type: "AWS::IAM::Role", ${more}Properties: {${properties}}}\n`;
  expect(await ref("{Type: String}", role('RoleName: !Sub "${P}-role"'))).toBe("⟨P@u⟩");
  expect(await ref("{Type: String}", role('RoleName: !Join ["-", [!Ref P, role]]'))).toBe("⟨P@u⟩");
  expect(await ref("{Type: String}", role('RoleName: !Sub ["${x}-role", {x: !Ref P}]'))).toBe("⟨P@u⟩");
  expect(await ref("{Type: String}", role('Description: !Sub "${P}-role"'))).toEqual({ unknown: "P@u" });
  expect(await ref("{Type: String}", role('RoleName: !Sub "${!P}-role"'))).toEqual({ unknown: "P@u" });
  expect(
    await ref("{Type: String}", `Conditions: {C: !Equals [a, b]}\n${role("RoleName: !Ref P", "Condition: C, ")}`),
  ).toEqual({
    unknown: "P@u",
  });
});

test("patterns that allow no colon", () => {
  for (const pattern of ["^[a-z0-9-]+$", "[A-Za-z][A-Za-z0-9_.-]*", "(?:a|b)\\d{2}", "\\w+\\.\\w+", "x?", "[\\w/-]+"]) {
    expect([pattern, excludesColon(pattern)]).toEqual([pattern, true]);
  }
  for (const pattern of [
    "^.*$",
    "[^ ]+",
    "\\S+",
    "arn:aws:[a-z]+",
    "[ -~]+",
    "[0-z]",
    "\\D",
    "\\x3a",
    "(?!a)b",
    "\\:",
    "(a)\\1",
  ]) {
    expect([pattern, excludesColon(pattern)]).toEqual([pattern, false]);
  }
});
