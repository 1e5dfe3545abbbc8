import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { readText } from "./read-file.ts";

test("what can't be read is a sentence with the reason, never an exception", () => {
  const always = () => true;
  expect(readText("/nonexistent/job.json", always)).toEqual({
    kind: "problem",
    message: "The file can't be read (ENOENT).",
  });
  expect(readText(tmpdir(), always)).toEqual({ kind: "problem", message: "The file can't be read (EISDIR)." });
});
