/** Looking for numbers by halves, so that it does not matter how many there are. */

/** The index of the last of ascending numbers that is at most this; -1 when there is none. */
export function lastUpTo(ascending: readonly number[], most: number): number {
  let low = -1;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
