/** Names longer than this are not compared: nobody mistypes one, and comparing costs their product. */
const comparedLimit = 64;

/** The known name that a mistyped one most likely means, if any is near enough to be worth saying. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const written = name.toLowerCase();
  if (written === '' || written.length > comparedLimit) return undefined;
  const allowed = Math.max(1, Math.floor(written.length / 3));
  let nearest: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    if (candidate.length > comparedLimit || Math.abs(candidate.length - name.length) > allowed) continue;
    const distance = editDistance(written, candidate.toLowerCase());
    if (distance <= allowed && (nearest === undefined || distance < nearest.distance))
      nearest = { candidate, distance };
  }
  return nearest?.candidate;
}

/** Insertions, deletions, changes and swaps of neighbours that turn one text into the other. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const changed = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const swapped = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : changed;
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, changed, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
