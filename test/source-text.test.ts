import { expect, test } from 'vitest';
import { codeOnly, readSources } from './source-text.ts';

test('comments and the insides of strings and patterns are blanked and the code stays where it was', () => {
  expect(codeOnly("a = 'Date'; // Date")).toBe("a = '    ';        ");
  expect(codeOnly('a /* Date\nDate */ + b')).toBe('a        \n        + b');
  expect(codeOnly('x.test(/[/]Date\\//) / Date')).toBe('x.test(/         /) / Date');
  expect(codeOnly("b = 'it\\'s' + Date")).toBe("b = '     ' + Date");
});

test('code inside a template is kept, however deep, and its words are blanked', () => {
  expect(codeOnly('`Date ${f({ a: `${Date}` })} x`;')).toBe('`       f({ a: `  Date ` })   `;');
});

test('characters outside the basic plane do not move the code behind them', () => {
  expect(codeOnly("'🚓' + Date")).toBe("'  ' + Date");
});

test('the project is read from its own root, wherever the tests were started', () => {
  expect(readSources(['src/cli', 'no-such-folder']).map(({ path }) => path)).toContain('src/cli/main.ts');
});
