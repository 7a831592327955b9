import type { Check, Finding } from '../room/check.ts';
import { checksOf } from '../room/check.ts';
import { byStrength } from '../room/link.ts';
import type { Room } from '../room/room.ts';
import { relatedTo } from '../room/subject.ts';
import { isPerson, isPublicPlace } from './people.ts';

/** What a finding tells of that makes a silent number dangerous. */
const dangerSigns: readonly string[] = [
  'domestic',
  'danger',
  'violence',
  'weapon',
  'strangulation',
  'threat-to-kill',
  'stalking',
  'order-breach',
];

/** Signs that tell of danger between people, as against a mere record. */
export const graveSigns: readonly string[] = [
  ...dangerSigns,
  'child',
  'self-harm',
  'asked-for-protection',
  'refused-protection',
  'wanted',
  'release',
  'separation',
];

/** Whether a finding tells of danger. */
export function isGraveFinding(finding: Finding): boolean {
  return finding.signs.some((sign) => graveSigns.includes(sign));
}

/** Whether a finding tells of a marker, an order, domestic abuse or danger. */
export function tellsOfDanger(finding: Finding): boolean {
  if (finding.strength === 'weak') return false;
  return (
    finding.kind === 'marker' || finding.kind === 'order' || finding.signs.some((sign) => dangerSigns.includes(sign))
  );
}

/** Findings of an incident's checks that are more than weak. */
export function findingsOf(
  room: Room,
  incident: { readonly id: string; readonly contacts: readonly string[] },
): readonly Finding[] {
  return checksOf(room, incident).flatMap((check) => check.findings.filter((finding) => finding.strength !== 'weak'));
}

/** Findings of the checks on these contacts and incidents, each record once, as surely as anybody matched it. */
export function findingsOn(room: Room, places: readonly (string | undefined)[]): readonly Finding[] {
  const all = checksAt(room, places).flatMap((check) => check.findings);
  if (all.length === 0) return all;
  const here = new Set(places.flatMap((place) => (room.mentions.get(place ?? '') ?? []).map((one) => one.subject)));
  const found = new Map<string, Finding>();
  for (const one of all) {
    const finding = corroborated(room, one, here);
    const held = found.get(one.id);
    found.set(one.id, held === undefined ? finding : surer(held, finding));
  }
  return [...found.values()];
}

/** Whom of a record the checks on these places take somebody here to be, more surely than by a name alone. */
export function matchedIn(
  room: Room,
  places: readonly string[],
  record: string,
): readonly { readonly subject: string; readonly other: string }[] {
  const all = checksAt(room, places).flatMap((check) => check.findings);
  const here = new Set(places.flatMap((place) => (room.mentions.get(place) ?? []).map((one) => one.subject)));
  return all.flatMap((one) => {
    if (one.id !== record || one.matched === undefined) return [];
    return corroborated(room, one, here).strength === 'weak' ? [] : [{ subject: one.subject, other: one.matched }];
  });
}

/** What was once at a station or a public house, and names nobody of these: many unconnected people go there. */
export function isOfPublicPlace(room: Room, { subject, others }: Finding, present: ReadonlySet<string>): boolean {
  return isPublicPlace(room, subject) && !others.some((one) => present.has(one));
}

/** Places in the log of the answers that found anything: what is said of the record rests on them. */
export function recordSeqs(room: Room, places: readonly (string | undefined)[]): readonly number[] {
  const seqs = checksAt(room, places)
    .filter((check) => check.findings.length > 0)
    .map((check) => check.completedSeq);
  return [...new Set(seqs)].filter((seq) => seq !== null).slice(0, 10);
}

const kinships = ['partner', 'ex-partner', 'family', 'household'];

/**
 * One record found twice: the surer match of the two, or the newer of one subject, who may be better known by now;
 * with everybody whom either names.
 */
function surer(held: Finding, other: Finding): Finding {
  const order = byStrength(other.strength, held.strength);
  const best = order < 0 || (order === 0 && other.subject === held.subject) ? other : held;
  const others = new Set([...held.others, ...other.others, held.subject, other.subject]);
  others.delete(best.subject);
  return { ...best, others: [...others].slice(0, 20) };
}

/** A name alone is weak; beside somebody of the same record, or a relative of theirs, it is more than a name. */
function corroborated(room: Room, finding: Finding, here: ReadonlySet<string>): Finding {
  if (finding.strength !== 'weak' || !isPerson(room, finding.subject)) return finding;
  const isHere = (subject: string): boolean => subject !== finding.subject && here.has(subject);
  const isBeside = finding.others.some(
    (one) =>
      isPerson(room, one) &&
      (isHere(one) || relatedTo(room, one).some((held) => kinships.includes(held.relation) && isHere(held.subject))),
  );
  if (!isBeside) return finding;
  const reasons = [...finding.reasons.slice(0, 9), 'beside somebody of that record, or a relative of theirs'];
  return { ...finding, strength: 'strong', reasons };
}

/** The checks on these places, each once: one on a contact stands under its incident too. */
function checksAt(room: Room, places: readonly (string | undefined)[]): readonly Check[] {
  const ids = new Set<string>();
  for (const place of places)
    for (const one of place === undefined ? [] : (room.checksOn.get(place) ?? [])) ids.add(one);
  return [...ids].map((one) => room.checks.get(one)).filter((one): one is Check => one !== undefined);
}
