/** Writing values and statements into files of JSON and YAML without a template language. */
import type { Writer } from "../../facts/resources.ts";
import type { Place } from "../../source.ts";
import { isJson } from "../../syntax/document.ts";
import { jsonStatement, plainYaml, yamlStatement } from "../iam/statement.ts";
import { escapeJson, nestedIn } from "../quotes.ts";

/** Writes for a place of a raw file, a plan or a state. */
export function writeRaw(place: Place): Writer {
  const value: Writer["value"] = ({ text }) => nestedIn(place, JSON.stringify(text), escapeJson);
  return isJson(place.file)
    ? { language: "json", place, value, statement: jsonStatement((text) => JSON.stringify(text)) }
    : { language: "yaml", place, value, statement: yamlStatement(plainYaml) };
}
