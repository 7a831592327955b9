import { expect, test } from 'vitest';
import { read } from '../../test/phrase-list.ts';
import { kindsReading, testSentences } from '../../test/sentences.ts';
import type { Sentences } from '../../test/sentences.ts';

const claims: Readonly<Record<string, Sentences>> = {
  'claim-checks-done': {
    told: [
      'checks complete no trace',
      'intel checks done',
      'PNC NT',
      'all checks done on name and number',
      'checks have been carried out',
      'PNC checked, nothing',
      'subscriber checked',
      'checks completed by handler',
    ],
    quiet: ['checks to be done', 'awaiting intel checks', 'please run checks', 'checks not done', 'can you do checks'],
  },
  'claim-no-trace': {
    told: [
      'checks complete no trace',
      'PNC NT',
      'no intel on address',
      'nothing known on PND',
      'not known to police',
      'no previous calls from this number',
      'no markers on address',
      'nil trace',
    ],
    quiet: ['trace wanted on the number', 'two previous logs', 'marker on address for violence', 'traces of blood'],
  },
  'claim-unit-assigned': {
    told: [
      'unit assigned',
      'double crewed unit has been allocated',
      'patrol deployed',
      'allocated to unit 42',
      'officers have been sent',
      'unit tasked to this',
      'crew dispatched from north',
      'resourced',
    ],
    quiet: ['unit to be assigned', 'no unit assigned', 'unit not yet allocated', 'once unit assigned ring caller'],
  },
  'claim-unit-en-route': {
    told: [
      'unit en route',
      'police are on the way',
      'officers attending',
      'patrol on scene',
      'eta 10 minutes',
      'crew travelling from south',
      'unit is now en-route',
      'told caller help is on the way',
    ],
    quiet: ['no unit en route', 'unit not en route', 'when will a unit come', 'caller is on the bus'],
  },
  'claim-no-unit': {
    told: [
      'no units available',
      'no resources to send at present',
      'no double crewed units available',
      'all units committed',
      'nobody available',
      'unable to resource',
      'no patrols free',
      'nothing to send',
    ],
    quiet: ['unit available now', 'two units free', 'is a unit available', 'appointment available on Monday'],
  },
  'claim-reopened': {
    told: [
      'log reopened',
      'incident re-opened',
      'opened again at request of supervisor',
      'job reopened and graded',
      're-opening this log',
      'reopened',
      'log reactivated',
      'opened back up',
    ],
    quiet: ['shop opened at nine', 'log to be reopened', 'not reopened', 'road has been closed', 'please open a log'],
  },
  'claim-order-lapsed': {
    told: [
      'non-mol has expired',
      'restraining order no longer in force',
      'no order in place',
      'injunction ran out in March',
      'order not been served',
      'bail conditions have lapsed',
      'DVPO expired yesterday',
      'this is not a breach',
    ],
    quiet: ['order in force', 'breach of order', 'orders a taxi', 'order served on him today'],
  },
  'claim-arrested': {
    told: [
      'male has been arrested',
      'suspect arrested and in custody',
      'one arrested',
      'he was arrested at the address',
      'suspect detained by security',
      'two in custody',
      'under arrest',
      'officers have arrested him',
    ],
    quiet: [
      'not arrested',
      'has not been arrested',
      'wants him arrested',
      'he should be arrested',
      'if arrested call us',
    ],
  },
  'claim-seen-safe': {
    told: [
      'spoken to and safe and well',
      'seen safe by officers',
      'she is fine now',
      'all in order',
      'welfare check completed',
      'female is ok',
      'confirmed safe with her mother',
      'no concerns',
    ],
    quiet: ['check she is ok', 'not safe', 'safe and well check requested', 'is she safe', 'make sure he is ok'],
  },
  'claim-spoken-to': {
    told: [
      'spoken to caller again',
      'spoke with neighbour',
      'I have spoken to her on the phone',
      'got hold of the son',
      'contact made with IP',
      'rang back and male answered',
      'caller contacted',
      'talked to the staff',
    ],
    quiet: ['not spoken to', 'to be spoken to', 'softly spoken male', 'wants to speak to an officer'],
  },
  'claim-searched': {
    told: [
      'area searched no trace',
      'house searched by officers',
      'area search conducted',
      'search complete',
      'searched the garden and shed',
      'area search negative',
      'have searched all rooms',
      'no trace in the area',
    ],
    quiet: ['area search requested', 'area to be searched', 'not searched', 'searching for his keys'],
  },
  'claim-address-checked': {
    told: [
      'address checked no reply',
      'attended address, no reply at door',
      'house in darkness',
      'officers visited the property',
      'checked the address earlier',
      'knocked no reply',
      'nobody home',
      'premises secure',
    ],
    quiet: ['address to be checked', 'address not checked', 'his address is unknown', 'address given as 4 High Street'],
  },
  'claim-supervisor-told': {
    told: [
      'supervisor aware',
      'Sgt informed',
      'duty officer has been updated',
      'FIM made aware',
      'passed to supervisor',
      'informed the inspector',
      'agreed with sgt',
      'supervision notified',
    ],
    quiet: ['supervisor not aware', 'supervisor to be informed', 'ask a supervisor', 'supermarket supervisor on shift'],
  },
};

testSentences(claims, kindsReading('claim'));

test('a claim says which state it claims, and nothing else says one', () => {
  const hits = read('checks complete no trace, unit en route, supervisor aware, he has a knife');
  expect(hits.filter(({ reads }) => reads === 'claim').map(({ says }) => says)).toEqual([
    'checks-done',
    'no-trace',
    'unit-en-route',
    'supervisor-told',
  ]);
  expect(hits.filter(({ reads }) => reads !== 'claim').every((hit) => !('says' in hit))).toBe(true);
});
