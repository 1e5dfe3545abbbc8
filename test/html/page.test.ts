/** The page of a report in a real browser: what it shows, what it loads, and how it is used without a mouse. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { write as renderHtml } from "../../src/report/html/html.ts";
import { finding, provenReference, reportOf, unverified } from "../../src/report/testing.ts";
import type { Reference } from "../../src/verdict/account.ts";
import { chromium, openTab, type Tab } from "../support/chromium.ts";

const lines = { line: (_: string, line: number) => `  "valueFrom": "arn:aws:x:password" ${line}` };

const references: readonly Reference[] = [
  provenReference({ name: "A", deployments: ["production"] }),
  provenReference({ name: "B", deployments: ["staging"], state: "fully proven" }),
  provenReference({ name: "C", job: "weekly", deployments: ["staging"], state: "with findings" }),
];
const report = reportOf([finding({ deployments: ["staging"] })], { references, unverified: [unverified()] });

describe.skipIf(chromium === undefined && process.env["CI"] === undefined)("in a browser", () => {
  let tab: Tab;
  const visible = () =>
    tab.evaluate<string[]>(
      "[...document.querySelectorAll('.ref')].filter((one) => one.checkVisibility()).map((one) => one.querySelector('code').textContent)",
    );
  beforeAll(async () => {
    tab = await openTab();
  });
  afterAll(async () => {
    await tab?.close();
  });

  test("references are chosen by state and by deployment, with the keyboard alone and without scripts", async () => {
    await tab.call("Emulation.setScriptExecutionDisabled", { value: true });
    await tab.show(renderHtml(report, lines));
    expect(await visible()).toEqual(["A", "B", "C"]);
    await tab.evaluate("document.querySelector('#show-all').focus()");
    await tab.press("ArrowRight", 39);
    expect(await visible()).toEqual(["C"]);
    await tab.press("ArrowRight", 39);
    await tab.press("ArrowRight", 39);
    expect(await visible()).toEqual(["A"]);
    expect(await tab.evaluate("document.querySelectorAll('.job')[1].checkVisibility()")).toBe(false);
    await tab.press("ArrowLeft", 37);
    await tab.press("ArrowLeft", 37);
    await tab.press("ArrowLeft", 37);
    await tab.press("Tab", 9);
    await tab.press("ArrowRight", 39);
    await tab.press("ArrowRight", 39);
    expect(await visible()).toEqual(["B", "C"]);
    await tab.call("Emulation.setScriptExecutionDisabled", { value: false });
  });

  test("a chain opens with the keyboard and shows what proves each link", async () => {
    await tab.show(renderHtml(report, lines));
    const text = "document.querySelector('.ref .evidence').checkVisibility()";
    expect(await tab.evaluate(text)).toBe(false);
    await tab.evaluate("document.querySelector('.ref summary').focus()");
    await tab.press("Enter", 13);
    expect(await tab.evaluate(text)).toBe(true);
    const shown = await tab.evaluate<string>("document.querySelector('.ref .evidence').innerText");
    expect(shown).toContain("Statement: proven\nx may read db iam/x.json:3:9 secret-read-allowed");
    expect(shown).toContain("Assumes: no service control policy");
  });

  test("what has the focus has an outline", async () => {
    await tab.show(renderHtml(report, lines));
    await tab.press("Tab", 9);
    expect(await tab.evaluate("getComputedStyle(document.activeElement).outlineWidth")).toBe("3px");
    expect(await tab.evaluate("document.activeElement.innerText")).toBe("Skip to the content");
  });

  test("assistive tools get headings, names of groups, and the state of each link", async () => {
    await tab.show(renderHtml(report, lines));
    const { nodes } = (await tab.call("Accessibility.getFullAXTree")) as {
      readonly nodes: readonly { readonly role?: { value: string }; readonly name?: { value: string } }[];
    };
    const of = (role: string) => nodes.filter((one) => one.role?.value === role).map(({ name }) => name?.value);
    expect(of("heading").sort()).toEqual(
      [
        "Secrets of AWS Batch jobs: failed",
        "Findings",
        "error: arn:aws:x:password has 3 resource parts.",
        "Open questions",
        "References",
        "nightly in jobs/nightly.json, 2 references",
        "weekly in jobs/nightly.json, 1 reference",
      ].sort(),
    );
    expect(of("radio").slice(0, 3)).toEqual(["all (3)", "with findings (1)", "unverified (0)"]);
    expect(of("group")).toEqual(expect.arrayContaining(["Show", "Deployment"]));
    expect(of("DisclosureTriangle").join()).toContain("Statement proven");
    expect(of("main").length + of("banner").length + of("contentinfo").length).toBe(3);
  });

  test.each(["light", "dark"] as const)("on a phone nothing is wider than the screen, also in %s", async (theme) => {
    await tab.screen({ width: 340, height: 800, theme });
    const long = finding({ message: `\`${"x".repeat(300)}\` is long`, location: { ...finding().location } });
    await tab.show(renderHtml(reportOf([long], { references }), lines));
    await tab.evaluate("document.querySelectorAll('details').forEach((one) => one.setAttribute('open', ''))");
    expect(await tab.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(340);
    const page = await tab.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(page).toBe(theme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)");
    await tab.screen({ width: 1000, height: 800 });
  });

  test("what a file holds is shown, never run or loaded", async () => {
    const hostile = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>\u202e"'&`;
    const bad = provenReference({ name: hostile, job: hostile, secret: hostile, deployments: [hostile, "b"] });
    const html = renderHtml(
      reportOf([finding({ message: hostile, help: `javascript:alert(1)"onclick="x` })], {
        references: [bad],
        problems: [{ path: hostile, message: hostile }],
      }),
      { line: () => hostile },
    );
    await tab.show(html);
    expect(await tab.evaluate("document.title")).toBe("Secrets of AWS Batch jobs: failed");
    expect(await tab.evaluate("document.querySelectorAll('img,script,iframe,link,object').length")).toBe(0);
    expect(await tab.evaluate("performance.getEntriesByType('resource').length")).toBe(0);
    expect(await tab.evaluate("document.querySelector('.job h3').textContent")).toContain("<img src=x onerror=");
    expect(
      await tab.evaluate("[...document.querySelectorAll('a')].some((one) => one.protocol === 'javascript:')"),
    ).toBe(false);
  });

  test("2,000 references are all there", async () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      provenReference({ job: `job-${index >> 2}`, name: `SECRET_${index}` }),
    );
    const html = renderHtml(reportOf([], { references: many }), lines);
    expect(html.length).toBeLessThan(8_000_000);
    await tab.show(html);
    await tab.evaluate("document.querySelector('#show-proven').click()");
    expect(await tab.evaluate("document.querySelectorAll('.ref').length")).toBe(2_000);
  });
});
