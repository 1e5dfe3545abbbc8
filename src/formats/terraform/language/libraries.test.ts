import { expect, test, vi } from "vitest";

test("the library of patterns is loaded by the first text that has one", async () => {
  vi.resetModules();
  const { loadLibraries } = await import("./libraries.ts");
  const { compilePattern } = await import("./functions/patterns.ts");
  expect(await loadLibraries(['x = replace("a/b", "/", "-")', 'path = "/aws/batch/"'])).toBe(false);
  expect(compilePattern("a")).toBeUndefined();
  expect(await loadLibraries(['x = replace(local.a, "/:[^:]+$/", "")'])).toBe(true);
  expect(compilePattern("a")).toBeDefined();
  expect(await loadLibraries(['x = regexall("a", "b")'])).toBe(false);
});
