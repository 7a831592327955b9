import type { ReportedDuty } from '../views/played-report.ts';

/** Rungs of one duty that are shown one by one: nobody reads the fortieth that nobody answered. */
const shownMax = 6;

/** How a duty climbed, for the reader: `to fim`, and after the first few how often more. */
export function rungLines({ rungs }: ReportedDuty): readonly { readonly at: string; readonly says: string }[] {
  const isLong = rungs.length > shownMax + 1;
  const shown = rungs.slice(0, isLong ? shownMax : shownMax + 1).map(({ at, to, told, late }) => {
    const reached = told === to ? to : `${to} (nobody there: ${told})`;
    return { at, says: `to ${reached}${late ? ', late' : ''}` };
  });
  const last = rungs.at(-1);
  if (last === undefined || !isLong) return shown;
  return [...shown, { at: last.at, says: `${rungs.length - shownMax} more times, now to ${last.told}` }];
}
