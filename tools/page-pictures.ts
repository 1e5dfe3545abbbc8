/**
 * Makes the pictures of the page that `--format html` writes, from the examples: docs/images/page-*.png.
 *
 * Needs Chromium (its path in CHROMIUM, or where distributions have it): `node tools/page-pictures.ts`.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";
import { write } from "../src/report/html/html.ts";
import { openTab } from "../test/support/chromium.ts";

const root = join(import.meta.dirname, "..");
const VIEWS = [
  { name: "desktop", width: 1000, height: 1200, theme: "light" },
  { name: "dark", width: 1000, height: 1200, theme: "dark" },
  { name: "phone", width: 340, height: 900, theme: "light" },
] as const;

const options = {
  root: join(root, "examples"),
  // One finding is enough of them: the chains are what the picture is about.
  paths: ["good", "bad/colons"],
  ignore: [],
  config: defaultConfig,
  failOn: "error",
} as const;
const { report, excerpts } = await check(options);
const folder = mkdtempSync(join(tmpdir(), "pictures-"));
const file = join(folder, "page.html");
writeFileSync(file, write(report, excerpts));
const tab = await openTab();
try {
  for (const { name, width, height, theme } of VIEWS) {
    await tab.call("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 2, mobile: width < 500 });
    await tab.call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
    await tab.open(`file://${file}`);
    await tab.evaluate("document.querySelector('.is-proven details, .is-fully details')?.setAttribute('open', '')");
    if (name !== "desktop") await tab.evaluate("document.querySelector('#references').scrollIntoView()");
    const { data } = await tab.call("Page.captureScreenshot");
    writeFileSync(join(root, `docs/images/page-${name}.png`), Buffer.from(String(data), "base64"));
  }
} finally {
  await tab.close();
  rmSync(folder, { recursive: true });
}
