import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readDocument } from './document.ts';
import { sayProblem } from './problem.ts';

const schema = z.strictObject({
  title: z.string().max(2_000),
  number: z.string().optional(),
  count: z.number().optional(),
  urgent: z.boolean().optional(),
  any: z.unknown().optional(),
});

/** Each problem of a file as one line of text, or nothing where the file is read. */
function problemsIn(text: string | Uint8Array): readonly string[] {
  const read = readDocument(text, { file: 'x.yaml', schema });
  return read.ok ? [] : read.problems.map(sayProblem);
}

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  const encoder = new TextEncoder();
  return new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...encoder.encode(part)] : [part])));
}

const openBracket = 'put text that begins with a bracket in quotes';
const nesting = 'expected at most 32 lists and groups inside one another; found more: is a bracket left open?';
const alias =
  'expected a value; found an alias (*): write the value out here, or put text that begins with * in quotes';
const anchor = 'expected a value; found an anchor (&): leave it out, or put text that begins with & in quotes';
const tag = 'expected a value; found a tag (!): leave it out, or put text that begins with ! in quotes';
const directive =
  'expected a field; found a YAML directive (%): leave it out, or put text that begins with % in quotes';
const keptMark =
  'expected a value; found a mark that YAML keeps for itself (@ ` % ,): put text that begins with it in quotes';
const badHeader = 'expected nothing after | or > on its line; found text: put text that begins with | or > in quotes';
const badEscape = 'expected n, t, ", \\ or u0000 after the backslash; found another: put the text in single quotes';
const cutShort =
  'expected a space after #; found a comment that would cut the text short: put text that has # in it in quotes';
const secondColon =
  'expected one value; found a second ": " after it: indent the line like its neighbours, or put the text in quotes';
const sameColumn = 'expected this line to begin at the same column as its neighbours; found it further left or right';
const outOfPlace = 'expected a value; found a character out of place: put text that has such characters in quotes';

type Hostile = readonly [name: string, text: string | Uint8Array, problems: readonly string[]];

const wrongCharacters: readonly Hostile[] = [
  ['an empty file', '', ['x.yaml:1:1 expected a document; found an empty file']],
  ['an empty array of bytes', bytes(), ['x.yaml:1:1 expected a document; found an empty file']],
  ['only a comment', '# nothing\n', ['x.yaml:1:1 expected a document; found an empty file']],
  ['only the beginning of a document', '---\n', ['x.yaml:1:1 expected a document; found an empty file']],
  ['only a byte order mark', '\uFEFF', ['x.yaml:1:1 expected a document; found an empty file']],
  [
    'a NUL byte',
    'title: a\nnumber: "1\0"\n',
    ['x.yaml:2:11 expected a text file; found a NUL byte (U+0000), so this is some other kind of file'],
  ],
  [
    'a picture',
    bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 0x0d),
    ['x.yaml:1:1 expected text in UTF-8; found a byte that is not UTF-8: save the file again with the encoding UTF-8'],
  ],
  [
    'text in Windows-1252',
    bytes('title: a\nnumber: caf', 0xe9, '\n'),
    ['x.yaml:2:12 expected text in UTF-8; found a byte that is not UTF-8: save the file again with the encoding UTF-8'],
  ],
  [
    'a bad byte after a genuine replacement character',
    bytes('title: \uFFFD a ', 0xff, '\n'),
    ['x.yaml:1:12 expected text in UTF-8; found a byte that is not UTF-8: save the file again with the encoding UTF-8'],
  ],
  [
    'text in UTF-16',
    bytes(0xff, 0xfe, 't', 0, 'i', 0),
    ['x.yaml:1:1 expected text in UTF-8; found UTF-16: save the file again with the encoding UTF-8'],
  ],
  [
    'a character cut in half at the end',
    bytes('title: a', 0xe2, 0x82),
    ['x.yaml:1:9 expected text in UTF-8; found a byte that is not UTF-8: save the file again with the encoding UTF-8'],
  ],
  [
    'a control character',
    'title: ring \x07 me\n',
    ['x.yaml:1:13 expected text that can be seen; found the control character U+0007: delete it'],
  ],
  [
    'a terminal escape',
    'title: a\n# \x1b[2J\n',
    ['x.yaml:2:3 expected text that can be seen; found the control character U+001B: delete it'],
  ],
  [
    'a C1 control character',
    'title: a\x9bb\n',
    ['x.yaml:1:9 expected text that can be seen; found the control character U+009B: delete it'],
  ],
  [
    'line ends of CR alone',
    'title: a\rcount: 1\r',
    ['x.yaml:1:9 expected text that can be seen; found the control character U+000D: delete it'],
  ],
  [
    'a text-direction override in a comment',
    'title: a # \u202E\n',
    ['x.yaml:1:12 expected text that can be seen; found the text-direction override U+202E: delete it'],
  ],
  [
    'a text-direction isolate',
    'title: \u2067a\u2069\n',
    ['x.yaml:1:8 expected text that can be seen; found the text-direction override U+2067: delete it'],
  ],
  [
    'a byte order mark inside',
    'title: a\uFEFFb\n',
    ['x.yaml:1:9 expected text that can be seen; found the byte order mark U+FEFF: delete it'],
  ],
  [
    'a line separator of Unicode',
    'title: a\u2028count: 1\n',
    ['x.yaml:1:9 expected text that can be seen; found the invisible line separator U+2028: delete it'],
  ],
  [
    'half of a surrogate pair',
    'title: a\ud83d\n',
    ['x.yaml:1:9 expected text that can be seen; found half of a surrogate pair U+D83D: delete it'],
  ],
  [
    'the second half of a surrogate pair',
    'title: \ude00a\n',
    ['x.yaml:1:8 expected text that can be seen; found half of a surrogate pair U+DE00: delete it'],
  ],
  [
    'a non-character',
    'title: \uFFFF\n',
    ['x.yaml:1:8 expected text that can be seen; found the non-character U+FFFF: delete it'],
  ],
  [
    'a text-direction override written as an escape',
    'title: "a\\u202Eb"\n',
    ['x.yaml:1:8 title: expected text that can be seen; found the text-direction override U+202E written as an escape'],
  ],
  [
    'half of a surrogate pair written as an escape',
    'title: "\\uD83D"\n',
    ['x.yaml:1:8 title: expected text that can be seen; found half of a surrogate pair U+D83D written as an escape'],
  ],
  [
    'NUL written as an escape in a name',
    'title: a\nany: {"b\\0": 1}\n',
    ['x.yaml:2:7 any: expected a name that can be seen; found the control character U+0000 in it'],
  ],
];

const wrongYaml: readonly Hostile[] = [
  ['brackets nested without end', '['.repeat(50_000), [`x.yaml:1:34 ${nesting}`]],
  ['braces nested without end', '{"a":'.repeat(50_000), [`x.yaml:1:162 ${nesting}`]],
  ['lists nested on one line', `${'- '.repeat(50_000)}a`, [`x.yaml:1:66 ${nesting}`]],
  ['names nested on one line', '? '.repeat(50_000), [`x.yaml:1:66 ${nesting}`]],
  ['colons nested on one line', ': '.repeat(50_000), [`x.yaml:1:66 ${nesting}`]],
  [
    'fields nested line by line',
    Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    [`x.yaml:33:35 ${nesting}`],
  ],
  [
    'an alias bomb',
    'a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n',
    [
      `x.yaml:1:4 ${anchor}`,
      `x.yaml:2:4 ${anchor}`,
      `x.yaml:2:8 ${alias}`,
      `x.yaml:2:12 ${alias}`,
      `x.yaml:3:5 ${alias}`,
      `x.yaml:3:9 ${alias}`,
    ],
  ],
  ['an alias to itself', 'title: &a [*a]\n', [`x.yaml:1:8 ${anchor}`, `x.yaml:1:12 ${alias}`]],
  ['an alias as a name', '*a : b\n', [`x.yaml:1:1 ${alias}`]],
  ['an anchor', 'title: &t a\n', [`x.yaml:1:8 ${anchor}`]],
  ['emphasis that YAML takes for an alias', 'title: *urgent* call\n', [`x.yaml:1:8 ${alias}`]],
  ['a binary tag', 'title: !!binary aGVscA==\n', [`x.yaml:1:8 ${tag}`]],
  ['a tag of another language', 'title: !!js/function "() => 1"\n', [`x.yaml:1:8 ${tag}`]],
  ['a tag of its own', 'title: !ring me\n', [`x.yaml:1:8 ${tag}`]],
  ['a tag on the whole document', '!!map\ntitle: a\n', [`x.yaml:1:1 ${tag}`]],
  ['a directive to YAML 1.1', '%YAML 1.1\n---\ntitle: yes\n', [`x.yaml:1:1 ${directive}`]],
  ['a tag directive', '%TAG ! tag:example.org,2026:\n---\ntitle: a\n', [`x.yaml:1:1 ${directive}`]],
  [
    'two documents',
    'title: a\n---\ntitle: b\n',
    ['x.yaml:2:1 expected one document in the file; found a second one, begun with --- or after ...'],
  ],
  [
    'a document after the end',
    'title: a\n...\ntitle: b\n',
    ['x.yaml:3:1 expected one document in the file; found a second one, begun with --- or after ...'],
  ],
  [
    'a tab as indentation',
    'any:\n\ttitle: a\n',
    ['x.yaml:2:1 expected spaces at the beginning of the line; found a tab'],
  ],
  [
    'a quote left open',
    'title: "a\nnumber: b\n',
    ['x.yaml:1:8 expected a quote to close the one opened here; found none'],
  ],
  [
    'a quote closed by an escaped one',
    'title: "a\\"',
    ['x.yaml:1:8 expected a quote to close the one opened here; found none'],
  ],
  [
    'a single quote closed by a doubled one',
    "title: 'it''",
    ['x.yaml:1:8 expected a quote to close the one opened here; found none'],
  ],
  [
    'an apostrophe in single quotes',
    "title: 'it's here'\n",
    ['x.yaml:1:12 expected the end of the value; found more text after it: put the whole text in quotes'],
  ],
  ['an escape that there is not', 'title: "a\\qb"\n', [`x.yaml:1:10 ${badEscape}`]],
  ['an escape beyond Unicode', 'title: "\\UFFFFFFFF"\n', [`x.yaml:1:9 ${badEscape}`]],
  [
    'a bracket left open',
    'title: [a, b\nnumber: c\n',
    [`x.yaml:1:8 expected ] to close the [ opened here; found none: ${openBracket}`],
  ],
  [
    'a bracket closed by a brace',
    'any: [a}\n',
    [`x.yaml:1:6 expected ] to close the [ opened here; found }: ${openBracket}`],
  ],
  [
    'a missing comma',
    'any: ["a" "b"]\n',
    ['x.yaml:1:11 expected a comma between the items in brackets; found none: put text that begins so in quotes'],
  ],
  ['a comma too many', 'any: [a,, b]\n', ['x.yaml:1:9 expected an item before the comma; found none']],
  ['a bracket that was never opened', 'title: a\nany: ]\n', [`x.yaml:2:6 ${outOfPlace}`]],
  ['a colon inside a text', 'title: he said: stop\n', [`x.yaml:1:8 ${secondColon}`]],
  ['a field indented too far', 'title: a\n  count: 1\n', [`x.yaml:1:8 ${secondColon}`]],
  ['a field indented too little', 'any:\n    a: 1\n  b: 2\n', [`x.yaml:3:1 ${sameColumn}`]],
  ['a mark that YAML keeps', 'title: @home\n', [`x.yaml:1:8 ${keptMark}`]],
  ['text on the line of a block', 'title: | text\n', [`x.yaml:1:10 ${badHeader}`]],
  ['a flat number that YAML takes for a comment', 'title: flat 2 #12 is open\n', [`x.yaml:1:15 ${cutShort}`]],
  ['a whole text that YAML takes for a comment', 'title: #12 is open\n', [`x.yaml:1:8 ${cutShort}`]],
  [
    'a list on the line of its name',
    'any: - a\n',
    ['x.yaml:1:6 expected a value; found "- " on the same line: begin a list on the next line'],
  ],
  [
    'a line without a colon',
    'title: a\ncount 1\n',
    ['x.yaml:2:1 expected "name: value"; found no ": " after the name (a space must follow)'],
  ],
  [
    'a list as a name',
    '? [a]\n: b\n',
    ['x.yaml:1:3 expected a plain name before the colon; found a list, a group of fields or nothing'],
  ],
  [
    'a name of two thousand characters',
    `${'n'.repeat(2_000)}: a\n`,
    ['x.yaml:1:1 expected a short name before the colon; found more than 1024 characters'],
  ],
];

const wrongNames: readonly Hostile[] = [
  [
    'the same name twice',
    'title: a\ntitle: b\n',
    ['x.yaml:2:1 title: expected each name once; found it a second time'],
  ],
  [
    'the same name twice, once in quotes',
    'title: a\nany:\n  1: a\n  "1": b\n',
    ['x.yaml:4:3 any.1: expected each name once; found it a second time'],
  ],
  [
    'a merge key',
    'title: a\nany:\n  <<: {b: 1}\n',
    ['x.yaml:3:3 any: expected a name; found a merge key (<<): write the fields out'],
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', '"\\u005f_proto__"'].map((key): Hostile => {
    const name = key.startsWith('"') ? '__proto__' : key;
    const message = `expected a name of the document's own; found "${name}", which is reserved`;
    return [`the name ${key}`, `title: a\nany:\n  - ${key}: {a: 1}\n`, [`x.yaml:3:5 any[0]: ${message}`]];
  }),
  ['a name of nothing', 'title: a\n: b\n', ['x.yaml:2:1 expected a name before the colon; found none']],
  [
    'a long name',
    `title: a\nany: {${'n'.repeat(200)}: 1}\n`,
    ['x.yaml:2:7 any: expected a name of at most 128 characters; found 200'],
  ],
  [
    'an endless text',
    `title: ${'a'.repeat(70_000)}\n`,
    ['x.yaml:1:8 title: expected text of at most 65536 characters; found 70000'],
  ],
];

const wrongValues: readonly Hostile[] = [
  [
    'a telephone number without quotes',
    'title: a\nnumber: 07700900123\n',
    ['x.yaml:2:9 number: expected text; found the number 07700900123: put it in quotes, "07700900123"'],
  ],
  [
    'an international number without quotes',
    'title: a\nnumber: +447700900123\n',
    ['x.yaml:2:9 number: expected text; found the number +447700900123: put it in quotes, "+447700900123"'],
  ],
  [
    'a word that YAML reads as true',
    'title: true\n',
    ['x.yaml:1:8 title: expected text; found true: put it in quotes, "true"'],
  ],
  [
    'a word that YAML reads as nothing',
    'title: null\n',
    ['x.yaml:1:8 title: expected text; found nothing: write a value or delete the line'],
  ],
  [
    'a field left empty',
    'count: 1\ntitle:\n',
    ['x.yaml:2:1 title: expected text; found nothing: write a value or delete the line'],
  ],
  ['yes for true', 'title: a\nurgent: yes\n', ['x.yaml:2:9 urgent: expected true or false; found "yes": write true']],
  ['off for false', 'title: a\nurgent: off\n', ['x.yaml:2:9 urgent: expected true or false; found "off": write false']],
  ['a time of day for a number', 'title: a\ncount: 21:04\n', ['x.yaml:2:8 count: expected a number; found "21:04"']],
  [
    'a number in quotes',
    'title: a\ncount: "5"\n',
    ['x.yaml:2:8 count: expected a number; found "5": write it without quotes'],
  ],
  ['no number at all', 'title: a\ncount: .nan\n', ['x.yaml:2:8 count: expected a number; found .nan']],
  ['an infinite number', 'title: a\ncount: -.inf\n', ['x.yaml:2:8 count: expected a number; found -.inf']],
  ...['010', '0o17', '0x1F', '1e3', '+5', '.5', '9007199254740993', '12345678901234567890'].map((written): Hostile => {
    const expected = 'expected a number in plain digits, or text in quotes';
    const message = `${expected}; found ${written}: as text, write "${written}"`;
    return [`the number ${written}`, `title: a\ncount: ${written}\n`, [`x.yaml:2:8 count: ${message}`]];
  }),
  [
    'a number that only the schema of anything would take',
    'title: a\nany: [.inf]\n',
    ['x.yaml:2:7 any[0]: expected a number in plain digits, or text in quotes; found .inf: as text, write ".inf"'],
  ],
  ['a list for a group', '- title\n', ['x.yaml:1:1 expected a group of fields; found a list of 1']],
  [
    'text for a group',
    'title:a\n',
    [
      'x.yaml:1:1 expected a group of fields; found "title:a": ' +
        'write its fields as "name: value", with a space after the colon',
    ],
  ],
];

describe.each([
  ['characters', wrongCharacters],
  ['YAML', wrongYaml],
  ['names and texts', wrongNames],
  ['values', wrongValues],
] as const)('hostile %s', (_, table) => {
  test.each(table)('%s is refused with the place and what was expected', (_name, text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });
});
