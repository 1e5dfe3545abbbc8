import fc from "fast-check";
import { expect, test } from "vitest";
import { prose } from "../report/escape.ts";
import { type Marker, markerKey, readMarker, writeMarker } from "./marker.ts";

const key = fc.stringMatching(/^[0-9a-f]{8}$/);
const markers: fc.Arbitrary<Marker> = fc.oneof(
  fc.record({ kind: fc.constant("summary" as const), key }),
  fc.record({ kind: fc.constant("finding" as const), key, fingerprint: fc.string({ unit: "grapheme" }) }),
);

test("a marker is a hidden line", () => {
  expect(writeMarker({ kind: "summary", key: "0a1b2c3d" })).toBe("<!-- batch-secrets-check summary 0a1b2c3d -->\n");
  expect(writeMarker({ kind: "finding", key: "0a1b2c3d", fingerprint: "ab--> x" })).toBe(
    "<!-- batch-secrets-check finding 0a1b2c3d ab%2D%2D%3E%20x -->\n",
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
  expect(readMarker("<!-- batch-secrets-check finding ab %E0%A4 -->")).toBeUndefined();
  expect(readMarker("<!-- batch-secrets-check summary ab cd -->")).toBeUndefined();
});

test("a message of a pull request can't become a marker", () => {
  fc.assert(
    fc.property(markers, (marker) => {
      expect(readMarker(prose(writeMarker(marker)))).toBeUndefined();
    }),
  );
});

test("steps that check different things have different keys", () => {
  expect(markerKey([["."], [], []])).toMatch(/^[0-9a-f]{8}$/);
  expect(markerKey([["."], ["a"], []])).not.toBe(markerKey([["."], [], ["a"]]));
  expect(markerKey([["."], ["a"], []])).toBe(markerKey([["."], ["a"], []]));
});
