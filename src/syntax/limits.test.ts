import { expect, test } from "vitest";
import { parseDocuments } from "./document.ts";
import { MAX_JSON_LENGTH, MAX_YAML_LENGTH } from "./limits.ts";

test("a file longer than what is read of its format is a problem that names the limit", async () => {
  expect(await parseDocuments({ path: "plan.json", text: " ".repeat(MAX_JSON_LENGTH + 1) })).toEqual({
    documents: [],
    problems: [
      {
        path: "plan.json",
        message: "The file is longer than 64 million characters, the limit for JSON, so it was not checked.",
      },
    ],
  });
  expect(await parseDocuments({ path: "stack.yaml", text: " ".repeat(MAX_YAML_LENGTH + 1) })).toEqual({
    documents: [],
    problems: [
      {
        path: "stack.yaml",
        message: "The file is longer than 4 million characters, the limit for YAML, so it was not checked.",
      },
    ],
  });
});
