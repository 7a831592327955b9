/**
 * Characters at which a spreadsheet takes a cell for a formula; full-width forms and what stands behind a space count
 * too (OWASP, CSV injection).
 */
const startsFormula = /^[\s\0]*[=+\-@|%\t\r＝＋－＠]/u;

/** A cell that a spreadsheet shows and never works out. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const flat = value.replaceAll(/[\r\n\t\0]+/g, ' ');
  const safe = startsFormula.test(value) ? `'${flat}` : flat;
  return `"${safe.replaceAll('"', '""')}"`;
}
