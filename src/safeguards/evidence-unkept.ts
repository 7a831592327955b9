import type { Exhibit } from '../room/exhibit.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import type { Room } from '../room/room.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { idOf } from './duties.ts';
import { actorOr, dispatcher } from './owners.ts';
import { hourMs, minuteMs } from './spans.ts';
import { clockOf, quoted } from './words.ts';

/** Said to exist: whoever heard of it sees that somebody has it, before it is gone. */
function unkept(event: AnyEvent, room: Room, exhibit: Exhibit): RaiseDuty {
  const now = event.recordedAt;
  const { kind, says, lostAt } = exhibit;
  const speaksAt = now + windowMs(room, evidenceUnkept, 'settles');
  const base = {
    kind: 'duty',
    about: `exhibit:${exhibit.id}`,
    owner: actorOr(event, dispatcher),
    level: 'prompt',
    asks: [ask('SecureExhibit', { exhibit: exhibit.id }), ask('GiveUpExhibit', { exhibit: exhibit.id })],
  } as const;
  const params = { kind, says: quoted(says) };
  if (lostAt === null) return { ...base, speaksAt, why: why('not-kept', params, [event.seq]) };
  // So long before it is gone that somebody else can still fetch it, however short the time is.
  const lead = Math.min(windowMs(room, evidenceUnkept, 'lead'), Math.max(0, Math.floor((lostAt - now) / 2)));
  const dueAt = Math.max(now, lostAt - lead);
  return {
    ...base,
    timing: 'losing',
    speaksAt: Math.min(speaksAt, dueAt),
    dueAt,
    why: why('losing', { ...params, at: clockOf(lostAt) }, [event.seq]),
  };
}

/** `evidence-unkept`: evidence is said to exist and nobody has it. It climbs before it is overwritten. */
export const evidenceUnkept: Safeguard = {
  id: 'evidence-unkept',
  needs: ['decisions'],
  on: ['ExhibitReported'],
  timings: {
    main: {
      dueMs: hourMs(24),
      ladder: [{ to: 'supervisor', afterMs: 0 }],
      againMs: hourMs(24),
      windows: { settles: minuteMs(30), lead: hourMs(4) },
    },
    losing: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(60) },
      ],
    },
  },
  words: {
    'not-kept': 'There is said to be evidence ({kind:plain}: "{says}"), and nobody is on record as having it.',
    losing: 'There is said to be evidence ({kind:plain}: "{says}"). It is gone at {at}, and nobody has it on record.',
  },
  react(event, room) {
    if (event.type !== 'ExhibitReported') return [];
    const exhibit = room.exhibits.get(event.ids.exhibit);
    return exhibit === undefined ? [] : [unkept(event, room, exhibit)];
  },
  isMet(duty, _event, room) {
    return (room.exhibits.get(idOf(duty.about))?.state ?? 'secured') !== 'told';
  },
};
