/** Libraries of rare functions: loaded before an evaluation, when the text of a module calls for them. */

import { loadGlobs } from "./functions/glob.ts";
import { loadPatterns } from "./functions/patterns.ts";
import { loadYaml } from "./functions/yaml.ts";

const NEEDS = [
  { calls: /\byamldecode\(/, load: loadYaml },
  { calls: /\bregex(?:all)?\(|"\/[^"\n]+\/"/, load: loadPatterns },
  { calls: /\bfileset\(/, load: loadGlobs },
];

/** Loads what these texts need. A function whose library is not loaded is unknown. */
export async function loadLibraries(texts: readonly string[]): Promise<void> {
  const needed = NEEDS.filter(({ calls }) => texts.some((text) => calls.test(text)));
  await Promise.all(needed.map(({ load }) => load()));
}

/** Loads all of them. */
export async function loadAllLibraries(): Promise<void> {
  await Promise.all(NEEDS.map(({ load }) => load()));
}
