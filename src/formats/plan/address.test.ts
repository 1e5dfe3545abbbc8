import { expect, test } from "vitest";
import { partsOf, positionOf, prefixOf } from "./address.ts";

test("an address is its modules, its block and its index", () => {
  const position = positionOf('module.a.module.b["x.y[0]"].data.aws_vpc.main[2]');
  expect(position).toStrictEqual({
    modules: [
      { name: "a", index: "" },
      { name: "b", index: '["x.y[0]"]' },
    ],
    resource: "data.aws_vpc.main",
    index: "[2]",
  });
  expect(prefixOf(position?.modules ?? [])).toBe('module.a.module.b["x.y[0]"].');
});

test("what is no address has no parts", () => {
  for (const text of ["", "a..b", "a[", 'a["x]', "a[b]", "[0]"]) expect(partsOf(text), text).toStrictEqual([]);
  for (const text of ["", "module.a", "aws_vpc", "aws_vpc.main.id"]) expect(positionOf(text), text).toBeUndefined();
});
