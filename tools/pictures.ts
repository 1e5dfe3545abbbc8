/**
 * Makes the pictures of docs/images from what the action really writes.
 *
 * Needs Chromium (its path in CHROMIUM, else /usr/bin/chromium) and packages that the project itself doesn't use:
 * `npm install --no-save marked github-markdown-css playwright-core`, then `node tools/pictures.ts`.
 */
import { comment } from "./pictures/comment.ts";
import { phone } from "./pictures/phone.ts";

await comment();
await phone();
