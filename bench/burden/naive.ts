import type { StoredEvent } from '../../src/room/define.ts';
import type { Identity } from '../../src/room/subject.ts';
import { phoneKey } from '../../src/room/subject.ts';

/**
 * The rules that a force would write today, in an afternoon, into the system that it has: any earlier call from this
 * address in thirty days, any earlier contact by this number in thirty days, and a list of words. Each rule speaks once
 * for a contact; nothing climbs, nothing asks to be done.
 */
export const naiveRules = ['earlier-call-at-address', 'earlier-contact-by-number', 'word-on-the-list'] as const;
export type NaiveRule = (typeof naiveRules)[number];

const windowMs = 30 * 86_400_000;

/** The stems that anybody would put on such a list; each matches at the beginning of a word. */
const stems = [
  'abus',
  'afraid',
  'ambulance',
  'armed',
  'arson',
  'assault',
  'attack',
  'axe',
  'baby',
  'beat',
  'bleed',
  'blood',
  'breath',
  'burn',
  'child',
  'choke',
  'choking',
  'collaps',
  'crash',
  'cry',
  'dead',
  'death',
  'die',
  'domestic',
  'drown',
  'drug',
  'drunk',
  'dying',
  'emergency',
  'ex-',
  'fall',
  'fight',
  'fire',
  'follow',
  'frighten',
  'gun',
  'hammer',
  'hang',
  'harass',
  'harm',
  'help',
  'hit',
  'hurt',
  'hostage',
  'injur',
  'intruder',
  'jump',
  'kick',
  'kidnap',
  'kill',
  'knife',
  'machete',
  'medic',
  'missing',
  'murder',
  'order',
  'overdos',
  'pain',
  'partner',
  'pills',
  'punch',
  'rape',
  'rob',
  'scared',
  'scream',
  'shoot',
  'shot',
  'shout',
  'smash',
  'stab',
  'stalk',
  'strangl',
  'struggl',
  'suicid',
  'terrif',
  'threat',
  'throat',
  'unconscious',
  'violen',
  'vulnerab',
  'weapon',
];
const words = new RegExp(`\\b(?:${stems.join('|')})`, 'i');

/** Whether a text holds a word of such a list. */
export function isOnTheList(text: string): boolean {
  return words.test(text);
}

/** One warning of the naive rules. */
export interface Warning {
  readonly at: number;
  readonly rule: NaiveRule;
  readonly contact: string;
}

/** What the naive rules know and have said. */
export interface Naive {
  readonly warnings: Warning[];
  readonly said: Set<string>;
  /** When each address or number was last heard of, and by which contact. */
  readonly last: Map<string, { readonly at: number; readonly contact: string }[]>;
}

/** The naive rules before the first contact. */
export function emptyNaive(): Naive {
  return { warnings: [], said: new Set(), last: new Map() };
}

function warn(naive: Naive, rule: NaiveRule, contact: string, at: number): void {
  const key = `${rule} ${contact}`;
  if (naive.said.has(key)) return;
  naive.said.add(key);
  naive.warnings.push({ at, rule, contact });
}

/** What such a system compares: the digits of a number, the text of an address with a house or a name of its own. */
function keyOf(identity: Identity): string | null {
  if (identity.kind === 'phone') return phoneKey(identity.number);
  if (identity.kind !== 'place' || identity.premises === undefined) return null;
  return `${identity.premises}|${identity.street}|${identity.town ?? ''}`.toLowerCase();
}

/** Tells the naive rules of a contact at an address or by a number; whether they warn of it. */
export function remember(
  naive: Naive,
  identity: Identity,
  of: { readonly contact: string; readonly at: number },
): boolean {
  const key = keyOf(identity);
  if (key === null) return false;
  const before = naive.last.get(key) ?? [];
  const isKnown = before.some(({ at, contact }) => contact !== of.contact && of.at - at <= windowMs);
  // The newest two are enough: one of them is another contact's.
  naive.last.set(key, [of, ...before.filter(({ contact }) => contact !== of.contact)].slice(0, 2));
  return isKnown;
}

/** Lets the naive rules hear an event; `identityOf` finds what a subject is known by. */
export function hearNaively(naive: Naive, event: StoredEvent, identityOf: (subject: string) => Identity | null): void {
  const { contact } = event.ids;
  if (contact === undefined) return;
  if (event.type === 'Mentioned') {
    const { role } = event.body as { readonly role: string };
    const identity = identityOf(event.ids['subject'] ?? '');
    if (identity === null || (identity.kind === 'place' && role !== 'scene')) return;
    const isKnown = remember(naive, identity, { contact, at: event.at });
    if (isKnown)
      warn(
        naive,
        identity.kind === 'phone' ? 'earlier-contact-by-number' : 'earlier-call-at-address',
        contact,
        event.at,
      );
  }
  const text = textOf(event);
  if (text !== null && isOnTheList(text)) warn(naive, 'word-on-the-list', contact, event.at);
}

function textOf({ type, body }: StoredEvent): string | null {
  if (type !== 'StatementRecorded' && type !== 'RelayRecorded') return null;
  const { words: said } = body as { readonly words?: string };
  return said ?? null;
}
