import fc from "fast-check";
import { expect, test } from "vitest";
import { prose } from "../report/escape.ts";
import { readInputs } from "./inputs.ts";
import { type Marker, markerKey, readMarker, writeMarker } from "./marker.ts";

const key = fc.stringMatching(/^[0-9a-f]{8}$/);
const texts = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 });
const markers: fc.Arbitrary<Marker> = fc.oneof(
  fc.record({ kind: fc.constantFrom("summary" as const, "fixed" as const), key }),
  fc.record({
    kind: fc.constant("finding" as const),
    key,
    fingerprints: texts,
    anywhere: texts,
  }),
);

test("a marker is a hidden line", () => {
  expect(writeMarker({ kind: "summary", key: "0a1b2c3d" })).toBe("<!-- batch-secrets-check summary 0a1b2c3d -->\n");
  expect(writeMarker({ kind: "finding", key: "0a1b2c3d", fingerprints: ["ab--> x", "c,d"], anywhere: ["e", ""] })).toBe(
    "<!-- batch-secrets-check finding 0a1b2c3d ab%2D%2D%3E%20x,c%2Cd e,~ -->\n",
  );
});

test("any marker is read back, whatever follows and however lines end", () => {
  fc.assert(
    fc.property(markers, fc.string(), (marker, rest) => {
      expect(readMarker(`${writeMarker(marker)}${rest}`)).toEqual(marker);
      expect(readMarker(`${writeMarker(marker)}${rest}`.replace("\n", "\r\n"))).toEqual(marker);
      expect(writeMarker(marker).match(/-->/g)).toHaveLength(1);
    }),
  );
});

test("a marker counts on the first line only", () => {
  expect(readMarker(`\n${writeMarker({ kind: "summary", key: "ab" })}`)).toBeUndefined();
  expect(readMarker(`quoted ${writeMarker({ kind: "summary", key: "ab" })}`)).toBeUndefined();
});

test("what only looks like a marker is none", () => {
  for (const body of ["", "<!-- batch-secrets-check other ab -->", "<!-- batch-secrets-check finding ab -->"]) {
    expect(readMarker(body)).toBeUndefined();
  }
  expect(readMarker("<!-- batch-secrets-check finding ab %E0%A4 cd -->")).toBeUndefined();
  expect(readMarker("<!-- batch-secrets-check summary ab cd ef -->")).toBeUndefined();
});

test("a message of a pull request can't become a marker", () => {
  fc.assert(
    fc.property(markers, (marker) => {
      expect(readMarker(prose(writeMarker(marker)))).toBeUndefined();
    }),
  );
});

test("steps that check different things, or stand in different places, have different keys", () => {
  const keyOf = (inputs: Record<string, string>, step: Record<string, string> = {}) =>
    markerKey(
      step,
      readInputs(
        Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ),
    );
  const keys = [
    keyOf({}),
    keyOf({ paths: "a" }),
    keyOf({ "paths-ignore": "a" }),
    keyOf({ config: "prod.yaml" }),
    keyOf({ config: "test.yaml" }),
    keyOf({ "working-directory": "infra" }),
    keyOf({ "fail-on": "never" }),
    keyOf({ policies: "own.tar.gz" }),
    keyOf({ evidence: "collect" }),
    keyOf({ name: "prod" }),
    keyOf({ matrix: '{"environment": "prod"}' }),
    keyOf({ matrix: '{"environment": "test"}' }),
    keyOf({ name: "prod", matrix: '{"environment": "test"}' }),
    keyOf({}, { GITHUB_WORKFLOW: "a" }),
    keyOf({}, { GITHUB_JOB: "a" }),
    keyOf({}, { GITHUB_ACTION: "a" }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}$/);
  expect(keyOf({ comment: "never", "report-file": "a.json", matrix: "null" })).toBe(keyOf({}));
  expect(keyOf({ name: "prod", paths: "a" }, { GITHUB_JOB: "a" })).toBe(keyOf({ name: "prod" }));
});
