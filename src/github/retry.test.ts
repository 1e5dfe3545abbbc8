import { expect, test } from "vitest";
import { type Refusal, retryDelay } from "./retry.ts";

const refusal: Refusal = { status: 500, headers: {}, method: "GET", retries: 0, now: 1_000_000 };

test("a rate limit is waited for as long as it says", () => {
  expect(retryDelay({ ...refusal, status: 429, headers: { "retry-after": "7" }, method: "POST" })).toBe(7_000);
  expect(retryDelay({ ...refusal, status: 403, headers: { "retry-after": "0" }, method: "POST" })).toBe(0);
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1005" };
  expect(retryDelay({ ...refusal, status: 403, headers })).toBe(5_000);
});

test("a limit that says nothing is waited for a minute", () => {
  expect(retryDelay({ ...refusal, status: 429 })).toBe(60_000);
  expect(retryDelay({ ...refusal, status: 403, headers: { "x-ratelimit-remaining": "0" } })).toBe(60_000);
});

test("a lack of permission is not repeated, nor is a wrong request", () => {
  expect(retryDelay({ ...refusal, status: 403, headers: { "x-ratelimit-remaining": "99" } })).toBeUndefined();
  for (const status of [400, 401, 404, 410, 422]) expect(retryDelay({ ...refusal, status })).toBeUndefined();
});

test("of failures of the server only reads are repeated, twice", () => {
  expect(retryDelay({ ...refusal, status: 502 })).toBe(1_000);
  expect(retryDelay({ ...refusal, status: undefined, retries: 1 })).toBe(2_000);
  expect(retryDelay({ ...refusal, retries: 2 })).toBeUndefined();
  expect(retryDelay({ ...refusal, method: "POST" })).toBeUndefined();
  expect(retryDelay({ ...refusal, method: "PATCH", status: undefined })).toBeUndefined();
});
