import type { Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { staffOfRole } from '../room/staff.ts';
import { minuteMs } from './spans.ts';

/** `rung-unmanned`: a rung has nobody on duty. The next rung was told at once; somebody must staff this one. */
export const rungUnmanned: Safeguard = {
  id: 'rung-unmanned',
  needs: ['staff'],
  on: ['RungFoundUnmanned'],
  timings: {
    main: {
      dueMs: minuteMs(10),
      ladder: [
        { to: 'fim', afterMs: 0 },
        { to: 'on-call', afterMs: minuteMs(10) },
      ],
    },
    /** The force incident manager's own rung is empty: only the on-call officer is left. */
    'on-call': { dueMs: minuteMs(10), ladder: [{ to: 'on-call', afterMs: 0 }] },
  },
  words: {
    'nobody-there':
      'Nobody is on duty as {role:role}. What should have reached them went to {told:role}. ' +
      'Staff it, or name a deputy.',
  },
  react(event) {
    if (event.type !== 'RungFoundUnmanned') return [];
    const role = event.ids.role;
    return [
      {
        kind: 'duty',
        about: 'room',
        key: role,
        owner: { role: role === 'fim' ? 'on-call' : 'fim' },
        level: 'alarm',
        timing: role === 'fim' ? 'on-call' : 'main',
        why: why('nobody-there', { role, told: event.body.told }, [event.seq]),
        asks: [ask('SignOn', { role })],
      },
    ];
  },
  isMet(duty, event, room) {
    if (event.type !== 'StaffSignedOn' && event.type !== 'BreakEnded') return false;
    return staffOfRole(room, duty.key).length > 0;
  },
};
