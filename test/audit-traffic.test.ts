import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { suggestMapping } from '../src/cli/audit-suggest.ts';
import { auditedFile, mappingFrom } from './audited.ts';
import { sharedData } from './shared-data.ts';

const traffic = sharedData('traffic');
const names = [
  'police-calls-rehomed',
  'police-calls-priority-dup',
  'dispatch-incidents',
  'dispatch-unit-assignments',
  'uk-control-room-remarks',
] as const;

/** Those that are at hand: without the data nothing of it is tested, and the reason is printed. */
const held = traffic === null ? [] : names;

/** The first rows of a real file, its head with them. */
function head(name: string, rows: number): string {
  const text = gunzipSync(readFileSync(join(traffic ?? '', `${name}.csv.gz`))).toString();
  return text.split('\n', rows + 1).join('\n');
}

function mapping(name: string): ReturnType<typeof mappingFrom> {
  return mappingFrom(readFileSync(`mappings/${name}.yaml`, 'utf8'));
}

test.each(names)('the mapping %s can be read', (name) => {
  expect(mapping(name).title).not.toBe('');
});

test.each(held)('every row of %s is read by its mapping', async (name) => {
  const { report, rejects } = await auditedFile({ bytes: head(name, 300) }, mapping(name));
  expect(rejects.filter((one) => !one.kept)).toEqual([]);
  expect(report.rows.taken + report.rows.empty).toBe(300);
  expect(report.incidents).toBeGreaterThan(100);
});

const calls = held.filter((name) => name === 'police-calls-rehomed');
test.each(calls)('nobody is accused by %s, without words, grades and units, and alarms are rare', async (name) => {
  const { report } = await auditedFile({ bytes: head(name, 2_500) }, mapping(name));
  expect(report.matters).toBe(0);
  expect(report.told.every((one) => one.gravity === 'not-shown')).toBe(true);
  const alarms = report.safeguards.reduce((sum, one) => sum + one.alarms, 0);
  expect(report.contacts).toBeGreaterThan(1_000);
  expect(alarms / report.contacts).toBeLessThan(0.005);
});

test.each(held)('a mapping proposed for %s can be read', async (name) => {
  const proposed = await suggestMapping(join(traffic ?? '', `${name}.csv.gz`));
  expect(mappingFrom(proposed).steps).not.toEqual([]);
});
