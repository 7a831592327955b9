import type { ReactNode } from 'react';
import { useDesk, useKnown, useRoom } from '../desk-state.tsx';
import { spanText } from '../../views/time-text.ts';

/** Nothing heard for this long: what is on the screen may be old, and the bar says by how much. */
const quietMs = 8_000;

/** How this window stands to the room: never better than it is. */
export function Standing(): ReactNode {
  const { standing, kept } = useKnown();
  const { link } = useDesk();
  // Drawn anew with each second of the room.
  useRoom();
  const { state, heardAt, roomAt, head, seq, roomState } = standing;
  // The room’s time goes on as this machine’s does: what has passed since it was told is how old this is.
  const quiet = heardAt === 0 ? 0 : Math.max(0, link.now() - roomAt);
  const waits = kept.length === 0 ? '' : ` ${kept.length} of yours not recorded yet.`;
  const old = heardAt === 0 ? '' : ` What you see is ${spanText(quiet)} old.`;
  const words: Readonly<Record<typeof state, string>> = {
    loading: 'Loading…',
    live: quiet > quietMs ? `Nothing heard for ${spanText(quiet)}.` : head > seq ? `${head - seq} behind` : 'Live',
    reconnecting: `Not connected.${old} Trying again…`,
    offline: `This machine is offline.${old}`,
    'signed-out': `You are signed out.${old}`,
  };
  const isLive = state === 'live' && quiet <= quietMs && roomState === 'writing';
  const room = state === 'live' && roomState !== 'writing' ? ` The room takes no commands now (${roomState}).` : '';
  return (
    <span role="status" className={isLive ? 'live' : 'lost'}>
      {words[state]}
      {room}
      {waits}
    </span>
  );
}
