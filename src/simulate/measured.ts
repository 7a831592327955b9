import { z } from 'zod';
import { readShipped } from './shipped.ts';

const share = z.number().min(0).max(1);

/** The shape of real call traffic, as `scripts/measure-traffic.ts` wrote it down: numbers, no records. */
export const measured = readShipped(
  'measured.json',
  z.strictObject({
    about: z.string(),
    sources: z.array(z.string()),
    publicCallsADay: z.number(),
    /** Each hour of the week beside the mean, Monday at midnight first. */
    weekHours: z.array(z.number().positive()).length(168),
    /** Variance of an hour's calls beside their mean. */
    dispersion: z.number(),
    /** Share of calls with an earlier one at the same address within so long. */
    repeatAtPlace: z.strictObject({
      within15Minutes: share,
      within1Hour: share,
      within24Hours: share,
      within7Days: share,
      within30Days: share,
    }),
    busiestHundredthTakes: share,
    busiestTenthTakes: share,
    duplicateShare: share,
    gapSecondsSanDiego: z.array(z.number()).length(5),
  }),
);
