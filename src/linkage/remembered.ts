/**
 * The same function, which remembers what it last answered: the streets and names of an area come again and again. It
 * must rest on its text alone. What was not asked for since as many others were as it keeps is forgotten.
 */
export function remembered<T>(answer: (text: string) => T, most: number): (text: string) => T {
  let fresh = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    const known = fresh.get(text);
    if (known !== undefined) return known;
    const found = older.get(text) ?? answer(text);
    if (fresh.size >= most) {
      older = fresh;
      fresh = new Map();
    }
    fresh.set(text, found);
    return found;
  };
}
