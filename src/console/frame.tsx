import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { formatLocal } from '../room/british-time.ts';
import { ask } from './ask.ts';
import { CommandLine } from './command/command-line.tsx';
import { GivingProvider } from './command/giving.tsx';
import { useDesk, useKnown, useMine, usePlace, useRoom } from './desk-state.tsx';
import { CasesDesk } from './desks/cases.tsx';
import { ContactDesk } from './desks/contact.tsx';
import { deskOf, desks } from './desks/desks.ts';
import { DispatchDesk } from './desks/dispatch.tsx';
import { Help } from './desks/help.tsx';
import { ReviewDesk } from './desks/review.tsx';
import { SupervisorDesk } from './desks/supervisor.tsx';
import { UnitPage } from './desks/unit.tsx';
import { useFocusKept } from './focus-kept.ts';
import { keep } from './keep.ts';
import { Alarms } from './parts/alarms.tsx';
import { Answers } from './parts/answers.tsx';
import { Broken } from './parts/broken.tsx';
import { Newcomer } from './parts/newcomer.tsx';
import { Ringing } from './parts/ringing.tsx';
import { spanText } from './parts/time.tsx';
import { hashOf } from './route.ts';
import { Banner } from './sign-in.tsx';

/** Nothing heard for this long: what is on the screen may be old, and the bar says by how much. */
const quietMs = 8_000;

/** The whole screen of somebody who is signed in. */
export function Frame({ signedOut }: { readonly signedOut: () => void }): ReactNode {
  // A practice shows its banner above its own clock.
  const { banner, now } = useDesk();
  const { standing, kept } = useKnown();
  const [place] = usePlace();
  useFocusKept();
  // A crew's telephone shows their job: calls and the command line are for those who sit at a desk.
  const isAtDesk = place.desk !== 'unit';
  if (standing.state === 'signed-out') return <SignedOut kept={kept.length} signIn={signedOut} />;
  return (
    <GivingProvider>
      {banner === null || now !== undefined ? null : <Banner text={banner} />}
      <Bar signedOut={signedOut} />
      <div className="strip">
        <Alarms />
        <Who />
        <Look />
      </div>
      {isAtDesk ? <Newcomer /> : null}
      {isAtDesk ? <Ringing /> : null}
      {isAtDesk ? <CommandLine /> : null}
      <Answers />
      <Broken key={place.desk} at={hashOf(place)}>
        <DeskOf />
      </Broken>
      <Help />
    </GivingProvider>
  );
}

/** Nothing of the room stays on the screen of somebody who is no longer signed in; it comes back with them. */
function SignedOut({ kept, signIn }: { readonly kept: number; readonly signIn: () => void }): ReactNode {
  const { person } = useDesk();
  return (
    <main className="alone">
      <h1>Heed</h1>
      <p role="status">You are signed out, {person}.</p>
      {kept === 0 ? null : (
        <p className="prompt">{kept} of yours not recorded yet: kept on this machine until you sign in again.</p>
      )}
      <button type="button" onClick={signIn}>
        Go to sign-in
      </button>
    </main>
  );
}

function DeskOf(): ReactNode {
  const { room } = useRoom();
  const { person } = useDesk();
  const [place, go] = usePlace();
  const role = room.staff.get(person)?.role;
  useEffect(() => {
    if (place.desk === '') go({ desk: deskOf(role) });
  }, [place.desk, role, go]);
  switch (place.desk) {
    case 'dispatch':
      return <DispatchDesk />;
    case 'supervisor':
      return <SupervisorDesk />;
    case 'review':
      return <ReviewDesk />;
    case 'cases':
      return <CasesDesk />;
    case 'unit':
      return <UnitPage />;
    default:
      return <ContactDesk />;
  }
}

function Bar({ signedOut }: { readonly signedOut: () => void }): ReactNode {
  const { now } = useRoom();
  const { roomId, now: movedByHand } = useDesk();
  const [place, go] = usePlace();
  const mine = useMine();
  const over = mine.filter((one) => one.dueAt < now).length;
  const leave = (): void => {
    ask(`/rooms/${encodeURIComponent(roomId)}/sign-out`, {}).then(signedOut, signedOut);
  };
  return (
    <header className="bar">
      <b>Heed</b>
      <nav aria-label="Desks">
        {desks.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-current={place.desk === id ? 'page' : undefined}
            onClick={() => go({ desk: id })}
          >
            {title}
          </button>
        ))}
      </nav>
      <Standing />
      <span className={over > 0 ? 'alarm' : ''}>
        {mine.length} yours to answer{over > 0 ? `, ${over} over time` : ''}
      </span>
      <time className="clock" dateTime={new Date(now).toISOString()}>
        {formatLocal(now)}
      </time>
      {movedByHand === undefined ? <Traffic /> : null}
      <button type="button" onClick={leave}>
        Sign out
      </button>
    </header>
  );
}

/** Who sits here. */
function Who(): ReactNode {
  const { room } = useRoom();
  const { person } = useDesk();
  return (
    <span>
      {person}, {room.policy.roles[room.staff.get(person)?.role ?? '']?.title ?? 'no role'}
    </span>
  );
}

/** How this window stands to the room: never better than it is. */
function Standing(): ReactNode {
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

/** The invented traffic of a demonstration, to be stopped and let go on; anywhere else there is none. */
function Traffic(): ReactNode {
  const [isPaused, setIsPaused] = useState<boolean | null>(null);
  useEffect(() => {
    ask<{ readonly isPaused: boolean }>('/demonstration/traffic').then(
      (standing) => setIsPaused(standing.isPaused),
      () => setIsPaused(null),
    );
  }, []);
  if (isPaused === null) return null;
  const change = (): void => {
    ask<{ readonly isPaused: boolean }>('/demonstration/traffic', { isPaused: !isPaused }).then(
      (standing) => setIsPaused(standing.isPaused),
      () => undefined,
    );
  };
  return (
    <button type="button" onClick={change}>
      {isPaused ? 'Let the traffic go on' : 'Pause the traffic'}
    </button>
  );
}

const looks = ['auto', 'day', 'night'] as const;
const sizes = ['normal', 'large', 'largest'] as const;

/** Day or night, and how large letters are; kept on this machine for whoever sits here. */
function Look(): ReactNode {
  const [look, setLook] = useKept('heed-look', looks);
  const [size, setSize] = useKept('heed-size', sizes);
  useEffect(() => {
    document.documentElement.dataset['look'] = look;
    document.documentElement.dataset['size'] = size;
  }, [look, size]);
  return (
    <>
      <select aria-label="Day or night" value={look} onChange={(event) => setLook(event.target.value)}>
        {looks.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <select aria-label="Size of letters" value={size} onChange={(event) => setSize(event.target.value)}>
        {sizes.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </>
  );
}

function useKept<T extends string>(key: string, all: readonly T[]): readonly [T, (value: string) => void] {
  const kept = all.find((one) => one === localStorage.getItem(key)) ?? all[0];
  const [value, setValue] = useState(kept);
  return [
    value as T,
    (next) => {
      const found = all.find((one) => one === next);
      if (found === undefined) return;
      keep(key, found);
      setValue(found);
    },
  ];
}
