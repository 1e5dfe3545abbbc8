import { expect, test } from "vitest";
import { cacheFolder } from "./compiled-code.ts";

test("compiled code is kept where the system keeps what can be made again", () => {
  expect(cacheFolder({ HOME: "/home/me" }, "linux")).toBe("/home/me/.cache");
  expect(cacheFolder({ HOME: "/home/me", XDG_CACHE_HOME: "/var/cache/me" }, "linux")).toBe("/var/cache/me");
  expect(cacheFolder({ HOME: "/Users/me" }, "darwin")).toBe("/Users/me/Library/Caches");
  expect(cacheFolder({ LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local" }, "win32")).toBe("C:\\Users\\me\\AppData\\Local");
});

test("without a folder of the user nothing is kept", () => {
  expect(cacheFolder({}, "linux")).toBeUndefined();
  expect(cacheFolder({ HOME: "", XDG_CACHE_HOME: "" }, "linux")).toBeUndefined();
  expect(cacheFolder({ HOME: "/home/me" }, "win32")).toBeUndefined();
});
