import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { appearancesOf, relatedTo } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson, quoted, suspectsIn } from './parts.ts';

const id = 'possible-domestic';
const domesticRelations: readonly string[] = ['partner', 'ex-partner', 'family'];

/** The incident as a domestic one, with the words or the relation that say so. */
function treated(incident: Incident, quote: string, seq: number): readonly Response[] {
  const reason = quote === '' ? why('related', {}, [seq]) : why('said', { quote: quoted(quote) }, [seq]);
  const says = quote === '' ? 'A suspect is a partner, ex-partner or relative.' : `Said: ${quoted(quote)}`;
  return [
    {
      kind: 'act',
      type: 'KindsSet',
      ids: { incident: incident.id },
      body: { add: ['domestic'], remove: [], reason: says },
    },
    { kind: 'note', about: `incident:${incident.id}`, why: reason },
  ];
}

/** Whether a suspect of the incident is a partner, ex-partner or relative of somebody in it; `by` one of the two. */
function isRelated(room: Room, incident: Incident, by?: string): boolean {
  const there = new Set(appearancesOf(room, incident).map((one) => one.subject));
  return suspectsIn(room, incident).some((suspect) =>
    relatedTo(room, suspect.subject).some(
      (one) =>
        domesticRelations.includes(one.relation) &&
        there.has(one.subject) &&
        (by === undefined || by === suspect.subject || by === one.subject),
    ),
  );
}

/** What an event newly says of a partner or relative: the words, an empty text for a relation, or null. */
function newsOf(event: AnyEvent, room: Room, incident: Incident): string | null {
  if (
    event.type === 'StatementRecorded' ||
    event.type === 'RelayRecorded' ||
    event.type === 'EntryAdded' ||
    event.type === 'EntryCorrected' ||
    event.type === 'CallbackRecorded'
  ) {
    return event.body.readings.find((one) => one.reads === 'domestic' && one.standing !== 'negated')?.quote ?? null;
  }
  if (event.type === 'IncidentOpened' || event.type === 'ContactJoined' || event.type === 'IncidentsJoined') {
    return incident.domestic.at(-1)?.quote ?? (isRelated(room, incident) ? '' : null);
  }
  if (event.type === 'Mentioned') {
    return isRelated(room, incident, event.ids.subject) ? '' : null;
  }
  if (event.type === 'Related') {
    return domesticRelations.includes(event.body.relation) && isRelated(room, incident, event.ids.subject) ? '' : null;
  }
  return null;
}

/** `possible-domestic`: the suspect is or may be a partner or relative, also when the caller only suspects it. */
export const possibleDomestic: Safeguard = {
  id,
  needs: ['text'],
  on: [
    'StatementRecorded',
    'RelayRecorded',
    'EntryAdded',
    'EntryCorrected',
    'CallbackRecorded',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'Mentioned',
    'Related',
    'SetKinds',
  ],
  timings: {},
  words: {
    said: 'Said: "{quote}". Treated as domestic, with its assessment, checks and authority, until decided otherwise.',
    related: 'Treated as domestic until decided otherwise: a suspect is a partner, ex-partner or relative.',
    'undoing-domestic':
      'This may be domestic. That it is not is for a second person to decide, who has not spoken to the caller.',
  },
  react(event, room) {
    const wanted = event.type === 'IncidentsJoined' ? event.ids.into : event.ids['incident'];
    const incident = openIncident(room, wanted);
    if (incident === null || incident.kinds.includes('domestic')) return [];
    const quote = newsOf(event, room, incident);
    return quote === null ? [] : treated(incident, quote, event.seq);
  },
  gate(asked, room) {
    if (asked.type !== 'SetKinds' || !asked.data.remove.includes('domestic')) return [];
    const incident = room.incidents.get(asked.data.incident) ?? null;
    if (incident === null || !incident.kinds.includes('domestic') || hasSecondPerson(room, asked, incident)) return [];
    const seqs = incident.domestic.map((one) => one.seq);
    const asks = [ask('Propose'), ask('Mention', { incident: incident.id, role: 'suspect' })];
    return [{ safeguard: id, why: why('undoing-domestic', {}, seqs), asks }];
  },
};
