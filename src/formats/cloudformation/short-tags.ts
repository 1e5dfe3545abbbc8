/** CloudFormation's short tags as the objects that they abbreviate. */
import type { Place } from "../../source.ts";
import { sliceText } from "../../syntax/text.ts";
import type { ListValue, ObjectValue, TextValue, Value } from "../../syntax/value.ts";
import type { ExpandTag } from "../../syntax/yaml/document.ts";

/**
 * What each tag represents, but for `!Ref` and `!Condition` always `Fn::` before its name:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
const LONG_FORMS: ReadonlyMap<string, string> = new Map([
  ["!Ref", "Ref"],
  ["!Condition", "Condition"],
  ...[
    "And",
    "Base64",
    "Cidr",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "Equals",
    "FindInMap",
    "ForEach",
    "GetAZs",
    "GetAtt",
    "GetStackOutput",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "RefAll",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
    "ValueOf",
    "ValueOfAll",
  ].map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

/** What one of these tags makes of its value: the object that it abbreviates, which begins at the tag. */
export const expandTag: ExpandTag = ({ name, at }) => {
  const key = LONG_FORMS.get(name);
  return key === undefined ? undefined : (value) => expanded(key, at, value);
};

function expanded(key: string, tagAt: Place, value: Value): ObjectValue {
  const inner = key === "Fn::GetAtt" && value.kind === "text" ? attributePath(value) : value;
  const end = Math.max(tagAt.end, value.at.end);
  return { kind: "object", entries: [{ key, keyAt: tagAt, value: inner }], at: { ...tagAt, end } };
}

/** `A.B.C` as resource and attribute: only the first point separates them. */
function attributePath(text: TextValue): ListValue {
  const point = text.value.indexOf(".");
  const parts = point === -1 ? [text] : [part(text, 0, point), part(text, point + 1, text.value.length)];
  return { kind: "list", items: parts, at: text.at };
}

function part(text: TextValue, from: number, to: number): TextValue {
  const slice = sliceText(text, from, to);
  const offsets = slice.offsets?.() ?? [];
  return {
    ...slice,
    at: { file: text.at.file, start: offsets[0] ?? text.at.start, end: offsets.at(-1) ?? text.at.end },
  };
}
