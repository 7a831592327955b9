import { parseArgs } from 'node:util';
import { benchBatch, benchFairness } from './batch.ts';
import { benchScripts } from './name-recall.ts';
import { benchOnline } from './online.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string' },
    questions: { type: 'string', default: '600' },
    slow: { type: 'string', default: '100' },
    keep: { type: 'string' },
  },
});
const people = values.people === undefined ? null : Number(values.people);
const print = (line: string): void => console.log(line);

/** Each part by its name: what a run of it measures. */
const parts: Readonly<Record<string, (rest: readonly string[]) => Promise<void> | void>> = {
  online: () =>
    benchOnline(
      {
        people: people ?? 100_000,
        questions: Number(values.questions),
        slowQuestions: Number(values.slow),
        folder: values.keep,
      },
      print,
    ),
  batch: (sets) => benchBatch({ sets, people }, print),
  scripts: () => benchScripts(print),
  fairness: () => benchFairness(people ?? 65_000, print),
};

const [asked = 'online', ...rest] = positionals;
const part = parts[asked];
if (part === undefined) throw new Error(`There is no part ${asked}; the parts are ${Object.keys(parts).join(', ')}.`);
await part(rest);
