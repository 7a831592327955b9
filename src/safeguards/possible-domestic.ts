import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson, isDomestic, quoted } from './parts.ts';

const id = 'possible-domestic';
const domesticRelations: readonly string[] = ['partner', 'ex-partner', 'family'];

/** The incident as a domestic one, with the words or the relation that say so. */
function treated(incident: Incident, quote: string, seq: number): readonly Response[] {
  const reason = quote === '' ? why('related', {}, [seq]) : why('said', { quote: quoted(quote) }, [seq]);
  const says = quote === '' ? 'A suspect is a partner, ex-partner or relative.' : `Said: ${quoted(quote)}`;
  return [
    { kind: 'act', type: 'KindsSet', ids: { incident: incident.id }, body: { add: ['domestic'], remove: [], reason: says } },
    { kind: 'note', about: `incident:${incident.id}`, why: reason },
  ];
}

/** What an event newly says of a partner, ex-partner or relative: the words, or an empty text for a relation; else null. */
function newsOf(event: AnyEvent, room: Room, incident: Incident): string | null {
  switch (event.type) {
    case 'StatementRecorded':
    case 'RelayRecorded':
    case 'EntryAdded':
    case 'EntryCorrected':
    case 'CallbackRecorded':
      return event.body.readings.find((one) => one.reads === 'domestic' && one.standing !== 'negated')?.quote ?? null;
    case 'IncidentOpened':
    case 'ContactJoined':
    case 'IncidentsJoined':
      return incident.domestic.at(-1)?.quote ?? (isDomestic(room, incident) ? '' : null);
    case 'Mentioned':
      return !['witness', 'used', 'scene'].includes(event.body.role) && isDomestic(room, incident) ? '' : null;
    case 'Related':
      return domesticRelations.includes(event.body.relation) && isDomestic(room, incident) ? '' : null;
    default:
      return null;
  }
}

/** `possible-domestic`: the suspect is or may be a partner, ex-partner or relative, also when the caller only suspects it. */
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
    said: 'Treated as domestic until decided otherwise: "{quote}". Assessment, checks and authority are those of a domestic matter.',
    related: 'Treated as domestic until decided otherwise: a suspect is a partner, ex-partner or relative.',
    'undoing-domestic':
      'This may be domestic. That it is not is decided by a second person who has not spoken to the caller, once the suspect is identified otherwise.',
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
