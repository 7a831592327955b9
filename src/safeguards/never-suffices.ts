/** A reason for less that never suffices (`grade-lowered`), quoted back with why. */
export interface NoReason {
  readonly quote: string;
  readonly because: string;
}

/** The closed list: literal phrases, by what they claim. */
const neverReasons: readonly { readonly because: string; readonly phrases: readonly string[] }[] = [
  {
    because: 'that somebody has been there says nothing about now',
    phrases: [
      'been there',
      'been already',
      'already been',
      'already attended',
      'already visited',
      'attended earlier',
      'attended before',
      'attended yesterday',
      'attended previously',
      'previously attended',
      'previous attendance',
      'same as yesterday',
    ],
  },
  {
    because: 'having nobody to send does not make it less urgent; record that there is no unit instead',
    phrases: [
      'no unit',
      'no units',
      'no officers',
      'no patrols',
      'no resources',
      'no resource',
      'no cars',
      'nobody free',
      'nobody available',
      'no one free',
      'no one available',
      'none free',
      'none available',
      'lack of resources',
      'lack of units',
      'short of units',
      'due to demand',
    ],
  },
  {
    because: 'a caller who is calm may be in danger',
    phrases: ['calm', 'calmer', 'calmed', 'calmed down', 'quietened down', 'settled down', 'stopped crying'],
  },
  {
    because: 'an earlier hoax says nothing about this call',
    phrases: [
      'hoax',
      'hoaxer',
      'hoax caller',
      'prank',
      'prank caller',
      'time waster',
      'timewaster',
      'cried wolf',
      'crying wolf',
      'nuisance caller',
      'regular caller',
      'frequent caller',
      'false call before',
    ],
  },
  {
    because: 'illness, drink or manner never make a danger less',
    phrases: [
      'unwell',
      'mentally ill',
      'mental health issues',
      'mental health problems',
      'mental health history',
      'known mental health',
      'drunk',
      'intoxicated',
      'in drink',
      'paranoid',
    ],
  },
  {
    because: 'another agency counts only once it has confirmed that it holds the person',
    phrases: [
      'with another agency',
      'another agency',
      'ambulance attending',
      'ambulance aware',
      'ambulance dealing',
      'passed to ambulance',
      'with ambulance',
      'social services aware',
      'social services dealing',
      'with social services',
      'mental health team aware',
      'mental health team dealing',
      'crisis team aware',
      'crisis team dealing',
      'other agency dealing',
    ],
  },
];

function flattened(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** The phrase of a reason that never suffices, the longest of its kind, or null where there is none. */
export function neverSuffices(reason: string): NoReason | null {
  const flat = flattened(reason);
  for (const { because, phrases } of neverReasons) {
    const found = phrases.filter((phrase) => flat.includes(` ${phrase} `));
    const quote = found.reduce((longest, phrase) => (phrase.length > longest.length ? phrase : longest), '');
    if (quote !== '') return { quote, because };
  }
  return null;
}
