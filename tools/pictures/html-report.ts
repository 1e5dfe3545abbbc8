/** The page that `--format html` writes, from the examples. */
import { join } from "node:path";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { write } from "../../src/report/html/html.ts";
import type { Tab } from "../../test/support/chromium.ts";
import { IMAGES, root } from "./page.ts";

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

export async function htmlReport(tab: Tab): Promise<void> {
  const { report, excerpts } = await check(options);
  for (const { name, ...screen } of VIEWS) {
    await tab.screen({ ...screen, scale: 2 });
    await tab.show(write(report, excerpts));
    await tab.evaluate("document.querySelector('.is-proven details, .is-fully details')?.setAttribute('open', '')");
    if (name !== "desktop") await tab.evaluate("document.querySelector('#references').scrollIntoView()");
    await tab.save(join(IMAGES, `page-${name}.png`));
  }
}
