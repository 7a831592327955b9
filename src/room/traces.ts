import { homeOf, seqKey } from './belongings.ts';
import type { Finding } from './check.ts';
import type { Why } from './duty.ts';
import type { Restriction, Told } from './restriction.ts';
import type { Room } from './room.ts';
import { keysOf } from './subject.ts';

/** Whatever in a text could be an id. */
export const idForm = /[a-z0-9][a-z0-9-]*/g;
const figure = /\d/;

/** Whether a text could hold an id that is no plain word: such an id has a figure in it. */
export function mayHoldId(text: string): boolean {
  return figure.test(text);
}

const none: readonly string[] = [];

/** The restricted incidents whose ids, or those of what belongs to them, stand in a text. */
export function homesInText(room: Room, text: string): readonly string[] {
  if (!mayHoldId(text)) return none;
  const homes: string[] = [];
  for (const [id] of text.matchAll(idForm)) {
    const home = mayHoldId(id) ? room.belongings.get(id) : undefined;
    if (home !== undefined) homes.push(home);
  }
  return homes;
}

/** Whether nothing outside restricted incidents ever told it. */
function isToldNowhereElse(room: Room, { key }: Told): boolean {
  return !(room.subjectsByKey.get(key) ?? []).some((subject) =>
    room.subjects
      .get(subject)
      ?.told.some((one) => homeOf(room, one) === undefined && keysOf(one.identity).includes(key)),
  );
}

function tellsOf(room: Room, restriction: Restriction, text: string): boolean {
  return restriction.told.some((one) => text.includes(one.words) && isToldNowhereElse(room, one));
}

/** The restricted incidents of which names, numbers or addresses stand in texts that the machine made. */
export function homesToldIn(room: Room, texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return none;
  const homes: string[] = [];
  for (const [home, restriction] of room.restrictions)
    if (texts.some((text) => tellsOf(room, restriction, text))) homes.push(home);
  return homes;
}

/** The restricted incidents that a reason rests on: by its events, and by the ids and names in its parameters. */
export function homesOfWhy(room: Room, why: Why): readonly string[] {
  const homes = new Set<string>();
  for (const seq of why.seqs) {
    const home = room.belongings.get(seqKey(seq));
    if (home !== undefined) homes.add(home);
  }
  const texts = Object.values(why.params).filter((value) => typeof value === 'string');
  for (const text of texts) {
    const named = room.belongings.get(text);
    if (named !== undefined) homes.add(named);
    for (const home of homesInText(room, text)) homes.add(home);
  }
  for (const home of homesToldIn(room, texts)) homes.add(home);
  return homes.size === 0 ? none : [...homes];
}

/** The restricted incidents that a finding is a record of, or names somebody of. */
export function homesOfFinding(room: Room, { id, subject, others }: Finding): readonly string[] {
  return [id, subject, ...others].map((one) => room.belongings.get(one)).filter((one) => one !== undefined);
}

/** The restricted incidents that match what stands on an incident or contact, or the one that it belongs to. */
export function restrictedBehind(room: Room, place: string): readonly string[] {
  const own = room.belongings.get(place);
  if (own !== undefined) return [own];
  const incident = room.incidents.get(place);
  const contacts = incident?.contacts ?? (room.contacts.has(place) ? [place] : []);
  const abouts = [`incident:${place}`, ...contacts.map((one) => `contact:${one}`)];
  const duties = [...(room.dutiesOn.get(place) ?? []), ...abouts.flatMap((about) => room.dutiesAbout.get(about) ?? [])];
  const whys = [
    ...(incident?.floors ?? []).map((floor) => floor.why),
    ...duties.flatMap((duty) => room.duties.get(duty)?.why ?? []),
    ...abouts.flatMap((about) => (room.notes.get(about) ?? []).map((note) => note.why)),
  ];
  const places = [place, ...contacts];
  const checks = places.flatMap((one) => room.checksOn.get(one) ?? []);
  const findings = checks.flatMap((check) => room.checks.get(check)?.findings ?? []);
  const links = places.flatMap((one) => room.linksOn.get(one) ?? []).map((one) => room.links.get(one));
  const ends = links.flatMap((link) => (link === undefined ? [] : [link.from, link.to]));
  return [
    ...new Set([
      ...whys.flatMap((why) => homesOfWhy(room, why)),
      ...findings.flatMap((finding) => homesOfFinding(room, finding)),
      ...ends.map((end) => room.belongings.get(end)).filter((home) => home !== undefined),
    ]),
  ];
}
