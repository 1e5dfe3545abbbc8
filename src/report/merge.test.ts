import { expect, test } from "vitest";
import { renderJson } from "./json.ts";
import { mergeReports, reportIn } from "./merge.ts";
import { finding, placeAt, provenReference, remedy, reportOf, unverified } from "./testing.ts";

const report = reportOf([finding({ remedy: remedy("Allow it.", '{ "Effect": "Allow" }') })], {
  references: [provenReference()],
  unverified: [unverified()],
  problems: [{ path: "broken.json", message: "Unexpected end.", line: 7 }],
  notes: [{ path: "a.tf", message: "Not read." }],
});

test("a JSON report can be read again, and says the same", () => {
  const text = renderJson(report);
  const again = reportIn(text);
  expect(again && JSON.parse(renderJson(again))).toEqual({ ...JSON.parse(text), base: null });
});

test("the code of a remedy is in the language of its file", () => {
  const languages = ["a.tf", "a.yaml", "a.json"].map((path) => {
    const one = finding({ location: placeAt(path, 1), remedy: remedy("Allow it.", "code") });
    return reportIn(renderJson(reportOf([one])))?.findings[0]?.remedy.language;
  });
  expect(languages).toEqual(["hcl", "yaml", "json"]);
});

test("reports are one: paths begin with their names, counts are summed, and one that fails is enough", () => {
  const merged = mergeReports([
    { name: "shop", report },
    { name: "ads", report: reportOf([]) },
    { name: "shop", report: reportOf([finding()]) },
  ]);
  expect(merged.verdict).toBe("fail");
  expect(merged.findings.map(({ location }) => location.path)).toEqual([
    "shop/jobs/nightly.json",
    "shop-2/jobs/nightly.json",
  ]);
  expect(new Set(merged.findings.map((one) => one.fingerprint)).size).toBe(2);
  expect(merged.references.map(({ location, links }) => [location.path, links.read.location?.path])).toEqual([
    ["shop/jobs/nightly.json", "shop/iam/x.json"],
  ]);
  expect(merged.problems).toEqual([{ path: "shop/broken.json", message: "Unexpected end.", line: 7 }]);
  expect(merged.summary.errors).toBe(2);
  expect(merged.summary.jobDefinitions).toBe(3 * report.summary.jobDefinitions);
  expect(mergeReports([{ name: "ads", report: reportOf([]) }]).verdict).toBe("pass");
});

test.each([
  "",
  "[]",
  "{}",
  '{"version": 2}',
  renderJson(report).replace('"verdict": "fail"', '"verdict": "fine"'),
  renderJson(report).replace(/"severity": "\w+"/, '"severity": "<b>"'),
  renderJson(report).replace('"line": 7', '"line": "7"'),
  renderJson(report).replace('"cause": {', '"cause": null, "was": {'),
])("what is no report is not read as one", (text) => {
  expect(reportIn(text)).toBeUndefined();
});
