/** Files with values that nothing uses, though a deployment may. */
import { credentialNamed } from "../facts/credentials/find.ts";
import type { Value } from "../syntax/value.ts";

export interface UnusedFile {
  /** By the names of variables or parameters. */
  readonly values: ReadonlyMap<string, Value>;
}

/** Whether one of the files gives a variable or parameter the ARN of something. */
export function givesReference(files: readonly UnusedFile[], name: string): boolean {
  return files.some(({ values }) => {
    const value = values.get(name);
    return value?.kind === "text" && value.value.startsWith("arn:");
  });
}

/** Whether a default is a credential, whatever values the files have: none of them is the ARN of something. */
export function isCredential(fallback: Value, name: string, files: readonly UnusedFile[]): boolean {
  return (
    fallback.kind === "text" && credentialNamed(name, fallback.value) !== undefined && !givesReference(files, name)
  );
}
