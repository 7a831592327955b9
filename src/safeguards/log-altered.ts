import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { hourMs, minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const id = 'log-altered';
const auditor = 'auditor';

function found(room: Room, { ids, body, seq }: EventBy<'LogFaultFound'>): RaiseDuty {
  return {
    kind: 'duty',
    about: 'room',
    key: ids.fault,
    owner: { role: room.policy.systemOwner },
    level: 'alarm',
    why: why(`found-${body.found}`, { says: quoted(body.says, 300) }, [seq]),
    asks: [ask('ExplainLogFault', { fault: ids.fault })],
  };
}

/** `log-altered`: the chain or a witness disagrees with the log. Nothing is hidden, and two people say what it was. */
export const logAltered: Safeguard = {
  id,
  needs: ['decisions'],
  on: ['LogFaultFound', 'ExplainLogFault'],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: minuteMs(15),
      ladder: [
        { to: auditor, afterMs: 0 },
        { to: 'on-call', afterMs: minuteMs(15) },
      ],
      againMs: hourMs(4),
    },
  },
  words: {
    'found-behind-witness':
      'The log is behind its witness, or is another: {says}. Calls go on. Find the newest export before anything else.',
    'found-chain-broken': 'The log does not follow from itself: {says}. Calls go on; keep a copy as it stands.',
    'found-witness-forged':
      'The witness of the log is not signed as it should be: {says}. Nothing is proven until it is known why.',
    'for-two': 'What became of the log is said by two: one who answers for the system, and one who audits it.',
  },
  react(event, room) {
    return event.type === 'LogFaultFound' ? [found(room, event)] : [];
  },
  /** Whoever could have changed the log does not say alone that it is right. */
  gate(asked, room) {
    if (asked.type !== 'ExplainLogFault') return [];
    const { actor, approval } = asked;
    const people = approval === null ? [actor.id] : [actor.id, approval.second];
    const areFit = (['administer', 'audit'] as const).every((one) =>
      people.some((who) => hasAuthority(room, who, one)),
    );
    if (areFit && hasSecondPerson(room, asked, null)) return [];
    const { seq = 0 } = room.logFaults.get(asked.data.fault) ?? {};
    return [
      {
        safeguard: id,
        why: why('for-two', {}, [seq]),
        asks: [ask('Propose', { command: 'ExplainLogFault', fault: asked.data.fault })],
      },
    ];
  },
  isMet(duty, event) {
    return event.type === 'LogFaultExplained' && event.ids.fault === duty.key;
  },
};
