import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { naiveRules } from '../bench/burden/naive.ts';
import { livedWeek } from '../bench/burden/week.ts';
import { readPlanted } from '../src/simulate/planted.ts';

function half(name: string): string {
  return readFileSync(new URL(`../planted/${name}.ndjson`, import.meta.url), 'utf8');
}

test('what is planted is as it was when it was committed, before any tuning', () => {
  const digests = readFileSync(new URL('../planted/DIGESTS', import.meta.url), 'utf8');
  for (const name of ['tuning', 'judging'])
    expect(digests).toContain(`${createHash('sha256').update(half(name)).digest('hex')}  ${name}.ndjson`);
});

test('a small county for five hours: what was planted is answered for, and nobody is told without a reason', () => {
  const { planted } = readPlanted(half('tuning'), 'tuning.ndjson');
  // A plain one that any control room would hear, and quiet ones beside it.
  const some = planted.filter(({ texts }) => texts.length === 1).slice(0, 12);
  const lived = livedWeek({ size: 'county', hours: 5, seed: 3, planted: some });
  const { burden, recall, naive } = lived;
  expect(burden.contacts).toBeGreaterThan(200);
  expect(recall.all.heard.of + recall.all.falsely.of).toBe(some.length);
  expect(recall.missed.length).toBe(recall.all.heard.of - recall.all.heard.hits);
  expect(burden.interruptions).toBe(burden.prompts + burden.alarms + burden.rungs);
  const counted = burden.rows.reduce((sum, { prompts, alarms, rungs }) => sum + prompts + alarms + rungs, 0);
  expect((counted * burden.contacts) / 100).toBeCloseTo(burden.interruptions, 4);
  expect(Object.keys(naive.byRule)).toEqual([...naiveRules]);
  expect(burden.worstHour.lines.length).toBeGreaterThan(0);
  for (const line of burden.worstHour.lines) expect(line).toMatch(/^\d\d:\d\d:\d\d \S+ \[[a-z-]+, [^\]]+\] \S/);
}, 300_000);
