import type { CommandData } from '../room/vocabulary.ts';
import type { Identity, Role } from '../room/subject.ts';
import type { Arrival } from './arrivals.ts';
import { hourOf } from './arrivals.ts';
import { between, chance, pick, pickWeighted } from './chance.ts';
import type { County, Pair } from './county.ts';
import type { Matter } from './county-file.ts';
import { fixOf } from './fixes.ts';
import type { Fix } from './fixes.ts';
import { occupantOf } from './occupants.ts';
import { homeAt, streetPlace } from './places.ts';
import type { Place } from './places.ts';
import { identityOf } from './records.ts';
import { bornAt, dramaLandline, dramaMobile, inventedMark, longMobile } from './residents.ts';
import type { Resident } from './residents.ts';

export type Channel = CommandData<'PresentContact'>['channel'];

/** Somebody or something that a call names. */
export interface Cast {
  readonly subject: string;
  readonly identity: Identity;
  readonly role: Role;
}

/** One contact to come: when, by which channel, who says what, and what it is about. */
export interface Call {
  /** Id of the contact. */
  readonly id: string;
  /** Id of the incident that is opened from it, or that it is joined to. */
  readonly incident: string;
  readonly at: number;
  /** `chorus`: somebody else about the same event; `again`: the same caller while it is open. */
  readonly kind: 'matter' | 'silent' | 'distressed' | 'chorus' | 'again';
  readonly matter: Matter | null;
  /** Whether somebody is in danger, where it was planted with that answer. */
  readonly isDanger?: boolean;
  readonly channel: Channel;
  readonly words: readonly string[];
  /** What the operator or the line says, where nobody speaks. */
  readonly heard: { readonly words: string; readonly observations: readonly string[] } | null;
  readonly phone: Cast | null;
  readonly scene: Cast | null;
  readonly place: Place | null;
  /** Where the handset says that it is. */
  readonly fix: Fix | null;
  readonly people: readonly Cast[];
}

/** What a call is drawn from. */
export interface Drawing {
  readonly county: County;
  readonly seed: number;
  readonly arrival: Arrival;
}

const minuteMs = 60_000;
/** What everybody who passes rings about at once. */
const burstMatter = 'collision-hurt';
const slotsOfDay = 100_000;
/** Each ward has so many people who go missing; which sentence fits depends on who it is. */
const storiesOfWard = 3;
/** Numbers from here on belong to nobody who lives in the county. */
const firstStrange = 160;
const strangeNumbers = 1000 - firstStrange;
/** Long numbers from here on, so many of them, belong to nobody who lives in a force. */
const firstOfStrangers = 900_000;
const strangersMost = 99_000;

/** A running number of beginnings across days: what comes round in turn is drawn from it. */
function turnOf({ county, arrival }: Drawing): number {
  // More than begins in a usual day.
  const usualDay = Math.ceil(county.assumed['beginnings-an-hour'] * 26);
  return arrival.day * usualDay + arrival.ordinal;
}

/** The part of an id by which a call is found again. */
export function keyOf({ day, slot }: Arrival): string {
  return (day * slotsOfDay + slot).toString(36);
}

/** The day and slot of a contact or incident of ours, or null for any other. */
export function arrivalIn(id: string): { readonly day: number; readonly slot: number } | null {
  const key = /^(?:call|job)-([0-9a-z]{4,10})(?:-\d)?$/.exec(id)?.[1];
  const number = key === undefined ? Number.NaN : Number.parseInt(key, 36);
  return Number.isSafeInteger(number) ? { day: Math.floor(number / slotsOfDay), slot: number % slotsOfDay } : null;
}

function numberOf(place: number): string {
  const index = place % (strangeNumbers + 1000);
  return index < strangeNumbers ? dramaMobile(firstStrange + index) : dramaLandline(index - strangeNumbers);
}

/** In a small county numbers come round after more than a day; in a force, after a month. */
function strangePhone(drawing: Drawing): Cast {
  const { county, arrival } = drawing;
  const turn = turnOf(drawing);
  const number = county.assumed.copies > 1 ? longMobile(firstOfStrangers + (turn % strangersMost)) : numberOf(turn);
  return { subject: `tel-${keyOf(arrival)}`, identity: { kind: 'phone', number }, role: 'used' };
}

/** Somebody who is not of the county; a name that comes round again belongs to somebody born on another day. */
function stranger(drawing: Drawing, role: Role, place: number): Cast {
  const { county, seed, arrival } = drawing;
  const { strangers } = county;
  const name = strangers[(turnOf(drawing) + place * 457) % strangers.length] ?? '';
  const drawn = chance(seed, 'born', arrival.day, arrival.slot, place);
  const age = role === 'child' ? between(2, 9, drawn) : between(18, 84, drawn);
  const identity = { kind: 'person', name, born: bornAt(age, turnOf(drawing) + place) } as const;
  return { subject: `who-${keyOf(arrival)}-${place}`, identity, role };
}

function residentCast(one: Resident, role: Role): Cast {
  return { subject: one.id, identity: identityOf(one), role };
}

function matterOf({ county, seed, arrival }: Drawing): Matter {
  const seen = arrival.burst > 0 ? county.matters.find(({ id }) => id === burstMatter) : undefined;
  if (seen !== undefined) return seen;
  const hour = hourOf(arrival.at);
  const possible = county.matters.filter(({ hours }) => {
    if (hours === undefined) return true;
    const [from, until] = hours;
    return from < until ? hour >= from && hour < until : hour >= from || hour < until;
  });
  return pickWeighted(possible, chance(seed, 'matter', arrival.day, arrival.slot));
}

/** Streets come round in turn, so that two matters of one street are far apart in time. */
function placeOf(drawing: Drawing, matter: Matter): Place | null {
  const { county, seed, arrival } = drawing;
  const draw = (name: string): number => chance(seed, name, arrival.day, arrival.slot);
  if (matter.scene === 'none') return null;
  if (typeof matter.scene !== 'string') {
    const kinds: readonly string[] = matter.scene;
    const found = pick(
      county.places.filter(({ kind }) => kinds.includes(kind)),
      draw('place'),
    );
    return unitOf(found, Math.floor(county.assumed['units-of-a-place'] * draw('unit')));
  }
  if (matter.scene === 'home' && county.assumed['busy-homes'] > 0) return occupantOf(county, busyDraw(drawing)).home;
  const turn = turnOf(drawing);
  const street = county.streets[(turn * 7) % county.streets.length];
  if (street === undefined) return null;
  if (matter.scene === 'street') return streetPlace(street);
  const visits = Math.floor(turn / county.streets.length) * 5 + Math.floor(chance(seed, 'first', street.id) * 100);
  const houses = street.to - street.from + 1;
  // In a short street the round begins again soon: at 12A and 12B beside 12.
  const part = ['', 'A', 'B'][Math.floor(visits / houses) % 3] ?? '';
  return { id: `at-${keyOf(arrival)}`, ...homeAt(street, street.from + (visits % houses), part) };
}

/** One of several of their kind that a name of the map stands for where the county is a whole force. */
function unitOf(place: Place, unit: number): Place {
  if (unit === 0) return place;
  const premises = `${place.identity.premises ?? ''} ${unit + 1}`;
  return { ...place, id: `${place.id}-${unit + 1}`, identity: { ...place.identity, premises } };
}

/** Which front door it is: a few hundred are rung from far more often than the others. */
function busyDraw({ county, seed, arrival }: Drawing): number {
  const { 'busy-homes': homes, 'busy-share': share } = county.assumed;
  const draw = (name: string): number => chance(seed, name, arrival.day, arrival.slot);
  if (draw('busy') < share) return Math.floor(homes * draw('door') ** 2);
  return homes + Math.floor(draw('door') * 10_000_000);
}

function said(text: string, place: Place | null): string {
  if (place === null) return text;
  const { premises, street, town } = place.identity;
  const house = premises?.split(', ').at(-1) ?? '';
  const where = place.kind === 'home' ? `${premises ?? ''} ${street}` : (premises ?? street);
  const words: Readonly<Record<string, string>> = { street, town: town ?? '', premises: house, place: where };
  return text.replaceAll(/\{(street|town|premises|place)\}/g, (whole, name: string) => words[name] ?? whole);
}

/** Whom of the county it is about, with the sentence that fits them. */
interface Story {
  readonly people: readonly Cast[];
  readonly phone: Resident;
  readonly place: Place;
  /** Which sentences are theirs: every so-manieth, from that one on. */
  readonly says: readonly [first: number, every: number];
}

function betweenThem({ victim, suspect }: Pair): Story {
  return {
    people: [residentCast(victim, 'victim'), residentCast(suspect, 'suspect')],
    phone: victim,
    place: victim.home,
    says: [0, 1],
  };
}

function storyOf({ county, seed, arrival }: Drawing, matter: Matter): Story | null {
  const draw = chance(seed, 'story', arrival.day, arrival.slot);
  if (matter.who === undefined || (matter.who !== 'frequent' && draw >= county.assumed['storied-share'])) return null;
  const which = draw / county.assumed['storied-share'];
  switch (matter.who) {
    case 'domestic':
      return betweenThem(pick(county.domestic, which));
    case 'stalked':
      return betweenThem(pick(county.stalked, which));
    case 'frequent': {
      const one = pick(county.frequent, draw);
      return { people: [residentCast(one, 'caller')], phone: one, place: one.home, says: [0, 1] };
    }
    case 'missing': {
      const place = Math.min(county.missing.length - 1, Math.floor(which * county.missing.length));
      const { person, reporter } = pick(county.missing, which);
      return {
        people: [residentCast(reporter, 'caller'), residentCast(person, 'at-risk')],
        phone: reporter,
        place: person.home,
        says: [place % storiesOfWard, storiesOfWard],
      };
    }
  }
}

/** The people of a matter that is about nobody of the county in particular. */
function castOf(drawing: Drawing, matter: Matter): readonly Cast[] {
  const { seed, arrival } = drawing;
  const isNamed = chance(seed, 'named', arrival.day, arrival.slot) < (matter.caller === 'witness' ? 0.5 : 0.85);
  const caller = matter.caller === 'none' || !isNamed ? [] : [stranger(drawing, matter.caller, 0)];
  const others = matter.people.map(({ role }, index) => stranger(drawing, role, index + 1));
  switch (matter.who) {
    case 'domestic':
    case 'stalked':
      return [stranger(drawing, 'victim', 0), stranger(drawing, 'suspect', 1)];
    case 'missing':
      return [...caller, stranger(drawing, 'at-risk', 1)];
    case 'frequent':
    case undefined:
      return [...caller, ...others];
  }
}

function vehicleOf({ seed, arrival }: Drawing, matter: Matter): readonly Cast[] {
  if (matter.vehicle === undefined) return [];
  const mark = inventedMark(20_000 + Math.floor(chance(seed, 'mark', arrival.day, arrival.slot) * 200_000));
  const role = matter.vehicle === 'suspect' ? 'used' : 'subject';
  return [{ subject: `car-${keyOf(arrival)}`, identity: { kind: 'vehicle', mark }, role }];
}

/** An ordinary caller who lives here: one arrival in twelve whose matter is at somebody's home. */
function neighbourOf(drawing: Drawing, matter: Matter): Resident | null {
  const { county, seed, arrival } = drawing;
  if (matter.scene !== 'home' || matter.caller !== 'caller' || matter.who !== undefined) return null;
  if (county.assumed['busy-homes'] > 0)
    return chance(seed, 'at-home', arrival.day, arrival.slot) < 0.75 ? occupantOf(county, busyDraw(drawing)) : null;
  if (arrival.ordinal % 12 !== 5) return null;
  return county.ordinary[(Math.floor(arrival.ordinal / 12) + arrival.day * 31) % county.ordinary.length] ?? null;
}

const spoken: readonly string[] = ['999', '101', 'text'];

function spokenCall(drawing: Drawing): Call {
  const { seed, arrival } = drawing;
  const draw = (name: string): number => chance(seed, name, arrival.day, arrival.slot);
  const matter = matterOf(drawing);
  const story = storyOf(drawing, matter);
  const neighbour = neighbourOf(drawing, matter);
  const place = story?.place ?? neighbour?.home ?? placeOf(drawing, matter);
  const channel = pick(matter.channels, draw('channel'));
  const [first, every] = story?.says ?? [0, 1];
  const own = matter.says.filter((_, index) => index % every === first);
  const adds = matter.adds.length > 0 && draw('adds') < 0.55 ? [pick(matter.adds, draw('add'))] : [];
  const known = story?.phone ?? neighbour;
  const isWithheld = channel === '101' && draw('withheld') < 0.35 && matter.who === undefined;
  const phone = known == null ? strangePhone(drawing) : phoneOf(known);
  const people = story?.people ?? (neighbour === null ? castOf(drawing, matter) : [residentCast(neighbour, 'caller')]);
  return {
    id: `call-${keyOf(arrival)}`,
    incident: `job-${keyOf(arrival)}`,
    at: arrival.at,
    kind: 'matter',
    matter,
    channel,
    words: [pick(own, draw('says')), ...adds].map((text) => said(text, place)),
    heard: null,
    phone: spoken.includes(channel) && !isWithheld ? phone : null,
    scene: place === null ? null : { subject: place.id, identity: place.identity, role: 'scene' },
    place,
    fix: channel === '999' ? fixOf(drawing, place) : null,
    people: [...people, ...vehicleOf(drawing, matter)],
  };
}

function phoneOf({ phone }: Resident): Cast {
  return { subject: phone.id, identity: { kind: 'phone', number: phone.number }, role: 'used' };
}

function silentCall(drawing: Drawing): Call {
  const { county, seed, arrival } = drawing;
  const { silent } = county.lines;
  const draw = (name: string): number => chance(seed, name, arrival.day, arrival.slot);
  const isDistressed = draw('distressed') < county.assumed['distressed-share'];
  const common = { id: `call-${keyOf(arrival)}`, incident: `job-${keyOf(arrival)}`, at: arrival.at, matter: null };
  const line = { channel: '999', words: [] } as const;
  const fix = fixOf(drawing, null);
  if (!isDistressed) {
    const heard = pick(silent.clean, draw('heard'));
    const phone = strangePhone(drawing);
    return { ...common, ...line, kind: 'silent', heard, phone, scene: null, place: null, fix, people: [] };
  }
  const one = draw('pair') < 0.5 ? pick(county.domestic, draw('which')).victim : pick(county.ordinary, draw('which'));
  return {
    ...common,
    ...line,
    kind: 'distressed',
    heard: pick(silent.distressed, draw('heard')),
    phone: phoneOf(one),
    scene: { subject: one.home.id, identity: one.home.identity, role: 'scene' },
    place: one.home,
    fix: fixOf(drawing, one.home),
    people: [residentCast(one, 'at-risk')],
  };
}

/** Others who ring about the same event within the next minutes. */
function chorusOf(drawing: Drawing, first: Call): readonly Call[] {
  const { county, seed, arrival } = drawing;
  const sentences = county.lines.chorus[first.matter?.chorus ?? first.matter?.id ?? ''];
  if (sentences === undefined) return [];
  const draw = (name: string, place: number): number => chance(seed, name, arrival.day, arrival.slot, place);
  const isParty = first.matter?.chorus !== undefined;
  const { burst } = arrival;
  const many = burst > 0 ? burst : isParty ? 2 + Math.floor(draw('many', 0) * 3) : Math.floor(draw('many', 0) * 2.4);
  let at = first.at;
  const gapMinutes = (drawn: number): number => {
    if (burst > 0) return 0.1 + drawn * 0.7;
    return isParty ? 4 + drawn * 9 : 1.5 + drawn * 4;
  };
  return Array.from({ length: many }, (_, index): Call => {
    const neighbour = county.ordinary[(turnOf(drawing) * 3 + index * 41) % county.ordinary.length];
    at += Math.floor(gapMinutes(draw('gap', index)) * minuteMs);
    return {
      ...first,
      id: `${first.id}-${index + 2}`,
      at,
      kind: 'chorus',
      channel: isParty && draw('line', index) < 0.7 ? '101' : '999',
      words: [said(sentences[index % sentences.length] ?? '', first.place)],
      // Half of them do not show a number; the others live near by.
      phone: neighbour === undefined || draw('shown', index) < 0.5 ? null : phoneOf(neighbour),
      fix: null,
      people: [],
    };
  });
}

/** The same caller, later, while nobody has come. */
function againOf({ county, seed, arrival }: Drawing, first: Call): readonly Call[] {
  const { matter, phone } = first;
  const draw = (name: string): number => chance(seed, name, arrival.day, arrival.slot);
  if (
    matter?.ends !== 'visited' ||
    matter.grade === 'emergency' ||
    phone === null ||
    draw('again') > county.assumed['again-share']
  )
    return [];
  return [
    {
      ...first,
      id: `${first.id}-9`,
      at: first.at + Math.floor((22 + draw('later') * 50) * minuteMs),
      kind: 'again',
      channel: '101',
      fix: null,
      words: [pick(county.lines.again, draw('again-says'))],
      people: first.people.filter(({ role }) => role === 'caller'),
    },
  ];
}

/** Every call that follows from one beginning, the first of them first. */
export function callsFrom(drawing: Drawing): readonly Call[] {
  const { county, seed, arrival } = drawing;
  const isSilent = chance(seed, 'silent', arrival.day, arrival.slot) < county.assumed['silent-share'];
  if (isSilent && arrival.burst === 0) return [silentCall(drawing)];
  const first = spokenCall(drawing);
  return [first, ...chorusOf(drawing, first), ...againOf(drawing, first)];
}
