/** How a slot's value is put: by what kind of code it holds. A value that is no code is shown as it is. */
export type Putting =
  | 'plain'
  | 'sound'
  | 'source'
  | 'role'
  | 'order'
  | 'lack'
  | 'flag'
  | 'harm'
  | 'standing'
  | 'authority';

type Table = Readonly<Record<string, string>>;

/** What somebody may do, after "authority". */
const authorities: Table = { 'lower-grade': 'to lower a grade', 'lower-protected': 'to lower a protected matter' };

/** What was heard on a line, and what a call back met. */
const sounds: Table = {
  struggle: 'a struggle',
  scream: 'a scream',
  argument: 'an argument',
  crying: 'crying',
  help: 'a call for help',
  breaking: 'something breaking',
  'second-voice': 'another voice',
  prompting: 'somebody prompting',
  'line-muted': 'a muted line',
  silence: 'silence',
  'third-party': 'somebody else',
  'wrong-number': 'a wrong number',
  'no-answer': 'no answer',
  redirected: 'sent elsewhere',
  'no-police-needed': 'told that no police are needed',
};

const sources: Table = {
  'own-history': 'our own history',
  'own-history-spelling': 'our own history, by spelling',
  history: 'our own history',
};

const roles: Table = {
  handler: 'contact handler',
  fim: 'force incident manager',
  'on-call': 'on-call officer',
  'appropriate-authority': 'appropriate authority',
};

/** What a unit's result lacks (`attendance-unproven`). */
const lacks: Table = {
  'no-outcome': 'that is no outcome',
  'not-searched': 'what was searched is not said',
  'not-named': 'whom they saw is not said',
  'not-identified': 'how they were identified is not said',
  'somebody-else': 'whoever was seen is not on record here',
  'nobody-seen': 'nobody at risk was seen',
  'not-seen-safe': 'nobody was seen safe, apart from others',
};

/** What makes more be at stake, and in whose hands a phone is (`unsafe-callback`). */
const flags: Table = { domestic: 'domestic abuse, here or on record', suspect: 'a suspect’s' };

/** What the words say of a danger that they do not tell of for now. */
const standings: Table = { negated: 'denied', past: 'as past', resolved: 'as over' };

const harms: Table = { complaint: 'serious complaint' };

/** A code in words: `area-search` is an area search. Hyphens between figures, as in a date, stay. */
function unhyphened(value: string): string {
  return value.replaceAll(/(?<=\p{Ll})-(?=\p{Ll})/gu, ' ');
}

function listed(value: string, table: Table): string {
  return value
    .split(', ')
    .map((one) => table[one] ?? unhyphened(one))
    .join(', ');
}

/** The name of a command as words: `SetGrade` is set grade. */
function unjoined(value: string): string {
  return value.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

const puttings: Readonly<Record<Putting, (value: string) => string>> = {
  plain: unhyphened,
  // The words of a caller or an operator may stand here too, and are left alone.
  sound: (value) => sounds[value] ?? value,
  source: (value) => sources[value] ?? unhyphened(value),
  role: (value) => listed(value, roles),
  order: unjoined,
  lack: (value) => listed(value, lacks),
  flag: (value) => flags[value] ?? value,
  authority: (value) => authorities[value] ?? unhyphened(value),
  standing: (value) => standings[value] ?? value,
  harm: (value) => harms[value] ?? unhyphened(value),
};

/** Whether this is one of the ways of putting a value. */
export function isPutting(name: string): name is Putting {
  return Object.hasOwn(puttings, name);
}

/** A code as the people in the room say it. */
export function put(value: string, how: Putting): string {
  return puttings[how](value);
}
