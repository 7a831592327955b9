import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { csvOf, linkedCsv, linkFolder, writtenTwice } from '../../test/linked.ts';
import { decidedLine } from '../../test/reviewed.ts';
import { DecisionLog, standing } from './decision-log.ts';
import { readDecisions } from './decisions.ts';
import { trainOn } from './link.ts';
import { linkHtml } from './report.ts';

function logIn(folder: string): { readonly log: DecisionLog; readonly file: string } {
  const file = join(folder, 'decisions.ndjson');
  const log = new DecisionLog(file, 'a+');
  onTestFinished(() => log.close());
  return { log, file };
}

test('two people in two processes who append to one file lose no line of each other', async () => {
  const { log, file } = logIn(linkFolder());
  const child = fileURLToPath(new URL('../../test/append-child.ts', import.meta.url));
  const ended = await Promise.all(
    ['Ann', 'Ben'].map(async (by) => {
      const args = ['--import', 'tsx', child, file, by, '150'];
      return once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
    }),
  );
  expect(ended).toEqual([
    [0, null],
    [0, null],
  ]);
  for (const by of ['Ann', 'Ben'])
    expect(
      log
        .lines()
        .filter((line) => line.by === by)
        .map(({ one }) => one),
    ).toEqual(Array.from({ length: 150 }, (_, at) => `people:${at}`));
  expect(log.damaged()).toEqual([]);
});

test('what another appended is seen, though the file was open before', () => {
  const folder = linkFolder();
  const [mine, theirs] = [logIn(folder).log, logIn(folder).log];
  theirs.append(decidedLine({ by: 'Ben' }));
  expect(mine.lines()).toEqual([decidedLine({ by: 'Ben' })]);
});

test('a line that a power cut left half written is told of, and swallows nothing behind it', () => {
  const folder = linkFolder();
  const { log, file } = logIn(folder);
  log.append(decidedLine({ one: 'people:1' }));
  appendFileSync(file, '{"one":"people:2","oth');
  log.append(decidedLine({ one: 'people:3' }));
  expect(log.lines().map(({ one }) => one)).toEqual(['people:1', 'people:3']);
  expect(log.damaged()).toEqual([2]);
});

test('a file of decisions is for its owner alone', () => {
  const { file } = logIn(linkFolder());
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('what was undone does not stand, whichever way round the pair is named, and others keep their word', () => {
  const [one, other] = ['people:1', 'people:2'];
  const stands = standing([
    decidedLine({ one, other, by: 'Ann', verdict: 'same' }),
    decidedLine({ one, other, by: 'Ben', verdict: 'apart' }),
    decidedLine({ one: other, other: one, by: 'Ann', verdict: 'undone' }),
  ]);
  expect([...stands.values()].map(({ verdicts }) => verdicts.map(({ by }) => by))).toEqual([['Ben']]);
  expect(standing([decidedLine({ verdict: 'same' }), decidedLine({ verdict: 'undone' })]).size).toBe(0);
});

test('two who decided a pair both ways are told of, and neither counts', async () => {
  const { log, file } = logIn(linkFolder());
  const pair = { one: 'people:1', other: 'people:2' };
  log.append(decidedLine({ ...pair, by: 'Ann', verdict: 'same' }));
  log.append(decidedLine({ ...pair, by: 'Ben', verdict: 'apart' }));
  log.append(decidedLine({ one: 'people:3', other: 'people:4', verdict: 'unsure' }));
  log.append(decidedLine({ one: 'people:5', other: 'people:6', verdict: 'apart' }));
  expect(await readDecisions(file)).toEqual({
    decisions: [{ a: 'people:5', b: 'people:6', isSame: false }],
    unsure: 1,
    disagreed: [{ a: 'people:1', b: 'people:2', same: ['Ann'], apart: ['Ben'] }],
    damaged: [],
  });
});

test('decisions of a review hold in the next run, calibrate its model and say how well', async () => {
  const lines = Array.from({ length: 40 }, (_, person) => [
    decidedLine({ one: `people:${person}-a`, other: `people:${person}-b`, verdict: 'same' }),
    decidedLine({ one: `people:${person * 2}-a`, other: `people:${person * 2 + 1}-a`, verdict: 'apart' }),
  ]).flat();
  const decisions = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const { linked, linking, folder } = await linkedCsv(csvOf(writtenTwice(100)), { decisions });
  expect(linked.decisions).toEqual({ given: 80, applied: 80 });
  expect(linked.judged.pairs).toBe(80);
  expect(linked.judged.error).toBeLessThan(0.1);
  expect(linked.model.calibration?.length).toBeGreaterThan(1);
  expect(linkHtml(linked)).toContain('kept back from calibrating');
  const decisionsFile = join(folder, '..', 'decisions.csv');
  expect(readFileSync(decisionsFile, 'utf8')).toBe(decisions);
  const trained = await trainOn(linking, { beside: folder, decisionsFile });
  expect(trained.model.calibration).toEqual(linked.model.calibration);
  expect(trained.judged).toEqual(linked.judged);
});
