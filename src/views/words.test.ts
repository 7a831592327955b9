import { expect, test } from 'vitest';
import { say, slotsOf } from './words.ts';

const words = new Map([
  [
    'check-missing',
    {
      counted: '{count:record|records} in {source:source}',
      heard: 'with {says:sound}',
      plain: '{outcome:plain} at {at}',
      ordered: 'proposes to {command:order}',
      waited: '{minutes:minute|minutes} gone',
    },
  ],
]);

const told = (code: string, params: Readonly<Record<string, string | number>>): string =>
  say(words, 'check-missing', { code, params, seqs: [] });

test('a number has its noun with it, in the singular for one alone', () => {
  expect(told('counted', { count: 1, source: 'own-history' })).toBe('1 record in our own history');
  expect(told('counted', { count: 0, source: 'partner-index' })).toBe('0 records in partner index');
});

test.each([
  [1, '1 minute gone'],
  [119, '119 minutes gone'],
  [120, '2 h gone'],
  [135, '2 h 15 min gone'],
  [2_880, '2 days gone'],
  [3_000, '2 days 2 h gone'],
])('%i minutes are put as a person would: %s', (minutes, said) => {
  expect(told('waited', { minutes })).toBe(said);
});

test('a sound has its article; the words of an operator are left alone', () => {
  expect(told('heard', { says: 'struggle' })).toBe('with a struggle');
  expect(told('heard', { says: 'a well-known man shouting' })).toBe('with a well-known man shouting');
});

test('a code is said without its hyphens; figures keep theirs', () => {
  expect(told('plain', { outcome: 'area-search', at: '2010-02-13' })).toBe('area search at 2010-02-13');
  expect(told('ordered', { command: 'DecideAttendance' })).toBe('proposes to decide attendance');
});

test('what is missing is shown as missing, never as an empty place', () => {
  expect(told('counted', { count: 2 })).toBe('2 records in {source:source}');
  expect(told('no-such-code', {})).toBe('no-such-code');
});

test('the slots of a template are known with their forms', () => {
  expect(slotsOf('{a} of {b:plain} and {c:one|many}')).toEqual([
    { name: 'a', form: undefined },
    { name: 'b', form: 'plain' },
    { name: 'c', form: 'one|many' },
  ]);
});
