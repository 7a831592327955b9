import type { Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { takerOf } from './owners.ts';
import { minuteMs } from './spans.ts';

/** `ungraded`: an incident has no grade. A live call has a little time; a unit already sent needs none. */
export const ungraded: Safeguard = {
  id: 'ungraded',
  needs: ['grades'],
  on: ['IncidentOpened', 'UnitAssigned', 'GradeSet', 'FloorSet', 'IncidentClosed'],
  timings: {
    main: { speaksMs: minuteMs(10), dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    live: { speaksMs: minuteMs(3), dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
  },
  words: { 'no-grade': 'This incident has no grade.' },
  react(event, room) {
    if (event.type !== 'IncidentOpened') return [];
    const incident = room.incidents.get(event.ids.incident);
    // A floor that was set before this safeguard's turn is a grade that counts.
    if (incident === undefined || incident.floors.length > 0) return [];
    const live = incident.contacts.some((contact) => room.contacts.get(contact)?.state === 'answered');
    return [
      {
        kind: 'duty',
        about: `incident:${incident.id}`,
        owner: takerOf(room, incident),
        level: 'prompt',
        timing: live ? 'live' : 'main',
        why: why('no-grade', {}, [event.seq]),
        asks: [ask('SetGrade', { incident: incident.id })],
      },
    ];
  },
  isMet(_duty, event) {
    // A floor is a grade that counts, and every clock runs by it.
    return ['GradeSet', 'FloorSet', 'UnitAssigned', 'IncidentClosed'].includes(event.type);
  },
};
