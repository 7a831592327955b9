import { readFileSync, writeFileSync } from 'node:fs';
import { sayProblem } from '../../src/border/problem.ts';
import { readPlanted } from '../../src/simulate/planted.ts';
import type { Planted } from '../../src/simulate/planted.ts';
import { textOf } from './text.ts';
import { livedWeek } from './week.ts';

/** The value behind `--name`, or what stands where it is not given. */
function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
}

function plantedOf(half: string): readonly Planted[] {
  if (half === 'none') return [];
  const file = `planted/${half}.ndjson`;
  const { planted, problems } = readPlanted(readFileSync(file, 'utf8'), file);
  if (problems.length > 0) throw new Error(problems.map(sayProblem).join('\n'));
  return planted;
}

const half = option('planted', 'judging');
const week = livedWeek({
  size: option('size', 'force') === 'county' ? 'county' : 'force',
  hours: Number(option('hours', '168')),
  seed: Number(option('seed', '7')),
  planted: plantedOf(half),
  told: (line) => {
    process.stderr.write(`${line}\n`);
  },
});
process.stdout.write(textOf(week, half));
const json = option('json', '');
// What the judging half says is not to be read by whoever tunes: neither its words nor which of it was missed.
if (json !== '')
  writeFileSync(
    json,
    `${JSON.stringify(half === 'judging' ? { ...week, recall: { ...week.recall, missed: [], falseAlarms: [] } } : week, null, 2)}\n`,
  );
