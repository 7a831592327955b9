import type { Finding } from '../room/check.ts';
import { likeDanger } from '../room/danger.ts';
import type { Incident, IncidentKind } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf, sameSubjects } from '../room/subject.ts';
import { dangersTold, liveDangers } from './dangers.ts';
import type { Here, Matter } from './matches.ts';
import { isPerson, onlookerRoles } from './people.ts';

/** What something tells of: harm that one person does to another, or somebody lost, ill or a danger to themselves. */
type Strand = 'between' | 'alone';

const both: readonly Strand[] = ['between', 'alone'];
/** Kinds of danger that tell of somebody lost, ill or a danger to themselves; any other comes from a person. */
const dangersAlone: readonly string[] = ['not-seen-as-usual', 'self-harm', 'overdose', 'vital-medicine'];
/** Kinds of danger that may be either. */
const dangersEither: readonly string[] = ['child-at-risk', 'hurt', 'collapsed', 'feared-dead', likeDanger];
const signsAlone: readonly string[] = ['self-harm', 'mental-health', 'vulnerable'];
/** Signs that say no more than that something was grave, or rung about often. */
const signsUnsaid: readonly string[] = ['danger', 'repeat', 'marker-removed'];
const kindsAlone: readonly IncidentKind[] = ['missing', 'welfare', 'mental-health', 'vulnerable-adult'];
const kindsEither: readonly IncidentKind[] = ['child', 'death', 'abandoned-call'];
/** Kinds of incident that are about things: nobody in them is said to be at risk. */
const kindsOfThings: readonly IncidentKind[] = [
  'theft',
  'burglary',
  'damage',
  'road-collision',
  'road-other',
  'fire-medical',
  'administration',
];

/** Kinds that say of nobody that they are harmed or at risk: what is told beside them does. */
const kindsUnsaid: readonly IncidentKind[] = [...kindsOfThings, 'suspicious', 'nuisance', 'other'];

function strandsOfDanger(kind: string): readonly Strand[] {
  if (dangersEither.includes(kind)) return both;
  return dangersAlone.includes(kind) ? ['alone'] : ['between'];
}

function strandsOfKind(kind: IncidentKind): readonly Strand[] {
  if (kindsUnsaid.includes(kind)) return [];
  if (kindsEither.includes(kind)) return both;
  return kindsAlone.includes(kind) ? ['alone'] : ['between'];
}

/** What a record tells of; nothing where it says no more than that it was grave. */
function strandsOfRecord({ signs }: Finding): readonly Strand[] {
  const said = signs.filter((one) => !signsUnsaid.includes(one));
  return said.flatMap((one) => (one === 'child' ? both : [signsAlone.includes(one) ? 'alone' : 'between']));
}

/** What is told here; nothing where nobody is said to be harmed or at risk, either where nothing is known at all. */
function strandsHere({ contact, incident }: Here): ReadonlySet<Strand> {
  const live = incident === null ? [] : liveDangers(incident).map(({ kind }) => kind);
  const dangers = [...dangersTold(contact), ...live];
  const kinds = incident?.kinds ?? [];
  if (dangers.length === 0 && kinds.length === 0) return new Set(both);
  const domestic: readonly Strand[] = incident !== null && incident.domestic.length > 0 ? ['between'] : [];
  return new Set([...dangers.flatMap(strandsOfDanger), ...kinds.flatMap(strandsOfKind), ...domestic]);
}

/** Whether an incident is about things alone, with no danger told. */
function isOfThings({ kinds, dangers, domestic }: Incident): boolean {
  return (
    kinds.length > 0 && kinds.every((kind) => kindsOfThings.includes(kind)) && dangers.length + domestic.length === 0
  );
}

/** Everything mentioned here, in all contacts of the incident. */
function mentioned(room: Room, { contact, incident }: Here): readonly Appearance[] {
  if (incident !== null) return appearancesOf(room, incident);
  return contact === null ? [] : (room.mentions.get(contact.id) ?? []);
}

/** Whether anybody concerned is named; who only looks on is not concerned. */
function isAnybodyNamed(room: Room, there: readonly Appearance[]): boolean {
  return there.some((one) => !onlookerRoles.includes(one.role) && isPerson(room, one.subject));
}

/**
 * Whether a record ties to what is told here by nothing but the place: it names others, none of whom is here under any
 * of their names, numbers or accounts, and somebody here is named.
 */
function isOfOthers(room: Room, { subject, others }: Finding, here: Here): boolean {
  const isPlace = (one: string): boolean => room.subjects.get(one)?.identity.kind === 'place';
  const named = others.filter((one) => !isPlace(one));
  const there = mentioned(room, here);
  if (!isPlace(subject) || named.length === 0 || !isAnybodyNamed(room, there)) return false;
  const known = new Set(there.flatMap((one) => sameSubjects(room, one.subject)));
  return !named.some((one) => known.has(one));
}

/**
 * Whether a record of the same place is other people's, and of another kind of thing than is told here: that somebody
 * was beaten there says nothing of a bicycle stolen from whoever rings now. It is read with its check.
 */
export function isElsewise(room: Room, finding: Finding, here: Here): boolean {
  if (finding.kind === 'order' || !isOfOthers(room, finding, here)) return false;
  const told = strandsHere(here);
  return !strandsOfRecord(finding).some((one) => told.has(one));
}

/** Who rang or is concerned, by name or number. */
function isSomebodyKnown(room: Room, there: readonly Appearance[]): boolean {
  return there.some((one) => ['person', 'phone'].includes(room.subjects.get(one.subject)?.identity.kind ?? ''));
}

/**
 * Whether an earlier matter shares nothing but the dwelling with what is told here, by other people, and one of the two
 * is about things alone: neither is a further contact about the other, nor contradicts what became of it.
 */
export function isOthersThing(room: Room, here: Here, { incident, contacts, by }: Matter): boolean {
  if (incident === null || by.some((one) => one !== 'dwelling')) return false;
  const isOfThingsHere = here.incident !== null && dangersTold(here.contact).size === 0 && isOfThings(here.incident);
  const before = contacts.flatMap((one) => room.mentions.get(one.id) ?? []);
  return (
    (isOfThingsHere || isOfThings(incident)) &&
    isSomebodyKnown(room, mentioned(room, here)) &&
    isSomebodyKnown(room, before)
  );
}
