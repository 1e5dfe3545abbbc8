/** How a run of many files keeps its memory small. */

/** As many files, or characters, have some hundred megabytes of objects in all. */
const MANY_FILES = 500;
const MANY_CHARACTERS = 8_000_000;

/** What keeps most memory free, and what does so in less time where much is in use. */
const OF_MANY_FILES = ["--heap-growing-percent=10"];
const OF_LONG_FILES = ["--max-semi-space-size=8", "--heap-growing-percent=60"];

/**
 * The room for young objects in a run of many files. With less of it, V8 takes what a root module needs for a moment
 * for something that stays, and copies it; with more it would keep as much as 64 MB.
 */
const YOUNG = 16 * 1024 * 1024;
/** So many lists of 8 kB survive at most until V8 has made that room. */
const SURVIVORS = 2_000;

type V8 = typeof import("node:v8");

/**
 * Tells V8 to collect garbage sooner, before a run reads that much: it would let young objects take 130 MB, and old
 * ones four times what is in use. Smaller runs don't load what tells it.
 * https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export async function saveMemory(files: number): Promise<void> {
  if (files < MANY_FILES) return;
  const v8 = await import("node:v8");
  for (const flag of OF_MANY_FILES) v8.setFlagsFromString(flag);
  limitYoung(v8);
}

/** Tells V8 the same where files that are few turn out to be long. */
export async function saveMemoryOfLong(files: number, characters: number): Promise<void> {
  if (files >= MANY_FILES || characters < MANY_CHARACTERS) return;
  const v8 = await import("node:v8");
  for (const flag of OF_LONG_FILES) v8.setFlagsFromString(flag);
}

/**
 * Gives young objects their room at once, and never more. A running V8 takes no size, only the factor by which that
 * room grows when as much as it has survives.
 */
function limitYoung({ getHeapSpaceStatistics, setFlagsFromString }: V8): void {
  const room = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? YOUNG;
  const grow = (factor: number) => setFlagsFromString(`--semi-space-growth-factor=${factor}`);
  grow(Math.max(1, Math.round(YOUNG / room())));
  const survivors: number[][] = [];
  while (room() < YOUNG && survivors.length < SURVIVORS) survivors.push(new Array(1_000).fill(0));
  grow(1);
}
