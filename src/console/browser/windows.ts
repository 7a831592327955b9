import { useEffect, useState } from 'react';
import { useDesk, usePlace } from '../desk-state.tsx';
import { deskNamed } from '../desks/desks.ts';
import type { Place } from '../route.ts';
import { hashOf, placeOf } from '../route.ts';

/** How often a window looks which others of this person are open. */
const lookMs = 1_000;

/** What a window stands for while it is open: a panel by its id, or `desk`. */
function lockOf(roomId: string, person: string, stands: string): string {
  return `heed-window ${roomId} ${person} ${stands}`;
}

/**
 * Which windows of this person are open in this browser: panels by their ids, and `desk`. Each holds a lock that
 * the browser itself takes back when it goes, however it goes.
 */
export function useOpenWindows(): ReadonlySet<string> {
  const { roomId, person } = useDesk();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const prefix = lockOf(roomId, person, '');
    const look = async (): Promise<void> => {
      const { held = [] } = await navigator.locks.query();
      const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(prefix));
      const now = new Set(names.map((name) => name.slice(prefix.length)));
      setOpen((before) => (before.size === now.size && [...now].every((one) => before.has(one)) ? before : now));
    };
    const timer = setInterval(() => void look(), lookMs);
    void look();
    return () => clearInterval(timer);
  }, [roomId, person]);
  return open;
}

/** Says to the other windows of this person what this one stands for, as long as it is open. */
export function useWindowOf(stands: string): void {
  const { roomId, person } = useDesk();
  useEffect(() => {
    const end = new AbortController();
    let release = (): void => undefined;
    navigator.locks
      .request(lockOf(roomId, person, stands), { mode: 'shared', signal: end.signal }, async () => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      })
      .catch(() => undefined);
    return () => {
      end.abort();
      release();
    };
  }, [roomId, person, stands]);
}

type Open = Pick<Place, 'incident' | 'contact' | 'subject'>;

interface Said {
  readonly isPanel: boolean;
  readonly open: Open;
}

/**
 * A panel in a window of its own and the desks of this person look at the same thing: what is opened in one lies open
 * in the others. Two desks go their own ways, and so do pages without panels: review, paper.
 */
export function useTogether(): void {
  const { roomId, person } = useDesk();
  const [{ desk, panel, incident, contact, subject }] = usePlace();
  const isPanel = panel !== undefined;
  const hasPanels = (deskNamed(desk)?.columns.length ?? 0) > 0;
  useEffect(() => {
    const others = new BroadcastChannel(`heed-place ${roomId} ${person}`);
    const heard = ({ data }: MessageEvent<Said>): void => {
      if (hasPanels && (data.isPanel || isPanel)) location.hash = hashOf({ ...placeOf(location.hash), ...data.open });
    };
    others.addEventListener('message', heard);
    const said: Said = { isPanel, open: { incident, contact, subject } };
    if (hasPanels) others.postMessage(said);
    return () => others.close();
  }, [roomId, person, isPanel, hasPanels, incident, contact, subject]);
}

/** Opens a panel in a window of its own, at what lies open here; false where the browser did not let it. */
export function openPanel(place: Place, panel: string): boolean {
  const name = `heed-${panel}`;
  return window.open(`${location.pathname}${hashOf({ ...place, panel })}`, name, 'popup,width=720,height=860') !== null;
}
