import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
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

function ofTraffic(): void {
  test.each(names)('every row of %s is read by its mapping', async (name) => {
    const { report, rejects } = await auditedFile({ bytes: head(name, 300) }, mapping(name));
    expect(rejects.filter((one) => !one.kept)).toEqual([]);
    expect(report.rows.taken + report.rows.empty).toBe(300);
    expect(report.incidents).toBeGreaterThan(100);
  });

  test('ordinary calls without words, grades or units accuse nobody, and alarms are rare', async () => {
    const { report } = await auditedFile(
      { bytes: head('police-calls-rehomed', 2_500) },
      mapping('police-calls-rehomed'),
    );
    expect(report.matters).toBe(0);
    expect(report.told.every((one) => one.gravity === 'not-shown')).toBe(true);
    const alarms = report.safeguards.reduce((sum, one) => sum + one.alarms, 0);
    expect(report.contacts).toBeGreaterThan(1_000);
    expect(alarms / report.contacts).toBeLessThan(0.005);
  });

  test.each(names)('a mapping proposed for %s can be read', async (name) => {
    const proposed = await suggestMapping(join(traffic ?? '', `${name}.csv.gz`));
    expect(mappingFrom(proposed).steps).not.toEqual([]);
  });
}

if (traffic !== null) describe('real traffic', ofTraffic);
