import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { Room } from '../room/room.ts';
import type { UnitPosition } from '../room/unit-position.ts';
import type { Words } from '../views/words.ts';
import { dutyList } from '../views/duty-line.ts';
import type { DutyLine } from '../views/duty-line.ts';
import type { Seen } from '../views/told.ts';
import { openLink } from './browser/link/open-link.ts';
import { RoomLink } from './browser/link/room-link.ts';
import type { Known } from './browser/link/room-link.ts';
import type { Place } from './route.ts';
import { hashOf, placeOf } from './route.ts';

/** Who sits at this console, and where. */
export interface Seated {
  readonly roomId: string;
  readonly person: string;
  readonly banner: string | null;
  readonly words: Words;
  /** The time of a room whose clock is moved by hand; left out, the room’s as it is told. */
  readonly now?: (() => number) | undefined;
}

interface DeskState extends Seated {
  readonly link: RoomLink;
}

const Desk = createContext<DeskState | null>(null);

/** Gives everything under it the room of whoever is seated. */
export function DeskProvider({
  seated,
  children,
}: {
  readonly seated: Seated;
  readonly children: ReactNode;
}): ReactNode {
  const { roomId, person } = seated;
  const [link] = useState(() => new RoomLink(openLink, roomId, person));
  useEffect(() => {
    link.enter();
    const leave = (): void => link.leave();
    // A page that the browser had put by comes back as it was, and must enter again.
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) link.enter();
    };
    addEventListener('pagehide', leave);
    addEventListener('pageshow', back);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', back);
      leave();
    };
  }, [link]);
  return <Desk value={{ ...seated, link }}>{children}</Desk>;
}

/** The state of this desk; there is one wherever a desk is drawn. */
export function useDesk(): DeskState {
  const desk = useContext(Desk);
  if (desk === null) throw new Error('There is no desk here.');
  return desk;
}

/** What this window knows of its room, new whenever something changes. */
export function useKnown(): Known {
  const { link } = useDesk();
  return useSyncExternalStore(link.subscribe, link.known);
}

/** Where units are, as their equipment said last: new at most once a second, for whoever asks alone. */
export function usePositions(): ReadonlyMap<string, UnitPosition> {
  const { link } = useDesk();
  return useSyncExternalStore(link.subscribePositions, link.positions);
}

interface Moment {
  readonly room: Room;
  readonly now: number;
  /** What is shown is over: nothing can be given here. */
  readonly isPast: boolean;
  /** What the pure views are made with: the same until the room or its second changes, so that they are made once. */
  readonly seen: Seen;
}

function useMoment(room: Room | null, told: number, isPast: boolean): Moment | null {
  const { words } = useDesk();
  const now = Math.max(told, room?.now ?? 0);
  return useMemo(
    () => (room === null ? null : { room, now, isPast, seen: { now, words } }),
    [room, now, isPast, words],
  );
}

const Loaded = createContext<Moment | null>(null);

/** Draws what is under it once the room was loaded, anew with each change of it and with each second. */
export function LoadedRoom({
  children,
  waiting,
}: {
  readonly children: ReactNode;
  readonly waiting: ReactNode;
}): ReactNode {
  const desk = useDesk();
  const { room } = useKnown();
  const now = useNow(desk.now ?? desk.link.now);
  const moment = useMoment(room, now, false);
  if (moment === null) return waiting;
  return <Loaded value={moment}>{children}</Loaded>;
}

/** A room as it was at a moment; nothing that is drawn under it can be acted on. */
export function PastRoom(props: {
  readonly room: Room;
  readonly now: number;
  readonly children: ReactNode;
}): ReactNode {
  const { room, now, children } = props;
  const moment = useMoment(room, now, true);
  return <Loaded value={moment}>{children}</Loaded>;
}

/** The room's time, anew with each of its seconds. */
function useNow(read: () => number): number {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 1_000);
    return () => clearInterval(timer);
  }, [read]);
  return Math.max(now, 0);
}

/** The room, its time, and what the pure views are made with. */
export function useRoom(): Moment {
  const loaded = useContext(Loaded);
  if (loaded === null) throw new Error('The room is not loaded here.');
  return loaded;
}

const mineAt = new WeakMap<Moment, readonly DutyLine[]>();

/** What this person must answer now, alarms first; counted once a moment for all who ask. */
export function useMine(): readonly DutyLine[] {
  const moment = useRoom();
  const { person } = useDesk();
  const mine = mineAt.get(moment) ?? dutyList(moment.room, { staff: person }, moment.seen);
  mineAt.set(moment, mine);
  return mine;
}

function subscribeToAddress(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** Where this window looks, and the way to look elsewhere; what is not said stays as it is. */
export function usePlace(): readonly [Place, (to: Partial<Place>) => void] {
  const hash = useSyncExternalStore(subscribeToAddress, () => location.hash);
  const place = placeOf(hash);
  return [
    place,
    (to) => {
      location.hash = hashOf({ ...place, ...to });
    },
  ];
}
