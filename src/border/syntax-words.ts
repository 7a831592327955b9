import type { YAMLError } from 'yaml';
import { visible } from './visible.ts';

const quoteText = 'put text that has such characters in quotes';
const sameColumn = 'expected this line to begin at the same column as its neighbours; found it further left or right';
const oneValue =
  'expected one value; found a second ": " after it: indent the line like its neighbours, or put the text in quotes';

/** How the library's words begin, and what a person who has never heard of a flow map needs to be told instead. */
const plainWords: readonly (readonly [begins: string, words: string])[] = [
  ['All mapping items must start', sameColumn],
  ['All sequence items must start', sameColumn],
  ['Sequence item without - indicator', 'expected "- " before each item of the list; found a line without it'],
  ['Tabs are not allowed', 'expected spaces at the beginning of the line; found a tab'],
  ['Nested mappings are not allowed', oneValue],
  ['Implicit keys need to be on a single line', 'expected "name: value" on one line; found a line without ": "'],
  [
    'Implicit map keys need to be followed',
    'expected "name: value"; found no ": " after the name (a space must follow)',
  ],
  ['Implicit keys of flow', 'expected a name and its value on one line; found a line break between them'],
  ['A block sequence may not be used', 'expected a name; found a list'],
  ['Unexpected block-seq-ind', `expected a value; found "- " on the same line: begin a list on the next line`],
  [
    'Block collections are not allowed',
    `expected the items of the bracketed list; found a list or fields without brackets`,
  ],
  ['Missing , ', 'expected a comma between the items in brackets; found none: put text that begins so in quotes'],
  ['Missing space after :', 'expected a space after the colon; found none'],
  ['Block scalar', 'expected the lines of the text to be indented alike; found a line further left or right'],
  ['Comments must be separated', `expected a space before #; found none: ${quoteText}`],
  ['With stringKeys', 'expected a plain name before the colon; found a list, a group of fields or nothing'],
  ['The : indicator must be at most', 'expected a short name before the colon; found more than 1024 characters'],
  [
    'Unexpected scalar at node end',
    `expected the end of the value; found more text after it: put the whole text in quotes`,
  ],
  ['Unexpected', `expected a value; found a character out of place: ${quoteText}`],
];

/** A fault of YAML itself in plain words; one that is not in the table keeps the words of the library. */
export function syntaxMessage(error: YAMLError): string {
  const known = plainWords.find(([begins]) => error.message.startsWith(begins));
  return known?.[1] ?? `expected YAML that can be read; found a fault: ${visible(error.message, 160)}`;
}
