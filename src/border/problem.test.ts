import { expect, test } from 'vitest';
import { fieldOf, sayProblem } from './problem.ts';

test.each([
  [[], ''],
  [['commands', 3, 'at'], 'commands[3].at'],
  [[0, 'at'], '[0].at'],
  [['on-call', 'due_by'], 'on-call.due_by'],
  [['names', 'a name'], 'names["a name"]'],
  [['names', 'a.b', ''], 'names["a.b"][""]'],
  [['names', 'a\n\u202Eb'], 'names["a\\n\\u202eb"]'],
])('the field at %j is said as %s', (path, field) => {
  expect(fieldOf(path)).toBe(field);
});

test('a field too deep to be read is cut', () => {
  const field = fieldOf(Array.from({ length: 100 }, () => 'abcdefghij'));
  expect(field).toHaveLength(201);
  expect(field.endsWith('…')).toBe(true);
});

test('a problem is said in one line, with its place first', () => {
  const problem = {
    file: 'cases/x.yaml',
    line: 12,
    column: 5,
    field: 'commands[3].at',
    message: 'expected a; found b',
  };
  expect(sayProblem(problem)).toBe('cases/x.yaml:12:5 commands[3].at: expected a; found b');
  expect(sayProblem({ ...problem, field: '' })).toBe('cases/x.yaml:12:5 expected a; found b');
});

test('the name of a file cannot break the line or steer the terminal', () => {
  const problem = { file: 'a\n\x1b[2J.yaml', line: 1, column: 1, field: '', message: 'expected a; found b' };
  expect(sayProblem(problem)).toBe('a\\n\\u001b[2J.yaml:1:1 expected a; found b');
});
