/**
 * Joins the chunks that ncc made where several are loaded at once: each file costs 0.5 ms at a start (Node 24), and a check loaded nine.
 * ncc splits off whatever two places of the code share, and has no setting for it.
 */

/** Names of ncc's output that are looked for below; `bundle` tests nothing else, so a change of them must fail the build. */
const REQUIRE = 'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n';
const SITE = /Promise\.all\(\/\* import\(\) \*\/ ?\[((?:__\w+_require__\.e\(\d+\)(?:, )?)+)\]\)/g;
const CHUNK =
  /^(?:import [^\n]*\n)?export const id = (\d+);\nexport const ids = \[([\d, ]+)\];\nexport const modules = \{\n([\s\S]*?),?\n\};\s*$/;

/**
 * The files with chunks joined that a place in `main` loads at once: the longest such place first, and last the last one, which is
 * that of the program that is started less often. Texts are by name, as ncc made them.
 */
export function joinChunks(files: ReadonlyMap<string, string>, main: string): Map<string, string> {
  const text = (name: string): string => files.get(name) ?? fail(`there is no ${name}`);
  const file = (id: string): string => `${id}.${main}`;
  const places = sites(text(main));
  const last = places.pop() ?? fail("no place is found where chunks are loaded");

  const homes = new Map<string, string>();
  const result = new Map(files);
  for (const ids of [...places.sort((a, b) => b.length - a.length), last]) {
    const fresh = ids.filter((id) => !homes.has(id));
    const home = fresh.at(-1);
    if (home === undefined) continue;
    for (const id of fresh) {
      homes.set(id, home);
      result.delete(file(id));
    }
    result.set(file(home), join(fresh.map((id) => text(file(id)))));
  }
  return result.set(main, redirect(text(main), main, homes));
}

/** The ids of the chunks that are loaded at once, for each place of a text that loads several. */
function sites(text: string): string[][] {
  return [...text.matchAll(SITE)].map(([, calls = ""]) => [...calls.matchAll(/\d+/g)].map(([id]) => id));
}

/** One chunk of several. Its `ids` tell the runtime which ones have arrived with it. */
function join(texts: readonly string[]): string {
  const parts = texts.map((text) => {
    const [, id = "", ids = "", modules = ""] = CHUNK.exec(text) ?? fail("a chunk does not look as expected");
    return { id, ids, modules };
  });
  const [last = ""] = parts.map(({ id }) => id).slice(-1);
  const ids = parts.map((part) => part.ids).join(", ");
  const head = texts.some((text) => text.startsWith(REQUIRE)) ? REQUIRE : "";
  const modules = parts.map((part) => part.modules).join(",\n");
  return `${head}export const id = ${last};\nexport const ids = [${ids}];\nexport const modules = {\n${modules}\n};\n`;
}

/** The runtime's function from a chunk to its file, told of chunks that moved. */
function redirect(text: string, main: string, homes: ReadonlyMap<string, string>): string {
  const moved = [...homes].filter(([id, home]) => id !== home).map(([id, home]) => `${id}: ${home}`);
  const before = `return "" + chunkId + ".${main}";`;
  if (!text.includes(before)) fail("the runtime does not name chunks as expected");
  return text.replace(before, `return "" + ({ ${moved.join(", ")} }[chunkId] || chunkId) + ".${main}";`);
}

function fail(why: string): never {
  throw new Error(`joining chunks: ${why}; does ncc write something else than before?`);
}
