/** Libraries of rare functions: loaded before an evaluation, when the text of a module or template calls for them. */

import { loadGlobs } from "./functions/glob.ts";
import { loadPatterns } from "./functions/patterns.ts";
import { loadYaml } from "./functions/yaml.ts";

interface Library {
  readonly isNeededBy: (text: string) => boolean;
  readonly load: () => Promise<void>;
}

const LIBRARIES: readonly Library[] = [
  { isNeededBy: (text) => /\byamldecode\(/.test(text), load: loadYaml },
  {
    isNeededBy: (text) => /\bregex(?:all)?\(/.test(text) || (/\breplace\(/.test(text) && /"\/[^"\n]+\/"/.test(text)),
    load: loadPatterns,
  },
  { isNeededBy: (text) => /\bfileset\(/.test(text), load: loadGlobs },
];

const loaded = new Set<Library>();

/** Loads what these texts need; false when all of it is loaded. A function without its library is unknown. */
export async function loadLibraries(texts: readonly string[]): Promise<boolean> {
  const missing = LIBRARIES.filter((library) => !loaded.has(library) && texts.some(library.isNeededBy));
  await Promise.all(missing.map(({ load }) => load()));
  for (const library of missing) loaded.add(library);
  return missing.length > 0;
}

export async function loadAllLibraries(): Promise<void> {
  await Promise.all(LIBRARIES.map(({ load }) => load()));
}
