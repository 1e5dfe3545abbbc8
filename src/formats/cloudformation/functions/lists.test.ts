import { expect, test } from "vitest";
import { plain, reason } from "../../testing.ts";
import { evaluated } from "../testing.ts";

const TEMPLATE = `
Parameters:
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Names: {Type: CommaDelimitedList}
  Arn: {Type: String}
  Stage: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: "a,b"}
Conditions:
  C: !Equals [!Ref Arn, ""]
Resources:
  Db: {Type: "AWS::SecretsManager::Secret", Properties: {Name: app/db}}
`;

async function gives(expression: string): Promise<unknown> {
  const { value } = await evaluated(expression, TEMPLATE);
  return value && plain(value);
}

test("Select takes an item by number or by numeral", async () => {
  expect(await gives("!Select [1, [a, b, c]]")).toBe("b");
  expect(await gives('!Select ["2", [a, b, c]]')).toBe("c");
  expect(await gives("!Select [0, !Ref Zones]")).toBe("a");
});

test("Select of an unknown list has no colon when the items are ids", async () => {
  expect(await gives("!Select [0, !Ref Subnets]")).toBe("⟨Select(0,Ref(Subnets))@u⟩");
  expect(await gives("!Select [0, !Ref Names]")).toEqual({ unknown: "Select(0,Ref(Names))@u" });
  expect(await gives("!Select [0, !GetAZs '']")).toBe("⟨Select(0,GetAZs())@u⟩");
});

test("Select past the end is refused", async () => {
  const { value, scope } = await evaluated("!Select [3, [a, b]]", TEMPLATE);
  expect(reason(value)).toBe("Fn::Select can't be evaluated");
  expect(scope.run.problems.size).toBe(1);
});

test("Select by an unknown number is unknown", async () => {
  expect(await gives("!Select [!Ref Stage, [a, b]]")).toEqual({ unknown: "Select(Ref(Stage),a,b)@u" });
});

test("Select after an item that may be removed is unknown, before it is known", async () => {
  const list = '[a, !If [C, x, !Ref "AWS::NoValue"], b]';
  expect(await gives(`!Select [0, ${list}]`)).toBe("a");
  expect(await gives(`!Select [2, ${list}]`)).toEqual({ unknown: "Select(2,a,If(C,x,Ref(AWS__NoValue)),b)@u" });
});

test("an item that is removed is not counted", async () => {
  expect(await gives('!Select [1, [a, !Ref "AWS::NoValue", b]]')).toBe("b");
});

test("Split of known text is a list", async () => {
  expect(await gives('!Split [",", "a,b,,c"]')).toEqual(["a", "b", "", "c"]);
});

test("a declared secret's ARN is split at its colons", async () => {
  expect(await gives('!Select [6, !Split [":", !Ref Db]]')).toBe("app/db-⟨#Db@u⟩");
  expect(await gives('!Select [0, !Split ["-", !Select [6, !Split [":", !Ref Db]]]]')).toBe("app/db");
});

test("Split of a string that is not known gives items without its delimiter", async () => {
  expect(await gives('!Select [6, !Split [":", !Ref Arn]]')).toBe("⟨Select(6,Split(_,Ref(Arn)))@u⟩");
  expect(await gives('!Select [0, !Split ["/", !Ref Arn]]')).toEqual({ unknown: "Select(0,Split(/,Ref(Arn)))@u" });
  expect(await gives('!Select [0, !Split ["/", !Ref Stage]]')).toBe("⟨Select(0,Split(/,Ref(Stage)))@u⟩");
});

test("Split knows that names of AWS have no slash or dot, but may have a hyphen", async () => {
  expect(await gives('!Select [2, !Split ["/", !Ref "AWS::StackId"]]')).toBe("⟨AWS.StackId@u⟩");
  expect(await gives('!Select [0, !Split ["-", !Ref "AWS::StackName"]]')).toBe(
    "⟨Select(0,Split(-,Ref(AWS__StackName)))@u⟩",
  );
});

test("Length counts what is surely there", async () => {
  expect(await gives("Fn::Length: [a, b]")).toBe(2);
  expect(await gives("Fn::Length: !Ref Zones")).toBe(2);
  expect(await gives("Fn::Length: !Ref Names")).toBe("⟨Length(Ref(Names))@u⟩");
  expect(await gives('Fn::Length: [a, !If [C, x, !Ref "AWS::NoValue"]]')).toBe(
    "⟨Length(a,If(C,x,Ref(AWS__NoValue)))@u⟩",
  );
});

test("Cidr and GetAZs are unknown", async () => {
  expect(await gives("!Cidr [10.0.0.0/16, 2, 8]")).toEqual({ unknown: "Cidr(10.0.0.0/16,2,8)@u" });
  expect(await gives("!GetAZs us-east-1")).toEqual({ unknown: "GetAZs(us-east-1)@u" });
});

test("wrong arguments are unknown and refused", async () => {
  for (const wrong of ["!Select [1]", "!Split [',']", "!Split [',', [a]]", "!Split ['', a]"]) {
    const { value, scope } = await evaluated(wrong, TEMPLATE);
    expect([wrong, value?.kind, scope.run.problems.size]).toEqual([wrong, "unknown", 1]);
  }
});
