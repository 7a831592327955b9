import { readFileSync, writeFileSync } from 'node:fs';
import { sayProblem } from '../../src/border/problem.ts';
import { readPlanted } from '../../src/simulate/planted.ts';
import type { Planted } from '../../src/simulate/planted.ts';
import type { Call } from '../../src/simulate/calls.ts';
import type { County } from '../../src/simulate/county.ts';
import { realCalls, whyNoFile } from './real.ts';
import { textOf } from './text.ts';
import { livedWeek } from './week.ts';
import type { Week } from './week.ts';

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

const size = option('size', 'force') === 'county' ? 'county' : 'force';
const hours = Number(option('hours', '24'));
const seed = Number(option('seed', '7'));
const json = option('json', '');
/** For hearing as much as the naive rules do, and no more: docs/burden.md. */
const least = option('least-weight', '');
const strictness = least === '' ? {} : { leastWeight: Number(least) };
const told = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Writes a result; of the judging half neither the words nor which of it was missed, for somebody tunes by it. */
function write(week: Week, half: string, name: string): void {
  process.stdout.write(textOf(week, half));
  if (json === '') return;
  const recall = half === 'judging' ? { ...week.recall, missed: [], falseAlarms: [] } : week.recall;
  const { samples, worstHour } = week.burden;
  const burden = half === 'judging' ? { ...week.burden, samples: {} } : { ...week.burden, samples, worstHour };
  writeFileSync(
    json.replace(/(\.json)?$/, `${name}.json`),
    `${JSON.stringify({ ...week, burden, recall }, null, 2)}\n`,
  );
}

if (!process.argv.includes('--only-real')) {
  const half = option('planted', 'judging');
  write(livedWeek({ size, hours, seed, planted: plantedOf(half), told, ...strictness }), half, '');
}
const reason = whyNoFile();
if (reason !== null) told(reason);
else if (!process.argv.includes('--without-real')) {
  told('The real calls of as many hours, answered by the same room:');
  const calls = (county: County, from: number): readonly Call[] => realCalls(county, { from, days: hours / 24 });
  write(livedWeek({ size, hours, seed, planted: [], calls, told, ...strictness }), 'none', '-real');
}
