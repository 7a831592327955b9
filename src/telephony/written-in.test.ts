import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noon } from '../../test/control-room.ts';
import { propertySettings } from '../../test/runs.ts';
import { telephoneRoom } from '../../test/telephone-room.ts';
import type { TelephoneRoom } from '../../test/telephone-room.ts';
import { formatInstant } from '../room/british-time.ts';
import type { Contact } from '../room/contact.ts';
import { partnerMail, textMessage, webForm } from './messages.ts';
import { piecesOf } from './written-in.ts';

const at = formatInstant(noon);

function contacts(telephone: TelephoneRoom): readonly Contact[] {
  return [...telephone.room().contacts.values()];
}

function wordsOf(contact: Contact | undefined): string {
  return (contact?.statements ?? []).map((one) => one.words).join('');
}

describe('a text message', () => {
  const text = { at, conversation: 'thread/1', from: '07700900123' };

  test('is a contact with its number and its words, and the next of its conversation is said in it', () => {
    const telephone = telephoneRoom();
    telephone.takes('text', { id: 't1', ...text, text: 'he is at the door again' });
    telephone.takes('text', { id: 't2', ...text, text: 'please hurry' });
    expect(contacts(telephone)).toMatchObject([
      {
        channel: 'text',
        state: 'presented',
        keys: ['phone:447700900123'],
        statements: [{ words: 'he is at the door again', speaker: 'caller' }, { words: 'please hurry' }],
      },
    ]);
  });

  test('after its conversation was put down as done is a new contact, and a repeat of it is not another', () => {
    const telephone = telephoneRoom();
    telephone.takes('text', { id: 't1', ...text, text: 'wrong number' });
    const [first] = contacts(telephone);
    telephone.does('handler-1', 'AnswerContact', { contact: first?.id });
    telephone.does('handler-1', 'DisposeContact', {
      contact: first?.id,
      disposition: 'accidental',
      reason: 'a wrong number',
    });
    expect(telephone.room().contacts.get(first?.id ?? '')?.disposition).toBe('accidental');
    const more = { id: 't2', ...text, text: 'help' };
    telephone.takes('text', more);
    telephone.takes('text', more);
    expect(contacts(telephone).map(wordsOf)).toEqual(['wrong number', 'help']);
  });

  test('without a conversation stands alone, and without words is a contact still', () => {
    const telephone = telephoneRoom();
    telephone.takes('text', { id: 't1', at, text: '' });
    telephone.takes('text', { id: 't2', at, text: 'hello' });
    expect(contacts(telephone).map(wordsOf)).toEqual(['', 'hello']);
  });
});

describe('a web form', () => {
  test('names whoever sent it, the place that it is about, and everything they wrote', () => {
    const telephone = telephoneRoom();
    telephone.takes('web-form', {
      id: 'f1',
      at,
      form: 'Report a crime',
      reference: 'ABC-1',
      from: { name: 'Ann Sample', born: '1990-01-02', phone: '07700 900123', email: ' Ann@Example.org ' },
      place: { premises: '12', street: 'Low Row', town: 'Northwick' },
      text: 'My bicycle is gone.',
      answers: [{ question: 'When', answer: 'Last night' }],
    });
    const [contact] = contacts(telephone);
    expect(contact).toMatchObject({
      channel: 'web-form',
      keys: [
        'person:ann sample|1990-01-02',
        'phone:447700900123',
        'account:email|annexampleorg',
        'dwelling:12|low row|northwick',
        'street:low row|northwick',
      ],
    });
    expect(wordsOf(contact)).toBe('Report a crime\nReference: ABC-1\nMy bicycle is gone.\nWhen: Last night');
    expect([...telephone.room().locations.values()]).toMatchObject([
      { source: 'caller', address: '12, Low Row, Northwick', fix: { kind: 'none', why: 'not-told' } },
    ]);
  });

  test('of two people of one name are two people', () => {
    const telephone = telephoneRoom();
    for (const id of ['f1', 'f2'])
      telephone.takes('web-form', { id, at, from: { name: 'Ann Sample' }, text: 'a report' });
    expect(telephone.room().subjects.size).toBe(2);
    expect(contacts(telephone)).toHaveLength(2);
  });

  test('that says nothing is a contact still', () => {
    const telephone = telephoneRoom();
    telephone.takes('web-form', { id: 'f1', at, from: { name: ' - ', email: '@' } });
    expect(contacts(telephone)).toMatchObject([{ subjects: [], statements: [] }]);
  });
});

describe('a partner’s mail', () => {
  const mail = { id: 'p1', at, from: 'Duty.Worker@partner.example', subject: 'Concern', body: 'Please see her today.' };

  test('is a contact with its words and the address that it came from', () => {
    const telephone = telephoneRoom();
    telephone.takes('partner-mail', { ...mail, reference: 'REF 9' });
    const [contact] = contacts(telephone);
    expect(contact).toMatchObject({
      channel: 'partner-mail',
      keys: ['account:email|dutyworkerpartnerexample'],
      statements: [{ speaker: 'partner-agency' }],
    });
    expect(wordsOf(contact)).toBe(
      'Concern\nFrom: Duty.Worker@partner.example\nReference: REF 9\nPlease see her today.',
    );
  });

  test('from the mailbox of a known partner does not make everybody there one person', () => {
    const telephone = telephoneRoom();
    for (const id of ['p1', 'p2']) telephone.takes('partner-mail', { ...mail, id, partner: 'north-council' });
    expect(contacts(telephone).map((one) => one.keys)).toEqual([[], []]);
    expect(wordsOf(contacts(telephone)[0])).toContain('From: north-council');
  });

  test('sent again is the same mail', () => {
    const telephone = telephoneRoom();
    telephone.takes('partner-mail', mail);
    const before = telephone.events().length;
    expect(telephone.takes('partner-mail', mail).every((one) => one.isRepeat)).toBe(true);
    expect(telephone.events()).toHaveLength(before);
  });
});

describe('a long text', () => {
  test('is cut where it can be and never loses a character or splits one', () => {
    const unit = fc.constantFrom('a', ' ', '\n', '🚨', 'é', '\ud800', 'word '.repeat(900), 'x'.repeat(19_999));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const pieces = piecesOf(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(piece.length).toBeGreaterThan(0);
          expect(piece.length).toBeLessThanOrEqual(20_000);
        }
        const halved = pieces.filter(
          (piece, n) => /[\ud800-\udbff]$/.test(piece) && /^[\udc00-\udfff]/.test(pieces[n + 1] ?? ''),
        );
        expect(halved).toEqual([]);
      }),
      propertySettings(100),
    );
  });

  test('is read for danger in every piece', () => {
    const telephone = telephoneRoom();
    const body = `${'nothing new here. '.repeat(3_000)}He has a knife and says he will kill her.`;
    telephone.takes('partner-mail', { id: 'p1', at, from: 'a@partner.example', body });
    expect(contacts(telephone)[0]?.statements).toHaveLength(3);
    expect(contacts(telephone)[0]?.dangers.map((one) => one.kind)).toContain('weapon');
  });
});

describe('what a person wrote', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('\0', '\u202e', "'; drop table heed.events; --", '<script>', '\ud800', '\r\nX: y', '=1+1', '   '),
  );

  test('is kept as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(nasty, nasty, (text, more) => {
        const telephone = telephoneRoom();
        telephone.takes('text', { id: 't1', at, text });
        telephone.takes('web-form', {
          id: 'f1',
          at,
          from: { name: more, email: text },
          place: { street: more, premises: text },
          answers: [{ question: more, answer: text }],
        });
        telephone.takes('partner-mail', { id: 'p1', at, from: `a${more}`, subject: text, body: more });
        const [said, form, mail] = contacts(telephone).map(wordsOf);
        expect(said).toBe(text);
        expect(form).toBe(`${more}: ${text}`);
        expect(mail?.endsWith(more)).toBe(true);
      }),
      propertySettings(60),
    );
  });

  test('has a bound in each of its parts', () => {
    expect(textMessage.safeParse({ id: 't', at, text: 'x'.repeat(60_001) }).success).toBe(false);
    const answers = Array.from({ length: 61 }, () => ({ question: 'q', answer: 'a' }));
    expect(webForm.safeParse({ id: 'f', at, answers }).success).toBe(false);
    expect(partnerMail.safeParse({ id: 'p', at, from: 'a@b', body: 'x'.repeat(120_001) }).success).toBe(false);
    expect(textMessage.safeParse({ id: 'a b', at, text: '' }).success).toBe(false);
  });
});
