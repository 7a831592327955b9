import type { About } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hourMs, minuteMs } from './spans.ts';
import { quoted } from './words.ts';

/**
 * `safeguard-failed`: a safeguard threw and no longer watches here (design, settled point 15). Lowering on the incident
 * is gated by the pass itself until the owner of the system has dealt with it.
 */
export const safeguardFailed: Safeguard = {
  id: 'safeguard-failed',
  needs: [],
  on: ['SafeguardFailed'],
  timings: {
    main: { dueMs: minuteMs(15), ladder: [{ to: 'on-call', afterMs: 0 }], againMs: hourMs(1) },
  },
  words: {
    'failed-here':
      '{safeguard} failed on {on} and does not watch this incident: {message}. Nothing here can be lowered.',
    'failed-in-room':
      '{safeguard} failed on {on} and does not watch the room: {message}. Nothing can be lowered by itself.',
  },
  react(event, room) {
    if (event.type !== 'SafeguardFailed') return [];
    const { safeguard, on, message } = event.body;
    const incident = event.ids.incident;
    const about: About = incident === undefined ? 'room' : `incident:${incident}`;
    if (openDuty(room, safeguardFailed.id, about, safeguard) !== null) return [];
    const code = incident === undefined ? 'failed-in-room' : 'failed-here';
    return [
      {
        kind: 'duty',
        about,
        key: safeguard,
        owner: { role: room.policy.systemOwner },
        level: 'alarm',
        why: why(code, { safeguard, on, message: quoted(message) }, [event.seq]),
        asks: [ask('EndSafeguardFailure', { place: incident ?? 'room', safeguard })],
      },
    ];
  },
  isMet(duty, event) {
    if (event.type !== 'SafeguardFailureEnded' || event.body.safeguard !== duty.key) return false;
    return (event.ids.incident ?? null) === duty.incident;
  },
};
