/** Values of parameters in files that nothing uses, though a stack may: a default is only one of several values then. */
import { hideVariable } from "../../facts/hidden.ts";
import type { Place } from "../../source.ts";
import type { ObjectValue, TextValue, Value } from "../../syntax/value.ts";
import { isCredential, type UnusedFile } from "../elsewhere.ts";
import { isNoEcho } from "./allowed.ts";
import { oneOf } from "./functions/one-of.ts";
import { givenValue } from "./parameter.ts";
import { doubt, type Scope } from "./scope.ts";
import { isKnown } from "./text.ts";

/** Values for parameters that no deployment uses. */
export interface ParameterFile extends UnusedFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, TextValue>;
  /** The deployment whose values they are, where the file says so. */
  readonly name?: string;
}

/** The values of a template that nothing uses: files all of whose parameters it has. */
export function fitting(files: readonly ParameterFile[], parameters: ReadonlySet<string>): readonly ParameterFile[] {
  return files.filter(({ values }) => values.size > 0 && [...values.keys()].every((key) => parameters.has(key)));
}

/**
 * The value of a parameter that has a default, and others in some of the files. A credential is one whatever the others
 * are.
 */
export function withOthers(
  fallback: Value,
  {
    name,
    declared,
    files,
  }: { readonly name: string; readonly declared: ObjectValue; readonly files: readonly ParameterFile[] },
  scope: Scope,
  at: Place,
): Value {
  if (!isKnown(fallback) || isNoEcho(declared) || !files.some(({ values }) => values.has(name))) return fallback;
  if (isCredential(fallback, name, files)) return fallback;
  const others = files.map(({ values }) => {
    const value = values.get(name);
    if (value) hideVariable(name, value.value);
    return value ? givenValue(scope, name, value, declared, at) : fallback;
  });
  const clauses = files.map((file) => `${file.name ? `\`${file.name}\` of ` : ""}\`${file.path}\` is used`);
  const chooser = { by: `parameters of ${scope.unit}`, clauses: ["no file of parameters is used", ...clauses] };
  const reference: Value = {
    kind: "object",
    entries: [{ key: "Ref", keyAt: at, value: { kind: "text", value: name, at } }],
    at,
  };
  const call = { name: "Ref", at, scope };
  return oneOf([fallback, ...others], reference, call, doubt(scope, "default", name), chooser) ?? fallback;
}
