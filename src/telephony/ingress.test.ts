import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nationalPolicy, noon } from '../../test/control-room.ts';
import { propertySettings } from '../../test/runs.ts';
import { telephoneRoom } from '../../test/telephone-room.ts';
import type { Answered, TelephoneRoom } from '../../test/telephone-room.ts';
import type { Contact } from '../room/contact.ts';
import { formatInstant } from '../room/british-time.ts';
import type { LocationEvidence } from '../room/location.ts';
import { amlText } from './aml.ts';
import { commandsFor, noNumberWords, verdictOf } from './ingress.ts';
import { telephonyMessage } from './messages.ts';
import type { IngressSent } from './messages.ts';
import { contactId } from './parts.ts';
import type { LocationTold } from './told.ts';

type Sent = IngressSent['telephony'];

const number = '07700 900123';
const at = formatInstant(noon);
const call = { ref: 'switch/1', service: '999', cli: { number } } as const;
const here: LocationTold = {
  source: 'aml',
  fix: { kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 14 },
  confidence: 68,
  takenAt: noon,
  method: 'wifi',
  doubts: [],
};

function outcomesOf(answers: readonly Answered[]): readonly string[] {
  return answers.map(({ type, kind, outcome, isRepeat }) => {
    if (kind === 'conflict') return `${type} conflict`;
    const said = outcome?.kind === 'refused' ? (outcome.reasons[0]?.code ?? 'gated') : 'done';
    return `${type} ${said}${isRepeat ? ' again' : ''}`;
  });
}

function contactOf(telephone: TelephoneRoom, ref: string = call.ref): Contact {
  const contact = telephone.room().contacts.get(contactId(telephone.view(), 'call', ref));
  if (contact === undefined) throw new Error('no such contact');
  return contact;
}

function locations(telephone: TelephoneRoom): readonly LocationEvidence[] {
  return [...telephone.room().locations.values()];
}

/** The contact of a call that shows this. */
function shown(cli: Extract<Sent, { kind: 'presented' }>['call']['cli']): Contact {
  const telephone = telephoneRoom();
  telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call: { ...call, cli } });
  return contactOf(telephone);
}

describe('a call', () => {
  test('is presented with its number, answered by whoever sits there, and ends', () => {
    const telephone = telephoneRoom();
    expect(outcomesOf(telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call }))).toEqual([
      'PresentContact done',
      'Mention done',
    ]);
    const answered = telephone.takes('telephony', { kind: 'answered', id: 'm2', at, call, position: 'desk-handler-1' });
    expect(outcomesOf(answered)).toEqual(['AnswerContact done']);
    expect(contactOf(telephone)).toMatchObject({
      channel: '999',
      handler: 'handler-1',
      state: 'answered',
      keys: ['phone:447700900123'],
    });
    telephone.takes('telephony', { kind: 'transferred', id: 'm3', at, call, to: 'desk-handler-2' });
    telephone.takes('telephony', { kind: 'ended', id: 'm4', at, call });
    expect(contactOf(telephone)).toMatchObject({
      answeredBy: ['handler-1', 'handler-2'],
      state: 'ended',
      ending: 'ended',
    });
  });

  test('that nobody is signed on to answer is answered all the same', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'answered', id: 'm1', at, call, position: 'desk-nobody' });
    expect(contactOf(telephone)).toMatchObject({ state: 'answered', handler: null, answeredBy: [] });
  });

  test.each([
    ['cut off', { kind: 'cut-off' }, 'cut-off'],
    ['given up', { kind: 'ended', ending: 'abandoned' }, 'abandoned'],
    ['silent', { kind: 'ended', ending: 'silent' }, 'silent'],
    ['transferred out', { kind: 'transferred' }, 'transferred'],
  ] as const)('that was %s ends as that', (_, message, ending) => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { ...message, id: 'm1', at, call });
    expect(contactOf(telephone).ending).toBe(ending);
  });

  test('on which something is heard says so', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'heard', id: 'm1', at, call, observations: ['silence'] });
    expect(contactOf(telephone).observations).toEqual(['silence']);
  });

  test('shows the number that is withheld from others, and none that only stands for one', () => {
    expect(shown({ number, presentation: 'withheld' }).keys).toEqual(['phone:447700900123']);
    for (const cli of [
      { number, presentation: 'pseudo' },
      { number: '08123 456789' },
      { number: '+44 8123 456789' },
      { presentation: 'unavailable' },
      { presentation: 'withheld' },
    ] as const)
      expect(shown(cli)).toMatchObject({ keys: [], subjects: [] });
  });

  test('without a number says so once, in words that nothing is read from', () => {
    const telephone = telephoneRoom();
    const bare = { ...call, cli: { presentation: 'unavailable' } } as const;
    telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call: bare });
    telephone.takes('telephony', { kind: 'cut-off', id: 'm2', at, call: bare });
    const relays = telephone.events().filter((event) => event.type === 'RelayRecorded');
    expect(relays.map((event) => event.body)).toEqual([{ words: noNumberWords, observations: [], readings: [] }]);
    expect(nationalPolicy().reader.read(noNumberWords, 'caller')).toEqual([]);
  });

  test('is taken though the switch’s clock runs ahead, and keeps the time of one that is late', () => {
    const telephone = telephoneRoom();
    const ahead = formatInstant(noon + 90_000);
    expect(outcomesOf(telephone.takes('telephony', { kind: 'presented', id: 'm1', at: ahead, call }))[0]).toMatch(
      /done/,
    );
    telephone.wait(600_000);
    telephone.takes('telephony', { kind: 'presented', id: 'm2', at, call: { ...call, ref: 'late' } });
    expect(contactOf(telephone, 'late').presentedAt).toBe(noon);
  });
});

describe('the ids that a message makes', () => {
  test('are the same each time, and hold nothing of a number', () => {
    const telephone = telephoneRoom();
    const message: Sent = {
      kind: 'presented',
      id: `${number.replace(' ', '')}-1`,
      at,
      call: { ...call, ref: '07700900123' },
    };
    const first = commandsFor(telephonyMessage.parse(message), telephone.view());
    expect(commandsFor(telephonyMessage.parse(message), telephone.view())).toEqual(first);
    const ids = first.flatMap(({ id, data }) => {
      const { contact, subject } = data as { contact?: string; subject?: string };
      return [id, contact ?? '', subject ?? ''];
    });
    for (const one of ids) expect(one).toMatch(/^$|^(?:ingress|contact|phone)-[0-9a-f]{24}$/);
    const other = commandsFor(telephonyMessage.parse(message), { ...telephone.view(), idKey: 'another key' });
    expect(other.map((one) => one.id)).not.toEqual(first.map((one) => one.id));
  });

  test('are others for another sender, another room and another message', () => {
    const { room, ...view } = telephoneRoom().view();
    const parsed = telephonyMessage.parse({ kind: 'presented', id: 'm1', at, call });
    const idOf = (view: Parameters<typeof commandsFor>[1], message = parsed): string =>
      commandsFor(message, view)[0]?.id ?? '';
    const all = [
      idOf({ ...view, room }),
      idOf({ ...view, room, sender: 'other' }),
      idOf({ ...view, room: { ...room, id: 'room-2' } }),
      idOf({ ...view, room }, { ...parsed, id: 'm2' }),
    ];
    expect(new Set(all).size).toBe(4);
  });

  test('are one subject for one number however it is written, and what people put down about it stands', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call });
    telephone.takes('telephony', {
      kind: 'presented',
      id: 'm2',
      at,
      call: { ref: '2', cli: { number: '+44 (7700) 900-123' } },
    });
    expect(telephone.room().subjects.size).toBe(1);
    expect(telephone.events().filter((event) => event.type === 'SubjectRecorded')).toHaveLength(1);
  });
});

describe('a message sent again', () => {
  test('is a repeat, and changes nothing', () => {
    const telephone = telephoneRoom();
    const message: Sent = { kind: 'cut-off', id: 'm1', at, call };
    telephone.takes('telephony', message);
    const before = telephone.events().length;
    const again = telephone.takes('telephony', message);
    expect(outcomesOf(again)).toEqual(['EndContact done again']);
    expect(verdictOf(again)).toBe('settled');
    expect(telephone.events()).toHaveLength(before);
  });

  test('after somebody else sat down at the position is settled by what was recorded before', () => {
    const telephone = telephoneRoom();
    const message: Sent = { kind: 'answered', id: 'm1', at, call, position: 'desk-handler-1' };
    telephone.takes('telephony', message);
    telephone.does('handler-1', 'SignOff', { staff: 'handler-1' });
    const again = telephone.takes('telephony', message);
    expect(outcomesOf(again)).toEqual(['AnswerContact conflict']);
    expect(verdictOf(again)).toBe('settled');
    expect(contactOf(telephone).answeredBy).toEqual(['handler-1']);
  });

  test('is asked for only where it was not recorded', () => {
    expect(verdictOf([{ kind: 'recorded' }, { kind: 'conflict' }])).toBe('settled');
    expect(verdictOf([{ kind: 'recorded' }, { kind: 'busy' }])).toBe('again');
    expect(verdictOf([{ kind: 'not-recorded' }])).toBe('again');
    expect(verdictOf([])).toBe('settled');
  });

  test('that the room refuses is refused once and for all', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'ended', id: 'm1', at, call });
    const late: Sent = { kind: 'answered', id: 'm2', at, call, position: 'desk-handler-1' };
    const answers = telephone.takes('telephony', late);
    expect(outcomesOf(answers)).toEqual(['AnswerContact contact-ended']);
    expect(verdictOf(answers)).toBe('settled');
    expect(outcomesOf(telephone.takes('telephony', late))).toEqual(['AnswerContact contact-ended again']);
  });
});

describe('a message out of its order', () => {
  test('presents the call itself, and who had it is known though the answer comes late', () => {
    const telephone = telephoneRoom();
    const ended = telephone.takes('telephony', { kind: 'cut-off', id: 'm3', at, call, position: 'desk-handler-1' });
    expect(outcomesOf(ended)).toEqual(['PresentContact done', 'Mention done', 'AnswerContact done', 'EndContact done']);
    expect(outcomesOf(telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call }))).toEqual([]);
    expect(contactOf(telephone)).toMatchObject({ answeredBy: ['handler-1'], ending: 'cut-off', keys: { length: 1 } });
  });

  const messages: readonly Sent[] = [
    { kind: 'presented', id: 'm1', at, call },
    { kind: 'eisec', id: 'm2', at, call: { ref: call.ref }, answer: { result: 'found', cell: '1-2', number } },
    { kind: 'aml', id: 'm3', at, call: { ref: call.ref }, body: amlText(here) },
    { kind: 'answered', id: 'm4', at, call: { ref: call.ref }, position: 'desk-handler-1' },
    { kind: 'heard', id: 'm5', at, call: { ref: call.ref }, observations: ['silence'] },
    { kind: 'cut-off', id: 'm6', at, call: { ref: call.ref }, position: 'desk-handler-1' },
    { kind: 'dialled', id: 'm7', at, ref: 'out/1', number, regards: call.ref, position: 'desk-handler-1' },
    {
      kind: 'dial-ended',
      id: 'm8',
      at,
      ref: 'out/1',
      number,
      regards: call.ref,
      position: 'desk-handler-1',
      result: 'no-answer',
    },
  ];

  test('is lost in no order, and doubled by no repeat', () => {
    const orders = fc.shuffledSubarray([...messages, ...messages], {
      minLength: messages.length * 2,
      maxLength: messages.length * 2,
    });
    fc.assert(
      fc.property(orders, (order) => {
        const telephone = telephoneRoom();
        for (const message of order) expect(verdictOf(telephone.takes('telephony', message))).toBe('settled');
        expect([...telephone.room().contacts.keys()]).toEqual([contactOf(telephone).id]);
        expect(contactOf(telephone)).toMatchObject({
          state: 'ended',
          ending: 'cut-off',
          answeredBy: ['handler-1'],
          observations: ['silence'],
          keys: ['phone:447700900123'],
        });
        expect(
          locations(telephone)
            .map((one) => one.source)
            .toSorted(),
        ).toEqual(['aml', 'eisec']);
        const { callbacks, callbacksOn } = telephone.room();
        expect([...callbacks.values()]).toMatchObject([{ by: 'handler-1', result: 'no-answer' }]);
        expect(callbacksOn.get(contactOf(telephone).id)).toHaveLength(1);
        expect(telephone.events().filter((event) => event.type === 'SafeguardFailed')).toEqual([]);
      }),
      propertySettings(60),
    );
  });
});

describe('a call out', () => {
  test('is an attempt to ring back the newest call of that number, by whoever dialled', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call });
    telephone.takes('telephony', { kind: 'cut-off', id: 'm2', at, call });
    const out = { id: 'm3', at, ref: 'out/1', number, position: 'desk-handler-2' };
    telephone.takes('telephony', { kind: 'dialled', ...out });
    const [attempt] = [...telephone.room().callbacks.values()];
    expect(attempt).toMatchObject({ contact: contactOf(telephone).id, by: 'handler-2', result: null });
    telephone.takes('telephony', { kind: 'dial-ended', ...out, id: 'm4', result: 'answered' });
    expect(telephone.room().callbacks.get(attempt?.id ?? '')?.result).toBeNull();
    telephone.takes('telephony', { kind: 'dial-ended', ...out, id: 'm5', result: 'voicemail' });
    expect(telephone.room().callbacks.get(attempt?.id ?? '')?.result).toBe('voicemail');
  });

  test('that the console asked for is the attempt that it made', () => {
    const telephone = telephoneRoom();
    telephone.does('handler-1', 'AttemptCallback', { callback: 'back-1', means: 'call' });
    const answers = telephone.takes('telephony', {
      kind: 'dialled',
      id: 'm1',
      at,
      ref: 'out/1',
      number,
      callback: 'back-1',
    });
    expect(outcomesOf(answers)).toEqual(['RecordSubject done']);
    expect(telephone.room().callbacks.size).toBe(1);
  });
});
