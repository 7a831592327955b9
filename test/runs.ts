const defaultSeed = 20_260_101;

/** How many cases a property test tries: the small number day to day, HEED_RUNS of them in the full check. */
export function runs(small: number): number {
  return wholeNumberFrom('HEED_RUNS') ?? small;
}

/** Whether what takes minutes is told whole, as in the full check. */
export const isFullCheck = wholeNumberFrom('HEED_RUNS') !== undefined;

/** The settings of fast-check: how many runs, and one seed for everybody unless HEED_SEED says otherwise. */
export function propertySettings(small: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: runs(small), seed: wholeNumberFrom('HEED_SEED') ?? defaultSeed };
}

function wholeNumberFrom(name: 'HEED_RUNS' | 'HEED_SEED'): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`${name} must be a whole number from 1, not ${JSON.stringify(text)}`);
  }
  return value;
}
