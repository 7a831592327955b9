import type { Bounds } from '../../src/batch/duckdb.ts';

/**
 * The one setting at which every set of the bench is linked, written down before any of them was looked at: a model is
 * learned from the records themselves without anybody's labels, and its own threshold of .9 puts two records together.
 * Nothing is chosen for a set but which of its columns holds what; HEED_BENCH_GB gives the engine another memory.
 */
export const bounds: Bounds = { memoryBytes: Number(process.env['HEED_BENCH_GB'] ?? '2') * 2 ** 30, threads: 2 };

/** The day that runs are dated. */
export const at = '2026-01-01';

/** Seeds of the invented people and of what is written of them. */
export const seeds = { population: 1, records: 1 };

/** People of the invented populations: about one and a half records are written of each, so 20 k and 100 k records. */
export const populations = [13_000, 65_000];

/** What others came to on a set: pairwise F1 after clustering, and seconds on another machine. */
export interface Rival {
  readonly who: string;
  readonly f1: number;
  readonly seconds: string;
}

/** As measured before this was built, on two cores; a set not named was not measured, or not with these rows. */
export const rivals: Readonly<Record<string, readonly Rival[]>> = {
  febrl3: [
    { who: 'Splink', f1: 0.9973, seconds: '2.2' },
    { who: 'prototype', f1: 0.9986, seconds: '1.5' },
  ],
  'historical figures': [
    { who: 'Splink on twice these rows', f1: 0.828, seconds: '7.5 to 8.4' },
    { who: 'prototype on twice these rows', f1: 0.899, seconds: '9.9 to 11' },
  ],
  'a million invented records': [
    { who: 'Splink on records invented otherwise', f1: 0.9616, seconds: '44 to 46' },
    { who: 'prototype on records invented otherwise', f1: 0.9785, seconds: '17 to 18' },
  ],
};

/** Seconds that the reference query took where the rivals' times were measured. */
export const referenceSeconds = 3.7;
