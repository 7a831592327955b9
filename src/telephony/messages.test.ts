import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ingressSchemas, telephonyMessage } from './messages.ts';
import { digitsOf, isPseudo, phoneNumber } from './phone-number.ts';

const at = '2026-02-03T12:00:00Z';

describe('a message', () => {
  test.each(Object.entries(ingressSchemas))('of the channel %s has a schema that can be published', (_, schema) => {
    const published = JSON.stringify(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'throw' }));
    expect(published).toContain('"at"');
    expect(published).toContain('"additionalProperties":false');
  });

  test.each([
    ['with a field that nobody knows', { kind: 'presented', id: 'm1', at, call: { ref: '1' }, more: 1 }],
    ['of another kind', { kind: 'rung', id: 'm1', at, call: { ref: '1' } }],
    ['without an id', { kind: 'presented', at, call: { ref: '1' } }],
    ['with an id of two words', { kind: 'presented', id: 'm 1', at, call: { ref: '1' } }],
    ['with a reference that is endless', { kind: 'presented', id: 'm1', at, call: { ref: 'x'.repeat(129) } }],
    ['with a time that is none', { kind: 'presented', id: 'm1', at: 'noon', call: { ref: '1' } }],
    ['answered by nobody', { kind: 'answered', id: 'm1', at, call: { ref: '1' } }],
    ['answered at a path', { kind: 'answered', id: 'm1', at, call: { ref: '1' }, position: '../desk' }],
    ['with a body that is endless', { kind: 'aml', id: 'm1', at, body: 'x'.repeat(20_000) }],
    ['with a number that is none', { kind: 'aml', id: 'm1', at, number: 'withheld', body: 'x' }],
  ])('%s is refused', (_, message) => {
    expect(telephonyMessage.safeParse(message).success).toBe(false);
  });
});

describe('a telephone number', () => {
  test.each([
    ['07700 900123', '07700900123'],
    ['+44 (0)7700 900-123', '+4407700900123'],
    ['(01632) 960123', '01632960123'],
    ['999', '999'],
  ])('%s is %s', (text, digits) => {
    expect(phoneNumber.safeParse(text).success).toBe(true);
    expect(digitsOf(text)).toBe(digits);
  });

  test.each(['', '12', 'anonymous', '07700 9O0123', '+', '0'.repeat(20), '++447700900123', '07700900123;ext=1'])(
    '%j is none',
    (text) => {
      expect(phoneNumber.safeParse(text).success).toBe(false);
    },
  );

  test.each([
    ['08123456789', true],
    ['+448123456789', true],
    ['+4408123456789', true],
    ['00448123456789', true],
    ['07700900123', false],
    ['01632960123', false],
    ['+48123456789', false],
    ['+447700900123', false],
  ])('%s stands in the place of one: %s', (number, expected) => {
    expect(isPseudo(number)).toBe(expected);
  });
});
