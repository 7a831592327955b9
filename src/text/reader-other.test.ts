import { describe, expect, test } from 'vitest';
import { read, shippedPhrases, toldKinds } from '../../test/phrase-list.ts';

interface Sentences {
  readonly told: readonly string[];
  readonly quiet: readonly string[];
}

const others: Readonly<Record<string, Sentences>> = {
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
  'family-as-source': {
    told: [
      'could be my ex-husband',
      'my husband is hitting me',
      "my mum's boyfriend punched her",
      'assaulted by her partner',
      "she thinks it's her ex",
      'son is smashing the house up and threatening his mother',
      'my ex is outside',
      'scared of her husband',
      'my brother has a knife',
      "my dad won't let me out",
      'suspect is her ex partner',
      'argument with my boyfriend',
      'her husband came home and strangled her',
      'my ex keeps texting me',
    ],
    quiet: [
      'my husband rang you earlier',
      'my husband was hit by a car',
      'my son has been assaulted by two lads',
      'my wife saw a man hitting a woman',
      'my daughter is frightened',
      'my mother has fallen and hurt her hip',
      'my brother found a bag',
      'not her husband who hit her',
      'my son was threatened at school',
      "my husband's car was scratched",
    ],
  },
  'domestic-named': {
    told: [
      'domestic in progress',
      'dv between partners',
      'poss DA',
      'breach of non-molestation order',
      'domestic abuse history at address',
      'honour based abuse feared',
      'family dispute over money',
      'coercive control reported',
    ],
    quiet: ['domestic waste left in lane', 'domestic burglary', 'not a domestic', 'domestic flight delayed'],
  },
  'heard-struggle': {
    told: [
      'sounds of a struggle',
      'operator heard a struggle',
      'fighting in background',
      'struggle heard then line cut',
      'I can hear a scuffle',
      'thuds and shouting',
      'commotion heard on the line',
      'sounds like someone being hit',
    ],
    quiet: ['no struggle heard', 'struggling to hear caller', 'heard from his sister', 'background checks'],
  },
  'heard-scream': {
    told: [
      'screaming in background',
      'heard a scream',
      'female screaming in the background',
      'hears screaming',
      'scream heard then line dropped',
      'can hear a woman screaming',
      'screams then line dead',
      'sounds of screaming',
    ],
    quiet: ['no screaming heard', 'fox screaming in the garden', 'nothing heard on line', 'background noise only'],
  },
  'heard-argument': {
    told: [
      'man arguing in background',
      'raised voices',
      'shouting heard on line',
      'heard a male shouting',
      'argument heard',
      'can hear them arguing',
      'people arguing',
      'sounds of an argument',
    ],
    quiet: ['no shouting heard', 'no raised voices', 'traffic in background', 'television in background'],
  },
  'heard-crying': {
    told: [
      'female crying',
      'caller in tears',
      'sobbing on the line',
      'heard crying then silence',
      'child crying in background',
      'caller tearful',
      'she was whimpering',
      'someone weeping',
    ],
    quiet: ['not crying', 'crying with laughter', 'no crying heard', 'dog whimpering in a car'],
  },
  'heard-whispering': {
    told: [
      'caller whispering',
      'male heard whispering in the background',
      'whispered her address',
      'she is speaking very quietly',
      'whispers heard',
      'hushed voice',
      'talking quietly',
      'said under her breath that he was there',
    ],
    quiet: ['no whispering', 'spoke clearly', 'quiet street', 'not whispering'],
  },
  'heard-second-voice': {
    told: [
      'male voice in background',
      'second voice heard',
      'another voice on the line',
      'phone answered by a man',
      'someone talking in the background',
      'heard a male',
      'man in the background',
      'phone was taken off her',
    ],
    quiet: ['no voices in background', 'left a voicemail', 'no other voices', 'caller lives with a man'],
  },
  'heard-prompting': {
    told: [
      'caller being told what to say',
      'male prompting her',
      'seemed to be coached',
      'someone telling her what to say',
      'repeating what he says',
      'put the phone down said male voice',
      'heard a man say who are you talking to',
      'sounded scripted',
    ],
    quiet: ['no prompting', 'not prompted', 'answered in her own words', 'prompt reply'],
  },
  'heard-breaking': {
    told: [
      'glass smashing',
      'heard something break, glass breaking',
      'things being thrown',
      'sounds of smashing',
      'loud crash then silence',
      'plates being smashed',
      'can hear banging in the background',
      'heard smashing',
    ],
    quiet: ['no sounds of breaking', 'car crash on the A1', 'fence broken in the wind', 'smashing holiday'],
  },
  'line-muted': {
    told: [
      'line muted',
      'line went silent',
      'caller suddenly quiet',
      'phone covered',
      'put on mute',
      'line has gone quiet',
      'hand over the phone',
      'muffled sounds',
    ],
    quiet: ['line not muted', 'quiet street', 'silent alarm at bank', 'music turned down'],
  },
  'heard-help': {
    told: [
      'shouting help',
      'female said help',
      'heard a voice say help',
      'help help',
      'crying for help',
      'please help me',
      'screaming for help',
      'calling out for help',
    ],
    quiet: ['help me with my bins', 'no help needed', 'helpful neighbour', 'help me find my phone'],
  },
  'marker-believed': {
    told: [
      "I've got a marker on my address",
      "you've got me flagged",
      "I'm on your system as urgent",
      'my number is flagged',
      'she believes there is a marker on her address',
      'there should be a flag on my phone',
      'you said you would come straight away',
      'I have a panic alarm',
      'caller states her number is flagged for a priority response',
    ],
    quiet: ['marker pen on the wall', 'flags outside the town hall', 'red flag on the beach', 'no answer from number'],
  },
  'sent-elsewhere': {
    told: [
      'advised to see a solicitor',
      'adv to ring 101',
      'told her to contact the council',
      'civil matter',
      'not a police matter',
      'she was told to speak to her landlord',
      'signposted to other agency',
      'nothing we can do',
      "told you don't need the police",
    ],
    quiet: [
      'solicitor rang to make a statement',
      'the council has towed it',
      'ambulance asked to attend',
      'not told to see a solicitor',
      'officers will attend',
    ],
  },
  'told-to-come-in': {
    told: [
      'advised to come to the station',
      'told to attend the police station',
      'asked to report online',
      'told to go online',
      'advised to attend front counter',
      'go to the police station',
      'use the online form',
      'told him to come in tomorrow',
    ],
    quiet: ['fight at the train station', 'officers told to attend', 'petrol station', 'station manager calling'],
  },
  'must-call-herself': {
    told: [
      'told only she can report it',
      'advised she needs to call herself',
      'have her call us',
      'get her to ring in',
      'victim must ring',
      'she has to report it herself',
      'has to come from the victim',
      "can't take a third party report",
      'asked to ring in person',
    ],
    quiet: ['she called herself a taxi', 'caller is a third party', 'victim is present', 'she rang earlier'],
  },
  'told-to-ring-back': {
    told: [
      'advised to ring back',
      'told to call back tomorrow',
      'call 999 if he returns',
      'told her to ring 999 if he comes back',
      'adv to call again',
      'ring us back if it gets worse',
      'told to call 999 if it happens again',
      'call back in the morning',
    ],
    quiet: ['ring back made no reply', 'we will ring you back', 'caller rang back', 'line cut, call back tried'],
  },
};

const inList = Object.entries(shippedPhrases.kinds)
  .filter(([, { reads }]) => reads !== 'danger')
  .map(([kind]) => kind);

test('every other kind has its sentences: at least eight told and four that are not', () => {
  expect(Object.keys(others).toSorted()).toEqual(inList.toSorted());
  const thin = Object.entries(others).filter(([, { told, quiet }]) => told.length < 8 || quiet.length < 4);
  expect(thin).toEqual([]);
});

describe.each(Object.entries(others))('%s', (kind, { told, quiet }) => {
  test.each(told)('is told: %s', (sentence) => {
    expect(toldKinds(sentence)).toContain(kind);
  });
  test.each(quiet)('is not told: %s', (sentence) => {
    expect(toldKinds(sentence)).not.toContain(kind);
  });
});

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
