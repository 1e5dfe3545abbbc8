/** Writing values and statements into files of JSON and YAML without a template language. */
import type { Writer } from "../../facts/writing.ts";
import type { Place } from "../../source.ts";
import { isJson } from "../../syntax/document.ts";
import { plainYaml, policyName, statementLike } from "../iam/statement.ts";
import { escapeJson, nestedIn } from "../quotes.ts";

/** Writes for a place of a raw file, a plan or a state. */
export function writeRaw(place: Place): Writer {
  const value: Writer["value"] = ({ text }) => nestedIn(place, JSON.stringify(text), escapeJson);
  const language = isJson(place.file) ? "json" : "yaml";
  const json = (text: string) => JSON.stringify(text);
  const statement = statementLike({ language, place }, { json, yaml: plainYaml, quoted: json, escaped: escapeJson });
  return { language, place, value, statement, policy };
}

/** The input of `put-role-policy`: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const policy: Writer["policy"] = ({ role, actions, resources }) => {
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
  });
  const named = { RoleName: role, PolicyName: policyName(actions), PolicyDocument: document };
  return { text: JSON.stringify(named, null, 2), edits: [] };
};
