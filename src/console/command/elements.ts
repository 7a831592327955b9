import { elements } from '../../room/assessment.ts';

const letters = elements.map((one) => one.charAt(0)).join('');
const mark = new RegExp(`(?:^|\\s)(${elements.join('|')}|[${letters}]):`, 'gi');

/**
 * An assessment as it is typed, each element after its letter or its name: `t: knife in hand h: she is cut r: he is
 * still there`. Null where none is named.
 */
export function elementsOf(typed: string): Readonly<Record<string, string>> | null {
  const marks = [...typed.matchAll(mark)];
  const found: Record<string, string> = {};
  for (const [place, one] of marks.entries()) {
    const named = (one[1] ?? '').toLowerCase();
    const element = elements.find((name) => name === named || name.charAt(0) === named);
    const says = typed.slice(one.index + one[0].length, marks[place + 1]?.index).trim();
    if (element !== undefined && says !== '') found[element] = says;
  }
  return Object.keys(found).length === 0 ? null : found;
}
