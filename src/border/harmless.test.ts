import { expect, test } from 'vitest';
import { z } from 'zod';
import { readDocument } from './document.ts';

const schema = z.strictObject({ title: z.string(), count: z.number().optional(), any: z.unknown().optional() });

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  const encoder = new TextEncoder();
  return new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...encoder.encode(part)] : [part])));
}

/** Lists inside one another, as text and as a value. */
const deepText = `${'['.repeat(31)}${']'.repeat(31)}`;
const deepValue: unknown = JSON.parse(deepText);

test.each([
  ['a byte order mark at the beginning', bytes(0xef, 0xbb, 0xbf, 'title: a\n'), { title: 'a' }],
  ['line ends of Windows', 'title: a\r\nany: |\r\n  b\r\n  c\r\ncount: 1\r\n', { title: 'a', any: 'b\nc\n', count: 1 }],
  ['JSON indented with tabs', '{\n\t"title": "a",\n\t"count": 1\n}\n', { title: 'a', count: 1 }],
  ['one document with both its marks', '---\ntitle: a\n...\n', { title: 'a' }],
  ['an emoji', 'title: 🚨 help\n', { title: '🚨 help' }],
  ['an emoji written as an escape', 'title: "\\uD83D\\uDEA8 \\U0001F6A8"\n', { title: '🚨 🚨' }],
  ['a name in Arabic with its marks', 'title: "\u0645\u200F a\u200Db"\n', { title: '\u0645\u200F a\u200Db' }],
  ['a genuine replacement character', bytes('title: \uFFFD\n'), { title: '\uFFFD' }],
  ['no, a word', 'title: no\n', { title: 'no' }],
  ['a time of day, a text', 'title: 21:04\n', { title: '21:04' }],
  ['a date, a text', 'title: 2026-02-03\n', { title: '2026-02-03' }],
  ['a comment after a text', 'title: flat 2 # the back door\n', { title: 'flat 2' }],
  ['a # inside a word', 'title: flat#2\n', { title: 'flat#2' }],
  ['a comment that is a whole line', 'title: a\n#count: 1\n', { title: 'a' }],
  ['a # in quotes', 'title: "flat #2"\n', { title: 'flat #2' }],
  ['minus nothing', 'title: a\ncount: -0\n', { title: 'a', count: 0 }],
  ['as many brackets as may stand inside one another', `title: a\nany: ${deepText}\n`, { title: 'a', any: deepValue }],
])('%s looks hostile and is read', (_name, text, value) => {
  expect(readDocument(text, { file: 'x.yaml', schema })).toMatchObject({ ok: true, value });
});
