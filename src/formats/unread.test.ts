import { expect, test } from "vitest";
import type { Value } from "../syntax/value.ts";
import { whyUnread } from "./unread.ts";

const at = { file: { path: "a.json", text: "" }, start: 0, end: 0 };

test.each<[Value, string]>([
  [{ kind: "unknown", name: "var.x", why: "var.x has no default", at }, "var.x has no default"],
  [{ kind: "number", value: 1, at }, "secrets is not a list"],
  [{ kind: "text", value: "oops", at }, "secrets is text that is not JSON"],
  [{ kind: "text", value: "[⟨*var.a@main⟩, ⟨b@main⟩, ⟨*var.a@main⟩", at }, "secrets depends on var.a, b"],
])("%j is not read because %s", (value, why) => {
  expect(whyUnread(value, "secrets", "a list")).toBe(why);
});
