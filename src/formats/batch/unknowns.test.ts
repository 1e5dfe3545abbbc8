import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cause } from "../../facts/causes.ts";
import { hole } from "../../facts/text.ts";
import type { Entry, Value } from "../../syntax/value.ts";
import type { JobDefinitionStyle } from "./job-definition.ts";
import { container, job, json, put, read, unknown } from "./testing.ts";

test.each<[string, string[]]>([
  ["secrets", ["secrets"]],
  ["secrets", ["secrets", "0"]],
  ["environment", ["environment"]],
  ["command", ["command"]],
  ["logConfiguration", ["logConfiguration"]],
  ["options", ["logConfiguration", "options"]],
  ["secretOptions", ["logConfiguration", "secretOptions"]],
  ["repositoryCredentials", ["repositoryCredentials"]],
])("an unknown part of a container is unseen as %s", (part, path) => {
  const value = put(
    json({ containerProperties: container }),
    ["containerProperties", ...path],
    unknown("of a lookup", "var.x"),
  );
  const definition = read(value);
  expect(definition.containers[0]?.unseen).toMatchObject([{ part, cause: { kind: "other", name: "of a lookup" } }]);
});

const other = (name: string): Cause => ({ kind: "other", name, unit: null });

test("an unknown role, name or value is a wide hole; an absent one is null", () => {
  const value = put(
    json({ containerProperties: container }),
    ["containerProperties", "executionRoleArn"],
    unknown("w", "var.x"),
  );
  const definition = read(value);
  expect(definition.containers[0]?.execution_role).toMatchObject({ arn: { value: "⟨*var.x⟩" } });
  expect(job({ containerProperties: { image: "i", executionRoleArn: null } }).containers[0]?.execution_role).toBeNull();
});

test("an unknown property group is unseen, and so is a definition that holds back all groups", () => {
  const value = put(json({ containerProperties: 1 }), ["containerProperties"], unknown("of a lookup", "var.x"));
  expect(read(value)).toMatchObject({
    containers: [],
    unseen: [{ part: "containerProperties", cause: { kind: "other", name: "of a lookup" } }],
  });
  const { at } = value;
  const open: Value = { kind: "object", entries: [], at, open: other("a merge with something unknown") };
  expect(read(open)).toMatchObject({
    containers: [],
    unseen: [{ part: "job definition", cause: { kind: "other", name: "a merge with something unknown" } }],
  });
});

test("what an open container may hold back is unknown, not absent", () => {
  const value = json({ containerProperties: { image: "i" } });
  const group = value.kind === "object" ? value.entries[0]?.value : undefined;
  if (group?.kind !== "object") throw new Error("no group");
  const opened = put(value, ["containerProperties"], { ...group, open: other("a merge") });
  const [container] = read(opened).containers;
  expect(container?.execution_role?.arn.value).toBe("⟨*job@unit.containerProperties.executionRoleArn⟩");
  expect(container?.unseen.map(({ part }) => part)).toEqual([
    "secrets",
    "environment",
    "command",
    "logConfiguration",
    "repositoryCredentials",
  ]);
});

test("a key that is not known may be any", () => {
  const known = json({ image: "i", jobRoleArn: "x" });
  const entries = known.kind === "object" ? known.entries : [];
  const key = `${hole("var.k", "wide", { cause: other("var.k") })}Arn`;
  const named = entries.map((one) => (one.key === "jobRoleArn" ? { ...one, key } : one));
  const role = (entries: readonly Entry[]) =>
    read(put(json({ containerProperties: {} }), ["containerProperties"], { ...known, kind: "object", entries }))
      .containers[0]?.execution_role;
  expect([role(entries), role(named)]).toMatchObject([null, { arn: { value: expect.stringMatching(/^⟨/) } }]);
});

test("a list where an object is due, or the reverse, is unseen with the reason", () => {
  const mistaken = job({ containerProperties: { image: "i", secrets: { PASSWORD: "v" }, environment: "x" } });
  expect(mistaken.containers[0]?.unseen.map(({ part, cause }) => [part, cause.kind, cause.name])).toEqual([
    ["secrets", "shape", "secrets"],
    ["environment", "shape", "environment"],
  ]);
  expect(job({ containerProperties: "oops" }).unseen).toMatchObject([
    { part: "containerProperties", cause: { kind: "shape", name: "containerProperties" } },
  ]);
});

test("no document makes the reader throw, whatever is where", () => {
  const keys = fc.constantFrom(
    ..."containerProperties ecsProperties nodeProperties eksProperties taskProperties containers nodeRangeProperties container podProperties env secrets name valueFrom logConfiguration secretOptions options repositoryCredentials environment command parameters".split(
      " ",
    ),
  );
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('{"image":"i"}')),
    tree: fc.oneof(
      { maxDepth: 8 },
      tie("leaf"),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(keys, tie("tree"), { maxKeys: 5 }),
    ),
  }));
  const styles = fc.constantFrom<JobDefinitionStyle>("api", "cloudformation", "terraform", "awscc");
  fc.assert(
    fc.property(tree, styles, (document, style) => {
      const ids = job(document, style).containers.flatMap(({ secrets }) => secrets.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
