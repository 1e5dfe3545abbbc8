import { expect, test } from "vitest";
import type { Place } from "../../source.ts";
import { writeCloudFormation } from "./write.ts";

/** The template with what is at the mark `«…»` replaced. */
function edited(path: string, marked: string, to: string): string {
  const start = marked.indexOf("«");
  const text = marked.replace(/[«»]/g, "");
  const place: Place = { file: { path, text }, start, end: marked.indexOf("»") - 1 };
  const writer = writeCloudFormation(place);
  return text.slice(0, writer.place.start) + writer.value({ text: to, from: undefined, to }) + text.slice(place.end);
}

test("YAML gets !Ref, !GetAtt and !Sub", () => {
  expect(edited("a.yaml", "ValueFrom: «db»", "${Db}")).toBe("ValueFrom: !Ref Db");
  expect(edited("a.yaml", "ValueFrom: «db»", "${Key.Arn}")).toBe("ValueFrom: !GetAtt Key.Arn");
  expect(edited("a.yaml", "ValueFrom: «db»", "${Db}:password::")).toBe('ValueFrom: !Sub "${Db}:password::"');
  expect(edited("a.yaml", "ValueFrom: «db»", "arn:aws:x")).toBe('ValueFrom: "arn:aws:x"');
});

test("YAML in a string of JSON is written with the quotes that the string needs", () => {
  const text = '{"TemplateBody": "ValueFrom: !Sub «${Db}:a»\\nB: c"}';
  expect(JSON.parse(edited("a.json", text, "${Db}:a::"))).toEqual({
    TemplateBody: 'ValueFrom: !Sub "${Db}:a::"\nB: c',
  });
  const flow = '{"TemplateBody": "A: [!Sub «\\"${Db}:a\\"»]"}';
  expect(JSON.parse(edited("a.json", flow, "arn:aws:x"))).toEqual({ TemplateBody: 'A: ["arn:aws:x"]' });
});

test("a value that is written with !Sub is replaced with the tag", () => {
  expect(edited("a.yaml", "ValueFrom: !Sub «${Db}:a»", "${Db}:a::")).toBe('ValueFrom: !Sub "${Db}:a::"');
  expect(edited("a.yaml", 'ValueFrom: !Sub «"${Db}:a"»', "${Db}")).toBe("ValueFrom: !Ref Db");
  expect(edited("a.yaml", 'ValueFrom: !Sub «"${Db}:a"»', "arn:aws:x")).toBe('ValueFrom: "arn:aws:x"');
});

test("a value inside of any other Fn::Sub stays in it", () => {
  expect(edited("a.yaml", "ValueFrom: { Fn::Sub: «'${Db}:a'» }", "${Db}:a::")).toBe(
    'ValueFrom: { Fn::Sub: "${Db}:a::" }',
  );
  expect(edited("a.yaml", "ValueFrom: !Sub\n  - «'${Db}:a'»\n  - A: b", "${Db}")).toBe(
    'ValueFrom: !Sub\n  - "${Db}"\n  - A: b',
  );
  expect(edited("a.json", '{"ValueFrom": {"Fn::Sub": «"${Db}:a"»}}', "${Db}:a::")).toBe(
    '{"ValueFrom": {"Fn::Sub": "${Db}:a::"}}',
  );
});

test("a Sub with variables of its own keeps them where only the end of the value is wrong", () => {
  const amended = (marked: string, from: string, to: string) => {
    const text = marked.replace(/[«»]/g, "");
    const place: Place = { file: { path: "a.yaml", text }, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
    return writeCloudFormation(place).value({ text: `\${Fn::ImportValue:arn}${to.slice(3)}`, from, to });
  };
  expect(amended('!Sub [«"${Arn}:a"», { Arn: !ImportValue arn }]', "⟨1⟩:a", "⟨1⟩:a::")).toBe('"${Arn}:a::"');
  expect(amended("!Sub\n  - «${Arn}:a»\n  - Arn: !ImportValue arn", "⟨1⟩:a", "⟨1⟩:a::")).toBe('"${Arn}:a::"');
  expect(amended('!Sub [«"${Arn}"», { Arn: b }]', "b", "⟨1⟩:a::")).toBe('"<arn>:a::"');
});

test("JSON gets Ref, Fn::GetAtt and Fn::Sub", () => {
  expect(edited("a.template", '{"ValueFrom": «"db"»}', "${Db}")).toBe('{"ValueFrom": { "Ref": "Db" }}');
  expect(edited("a.json", '{"ValueFrom": «"db"»}', "${Key.Arn}")).toBe(
    '{"ValueFrom": { "Fn::GetAtt": ["Key", "Arn"] }}',
  );
  expect(edited("a.json", '{"ValueFrom": «"db"»}', "${Db}:a::")).toBe('{"ValueFrom": { "Fn::Sub": "${Db}:a::" }}');
});

const statementIn = (path: string, text: string, actions: readonly string[], resources: readonly string[]) =>
  writeCloudFormation({ file: { path, text }, start: 0, end: 0 }).statement(actions, resources);

test("statements", () => {
  const resources = ["${Db}", "arn:aws:kms:${AWS::Region}:1:key/x"];
  expect(statementIn("a.template", "Resources:\n", ["a:B"], ["${Key.Arn}"])).toBe(`- Effect: Allow
  Action: a:B
  Resource: !GetAtt Key.Arn`);
  expect(statementIn("a.yml", "Resources:\n", ["a:B", "c:D"], resources)).toBe(`- Effect: Allow
  Action:
    - a:B
    - c:D
  Resource:
    - !Ref Db
    - !Sub "arn:aws:kms:\${AWS::Region}:1:key/x"`);
  expect(statementIn("a.template", "{}", ["a:B", "c:D"], resources)).toBe(`{
  "Effect": "Allow",
  "Action": [
    "a:B",
    "c:D"
  ],
  "Resource": [
    { "Ref": "Db" },
    { "Fn::Sub": "arn:aws:kms:\${AWS::Region}:1:key/x" }
  ]
}`);
});

test("an import is a variable of Fn::Sub beside other text", () => {
  const imported = "${Fn::ImportValue:app-db}";
  expect(edited("a.yaml", "ValueFrom: «db»", imported)).toBe("ValueFrom: !ImportValue app-db");
  expect(edited("a.yaml", "ValueFrom: «db»", `${imported}:a::`)).toBe(
    'ValueFrom: !Sub ["${Import}:a::", { Import: !ImportValue app-db }]',
  );
  expect(edited("a.json", '{"ValueFrom": «"db"»}', `${imported}:a::`)).toBe(
    '{"ValueFrom": { "Fn::Sub": ["${Import}:a::", { "Import": { "Fn::ImportValue": "app-db" } }] }}',
  );
});
