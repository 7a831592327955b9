import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { elementsOf, parseXml, xmlLimits } from './xml.ts';
import type { XmlElement } from './xml.ts';

function read(document: string): XmlElement {
  const parsed = parseXml(document);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

function problemOf(document: string): string {
  const parsed = parseXml(document);
  return parsed.ok ? 'none' : parsed.problem;
}

describe('a document', () => {
  test('gives its elements with their namespaces, attributes and text', () => {
    const root = read(
      `\ufeff<?xml version='1.0'?><!-- a -->\n<a xmlns="urn:one" xmlns:b="urn:two" c='1' b:d="2">x<b:e/>y<!--z-->` +
        `<f xmlns="">&lt;&#65;&#x42;&amp;<![CDATA[<g>&h;]]></f></a>\n<!-- end -->`,
    );
    expect(root).toMatchObject({ name: 'a', space: 'urn:one', text: 'xy' });
    expect([...root.attributes]).toEqual([['c', '1']]);
    expect(root.children.map(({ name, space, text }) => ({ name, space, text }))).toEqual([
      { name: 'e', space: 'urn:two', text: '' },
      { name: 'f', space: '', text: '<AB&<g>&h;' },
    ]);
  });

  test('lets its elements be found by name and namespace, however deep', () => {
    const root = read('<a xmlns:p="u"><p:b n="1"><c><p:b n="2"/></c></p:b><b n="3"/></a>');
    expect(elementsOf(root, 'u', 'b').map((one) => one.attributes.get('n'))).toEqual(['1', '2']);
  });
});

const deep = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('a hostile document', () => {
  test.each([
    ['a document type', '<!DOCTYPE a><a/>', /document type/],
    ['an entity from a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///secret">]><a>&x;</a>', /document type/],
    ['a declaration inside', '<a><!ENTITY x "y"></a>', /document type/],
    ['an entity of its own', '<a>&x;</a>', /five entities/],
    ['an entity in an attribute', '<a b="&x;"/>', /five entities/],
    ['a bare ampersand', '<a>Smith & Sons</a>', /five entities/],
    ['the number of no character', '<a>&#0;</a>', /five entities/],
    ['the number of half a character', '<a>&#xD800;</a>', /five entities/],
    ['a number beyond every character', '<a>&#9999999;</a>', /five entities/],
    ['a control character', '<a>\u0001</a>', /control/],
    ['elements too deep', deep(xmlLimits.depth + 1), /deep/],
    ['too many elements', `<a>${'<b/>'.repeat(xmlLimits.elements)}</a>`, /at most 2000 elements/],
    ['too many characters', `<a>${' '.repeat(xmlLimits.characters)}</a>`, /characters/],
    ['too many attributes', `<a ${Array.from({ length: 40 }, (_, n) => `a${n}="1"`).join(' ')}/>`, /attributes/],
    ['an attribute twice', '<a b="1" b="2"/>', /twice/],
    ['a prefix of nothing', '<x:a/>', /prefix/],
    ['elements that cross', '<a><b></a></b>', /closed/],
    ['an element that is not closed', '<a><b></b>', /breaks off/],
    ['a comment that does not end', '<a><!-- </a>', /breaks off/],
    ['text that does not end', '<a><![CDATA[ </a>', /breaks off/],
    ['text outside', 'x<a/>', /outside/],
    ['two roots', '<a/><b/>', /one element/],
    ['nothing', '  ', /one element/],
    ['an attribute without quotes', '<a b=1/>', /quotes/],
    ['no name', '<1/>', /begins no element/],
  ])('is refused for %s', (_, document, problem) => {
    expect(problemOf(document)).toMatch(problem);
  });

  test('as deep as the limit is still read', () => {
    expect(read(deep(xmlLimits.depth)).name).toBe('a');
  });

  const pieces = [
    '<',
    '>',
    '</',
    '/>',
    '<a',
    '</a>',
    '<a>',
    ' b="',
    '"',
    "'",
    '=',
    '&',
    '&lt;',
    '&#',
    ';',
    '<!--',
    '-->',
  ];
  const more = ['<![CDATA[', ']]>', '<?', '?>', 'xmlns', ':', '<!DOCTYPE', '[', '\0', '\ud800', '\u2028'];

  test('never throws, whatever it holds', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 60 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(anything, (document) => {
        const parsed = parseXml(document);
        expect(typeof (parsed.ok ? parsed.value.name : parsed.problem)).toBe('string');
      }),
      propertySettings(2_000),
    );
  });

  test('costs no more than its length, even where it is nothing but beginnings', () => {
    for (const piece of ['<a ', '<', '&', '<!--', '<a b="', ' '.repeat(7), '<a xmlns:b="c">'])
      expect(problemOf(piece.repeat(Math.floor(xmlLimits.characters / piece.length)))).not.toBe('none');
  });
});
