/**
 * Makes the pictures of docs/images from what the program really writes.
 *
 * Needs Chromium (its path in CHROMIUM, or where distributions have it) and packages that the project itself doesn't use:
 * `npm install --no-save marked github-markdown-css`, then `node tools/pictures.ts`.
 */
import { openTab } from "../test/support/chromium.ts";
import { comment } from "./pictures/comment.ts";
import { htmlReport } from "./pictures/html-report.ts";
import { phone } from "./pictures/phone.ts";

const tab = await openTab();
try {
  await comment(tab);
  await phone(tab);
  await htmlReport(tab);
} finally {
  await tab.close();
}
