import { expect, test } from 'vitest';
import { caseOf, entry, performed } from '../../test/rehearsal.ts';
import { firstDifference } from './sameness.ts';

const { report } = performed(caseOf([entry('21:20', 'source of trouble')]));

test('a report is the same as itself', () => {
  expect(firstDifference(report, structuredClone(report))).toBeNull();
});

function about(id: string): typeof report {
  return { ...report, duties: report.duties.map((duty) => ({ ...duty, about: `review:${id}` })) };
}

test('rooms that count differently tell the same story', () => {
  expect(firstDifference(about('override-52'), about('override-61'))).toBeNull();
});

test('another act, duty or instant is found, and named', () => {
  const acts = report.acts.map((act) => ({ ...act, outcome: 'refused' as const }));
  expect(firstDifference(report, { ...report, acts })).toMatch(/^acts: .*done.* against .*refused/);
  expect(firstDifference(report, { ...report, duties: [] })).toMatch(/^duties: /);
  expect(firstDifference(report, { ...report, endedAt: '2026-02-04T00:00:00Z' })).toMatch(/^endedAt: /);
});
