/** Addresses of raw resources: what people call them, made unique within the unit. */
import type { Identity } from "./found.ts";

export interface Wanted {
  /** The resource's own name; null: the file's is taken. */
  readonly name: string | null;
  /** The file as it is called within the unit. */
  readonly file: string;
}

/**
 * An identity for each resource, none of them in `taken`, which gets the new ones. A name that stands once is the
 * address; of a name that stands more often every one gets its file, so that the order of files decides nothing; what
 * is still equal is numbered.
 */
export function identities(unit: string, wanted: readonly Wanted[], taken: Set<string>): readonly Identity[] {
  const times = new Map<string, number>();
  for (const { name, file } of wanted) times.set(name ?? file, (times.get(name ?? file) ?? 0) + 1);
  const numbers = new Map<string, number>();
  return wanted.map(({ name, file }) => {
    const plain = name ?? file;
    const shared = (times.get(plain) ?? 0) > 1 || taken.has(plain);
    const address = free(name !== null && shared ? `${name} (${file})` : plain, taken, numbers);
    taken.add(address);
    return { id: `${unit}#${address}`, address, unit };
  });
}

/** The address with the first number that is not taken; `numbers` has the last one of each. */
function free(address: string, taken: ReadonlySet<string>, numbers: Map<string, number>): string {
  if (!taken.has(address)) return address;
  let number = (numbers.get(address) ?? 1) + 1;
  while (taken.has(`${address} #${number}`)) number++;
  numbers.set(address, number);
  return `${address} #${number}`;
}
