import { expect, test } from "vitest";
import { cacheFolder } from "./compiled-code.ts";

const WORK = "/home/me/work";

test("compiled code is kept where the system keeps what can be made again", () => {
  expect(cacheFolder({ HOME: "/home/me" }, "linux", WORK)).toBe("/home/me/.cache/batch-secrets-check");
  expect(cacheFolder({ HOME: "/home/me", XDG_CACHE_HOME: "/var/me" }, "linux", WORK)).toBe(
    "/var/me/batch-secrets-check",
  );
  expect(cacheFolder({ HOME: "/Users/me" }, "darwin", WORK)).toBe("/Users/me/Library/Caches/batch-secrets-check");
  expect(cacheFolder({ LOCALAPPDATA: "/Local", HOME: "/x" }, "win32", WORK)).toBe("/Local/batch-secrets-check");
});

test("without a folder of the user, and in CI, nothing is kept", () => {
  expect(cacheFolder({}, "linux", WORK)).toBeUndefined();
  expect(cacheFolder({ HOME: "", XDG_CACHE_HOME: "" }, "linux", WORK)).toBeUndefined();
  expect(cacheFolder({ HOME: "/home/me" }, "win32", WORK)).toBeUndefined();
  expect(cacheFolder({ CI: "true", HOME: "/home/me" }, "linux", WORK)).toBeUndefined();
});

test("nothing that is run comes from the folder that is checked", () => {
  expect(cacheFolder({ HOME: WORK }, "linux", WORK)).toBeUndefined();
  expect(cacheFolder({ HOME: "/home/me" }, "linux", "/")).toBeUndefined();
  expect(cacheFolder({ HOME: "." }, "linux", WORK)).toBeUndefined();
  expect(cacheFolder({ XDG_CACHE_HOME: "cache" }, "linux", WORK)).toBeUndefined();
  expect(cacheFolder({ HOME: `${WORK}-other` }, "linux", WORK)).toBe(`${WORK}-other/.cache/batch-secrets-check`);
});
