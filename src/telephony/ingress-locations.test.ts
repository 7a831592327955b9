import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noon } from '../../test/control-room.ts';
import { propertySettings } from '../../test/runs.ts';
import { telephoneRoom } from '../../test/telephone-room.ts';
import type { TelephoneRoom } from '../../test/telephone-room.ts';
import type { Contact } from '../room/contact.ts';
import { formatInstant } from '../room/british-time.ts';
import { locationsOf } from '../room/location.ts';
import type { LocationEvidence } from '../room/location.ts';
import { amlPost, amlText, packed } from './aml.ts';
import { againAfterMs, commandsFor } from './ingress.ts';
import { telephonyMessage } from './messages.ts';
import type { IngressSent } from './messages.ts';
import { contactId } from './parts.ts';
import { pidfLoText } from './pidf-lo.ts';
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

function contactOf(telephone: TelephoneRoom, ref: string = call.ref): Contact {
  const contact = telephone.room().contacts.get(contactId(telephone.view(), 'call', ref));
  if (contact === undefined) throw new Error('no such contact');
  return contact;
}

function locations(telephone: TelephoneRoom): readonly LocationEvidence[] {
  return [...telephone.room().locations.values()];
}

describe('a subscriber lookup', () => {
  const answer = {
    number,
    network: 'A Network',
    line: 'fixed',
    subscriber: { name: 'MR A  SAMPLE' },
    address: { premises: '12', street: 'Low Row', town: 'Northwick', postcode: 'ZZ1 1ZZ' },
    verified: true,
  } as const;

  test('names the line, its subscriber and its premises, each as what it is', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'eisec', id: 'm1', at, call: { ref: call.ref }, answer });
    const contact = contactOf(telephone);
    expect(contact.keys).toEqual([
      'phone:447700900123',
      'dwelling:12|low row|northwick',
      'street:low row|northwick',
      'person:mr a sample',
    ]);
    expect((telephone.room().mentions.get(contact.id) ?? []).map((one) => one.role)).toEqual([
      'caller',
      'subject',
      'subject',
    ]);
    const [, person] = contact.subjects.filter((one) => !one.startsWith('phone'));
    expect(
      telephone
        .room()
        .relations.get(person ?? '')
        ?.map((one) => one.relation),
    ).toEqual(['uses', 'lives-at']);
    expect(locations(telephone)).toMatchObject([
      {
        source: 'eisec',
        fix: { kind: 'none', why: 'not-told' },
        address: '12, Low Row, Northwick, ZZ1 1ZZ',
        verified: true,
        told: 'network A Network; line fixed; subscriber MR A SAMPLE',
      },
    ]);
  });

  test('asked twice is two pieces of evidence and the same people', () => {
    const telephone = telephoneRoom();
    for (const id of ['m1', 'm2'])
      telephone.takes('telephony', { kind: 'eisec', id, at, call: { ref: call.ref }, answer });
    expect(locations(telephone)).toHaveLength(2);
    expect(telephone.room().subjects.size).toBe(3);
    expect(telephone.events().filter((event) => event.type === 'Related')).toHaveLength(2);
  });

  test.each([
    ['no-record', 'no record of this number'],
    ['unavailable', 'the service could not be asked'],
    ['timed-out', 'the service gave no answer in time'],
  ] as const)('that came to %s is kept as that, and says nothing else', (result, told) => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'eisec', id: 'm1', at, call: { ref: call.ref }, answer: { result } });
    expect(locations(telephone)).toMatchObject([{ fix: { kind: 'none', why: 'not-told' }, address: null, told }]);
    expect(telephone.room().subjects.size).toBe(0);
  });

  test('of a handset without service gives no number to ring and no person', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', {
      kind: 'eisec',
      id: 'm1',
      at,
      call: { ref: call.ref, cli: { number: '08123456789' } },
      answer: {
        number: '08123456789',
        line: 'mobile',
        limitedService: true,
        cell: '1-22-333',
        zone: 'Z7',
        subscriber: { name: 'Northwick Cycles', business: true },
        ellipse: { latitude: 54.1, longitude: -1.5, majorM: 900, minorM: 400, orientationDeg: 359.6, confidence: 67 },
      },
    });
    expect(telephone.room().subjects.size).toBe(0);
    expect(locations(telephone)).toMatchObject([
      {
        fix: { kind: 'ellipse', majorM: 900, minorM: 400, orientationDeg: 0 },
        confidence: 67,
        method: 'cell',
        verified: null,
        told: expect.stringMatching(/a business; zone Z7; cell 1-22-333; limited service/) as string,
      },
    ]);
  });

  test.each([
    [
      { latitude: 0, longitude: 0, majorM: 9, minorM: 9 },
      { kind: 'none', why: 'zero-position' },
    ],
    [
      { latitude: 91, longitude: 0 },
      { kind: 'none', why: 'unreadable' },
    ],
    [
      { latitude: 54.1, longitude: -1.5, majorM: 300 },
      { kind: 'point', radiusM: 300 },
    ],
    [
      { latitude: 54.1, longitude: -1.5 },
      { kind: 'point', radiusM: null },
    ],
  ])('with the ellipse %j is the fix %j', (ellipse, fix) => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'eisec', id: 'm1', at, call: { ref: call.ref }, answer: { ellipse } });
    expect(locations(telephone)).toMatchObject([{ fix }]);
  });
});

describe('a handset’s position', () => {
  test('of a call is kept with every other, in whichever form it comes', () => {
    const telephone = telephoneRoom();
    const forms = [
      { id: 'm1', body: amlText(here) },
      { id: 'm2', form: 'data', body: Buffer.from(packed(amlText(here))).toString('base64') },
      { id: 'm3', form: 'post', body: amlPost(here, null) },
    ] as const;
    for (const one of forms) telephone.takes('telephony', { kind: 'aml', at, call, ...one });
    expect(locations(telephone).map((one) => one.fix)).toEqual([here.fix, here.fix, here.fix]);
    const contact = contactOf(telephone);
    telephone.does('handler-1', 'OpenIncident', { incident: 'i1', contact: contact.id, kinds: [], summary: 'a call' });
    const incident = telephone.room().incidents.get('i1');
    expect(incident === undefined ? 0 : locationsOf(telephone.room(), incident).length).toBe(3);
  });

  test('that cannot be read is kept as one that came and could not be read', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'aml', id: 'm1', at, call, body: 'A"ML=1;lt=54.1x;lg=0' });
    telephone.takes('telephony', { kind: 'aml', id: 'm2', at, call, form: 'data', body: '***' });
    telephone.takes('telephony', { kind: 'pidf-lo', id: 'm3', at, call, body: '<!DOCTYPE x><x/>' });
    for (const one of locations(telephone)) expect(one.fix).toEqual({ kind: 'none', why: 'unreadable' });
    expect(locations(telephone).map((one) => one.told)).toEqual([
      'The latitude and longitude of an AML message are degrees such as +51.53321.',
      'A data SMS is given in Base64.',
      'A document type, and anything that it declares, is not read.',
    ]);
  });

  test('without a call is that of the newest call from its number', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', { kind: 'presented', id: 'm1', at, call });
    telephone.takes('telephony', { kind: 'cut-off', id: 'm2', at, call });
    telephone.takes('telephony', { kind: 'presented', id: 'm3', at, call: { ...call, ref: 'switch/2' } });
    telephone.takes('telephony', { kind: 'aml', id: 'm4', at, form: 'post', body: amlPost(here, '+447700900123') });
    expect(locations(telephone)).toMatchObject([{ contact: contactOf(telephone, 'switch/2').id }]);
  });

  test('whose call has not come is asked for again, and taken late is a call of its own', () => {
    const telephone = telephoneRoom();
    const early: Sent = { kind: 'aml', id: 'm1', at, number, body: amlText(here) };
    expect(againAfterMs(telephonyMessage.parse(early), telephone.view())).toBe(3_000);
    telephone.wait(21_000);
    expect(againAfterMs(telephonyMessage.parse(early), telephone.view())).toBeNull();
    telephone.takes('telephony', early);
    telephone.takes('telephony', { ...early, id: 'm2' });
    const [contact, ...others] = [...telephone.room().contacts.values()];
    expect(others).toEqual([]);
    expect(contact).toMatchObject({ channel: '999', state: 'presented', keys: ['phone:447700900123'] });
    expect(locations(telephone)).toMatchObject([{ contact: contact?.id }, { contact: contact?.id }]);
  });

  test('in a presence document is read with its address', () => {
    const telephone = telephoneRoom();
    telephone.takes('telephony', {
      kind: 'pidf-lo',
      id: 'm1',
      at,
      call,
      body: pidfLoText({ ...here, source: 'pidf-lo', address: 'The Old Mill' }),
    });
    expect(locations(telephone)).toMatchObject([{ source: 'pidf-lo', fix: here.fix, address: 'The Old Mill' }]);
  });
});

describe('whatever a lookup or a handset says', () => {
  const text = fc.option(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(' - ', '', 'A')), {
    nil: undefined,
  });
  const figure = fc.option(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -5, max: 1_000 })), {
    nil: undefined,
  });
  const answer = fc.record({
    subscriber: fc.record({ name: text }),
    address: fc.record({ premises: text, street: text, town: text, postcode: text, lines: fc.constant(['x', '']) }),
    network: text,
    cell: text,
    ellipse: fc.option(
      fc.record({
        latitude: fc.double({ min: -100, max: 100, noNaN: true }),
        longitude: fc.double({ min: -200, max: 200, noNaN: true }),
        majorM: figure,
        minorM: figure,
        confidence: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      }),
      { nil: undefined },
    ),
  });

  test('what its schema takes becomes commands that the room takes', () => {
    const telephone = telephoneRoom([]);
    fc.assert(
      fc.property(answer, fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (answered, body) => {
        const messages = [
          { kind: 'eisec', id: 'm1', at, call, answer: answered },
          { kind: 'aml', id: 'm2', at, body },
          { kind: 'aml', id: 'm3', at, form: 'post', body },
          { kind: 'pidf-lo', id: 'm4', at, call, body },
        ].map((one) => telephonyMessage.safeParse(one));
        const made = messages.flatMap((one) => (one.success ? commandsFor(one.data, telephone.view()) : []));
        expect(made.filter((one) => one.type === 'RecordLocation').length).toBeGreaterThanOrEqual(3);
      }),
      propertySettings(300),
    );
  });
});
