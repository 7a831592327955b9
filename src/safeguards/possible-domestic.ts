import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { openIncidentOf } from './matches.ts';
import { domesticRelations, isRelatedToSuspect } from './people.ts';
import { isText, textEvents } from './texts.ts';
import { quoted } from './words.ts';

const id = 'possible-domestic';

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

/** What an event newly says of a partner or relative: the words, an empty text for a relation, or null. */
function newsOf(event: AnyEvent, room: Room, incident: Incident): string | null {
  if (isText(event)) {
    return event.body.readings.find((one) => one.reads === 'domestic' && one.standing !== 'negated')?.quote ?? null;
  }
  if (event.type === 'IncidentOpened' || event.type === 'ContactJoined' || event.type === 'IncidentsJoined') {
    return incident.domestic.at(-1)?.quote ?? (isRelatedToSuspect(room, incident) ? '' : null);
  }
  if (event.type === 'Mentioned') {
    return isRelatedToSuspect(room, incident, event.ids.subject) ? '' : null;
  }
  if (event.type === 'Related') {
    return domesticRelations.includes(event.body.relation) && isRelatedToSuspect(room, incident, event.ids.subject)
      ? ''
      : null;
  }
  return null;
}

/** `possible-domestic`: the suspect is or may be a partner or relative, also when the caller only suspects it. */
export const possibleDomestic: Safeguard = {
  id,
  needs: ['text'],
  on: [...textEvents, 'IncidentOpened', 'ContactJoined', 'IncidentsJoined', 'Mentioned', 'Related', 'SetKinds'],
  timings: {},
  words: {
    said: 'Said: "{quote}". Treated as domestic, with its assessment, checks and authority, until decided otherwise.',
    related: 'Treated as domestic until decided otherwise: a suspect is a partner, ex-partner or relative.',
    'undoing-domestic':
      'This may be domestic. That it is not is for a second person to decide, who has not spoken to the caller.',
  },
  react(event, room) {
    const incident = openIncidentOf(room, event);
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
