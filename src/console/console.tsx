import { Suspense, lazy, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Words } from '../views/words.ts';
import { ask } from './browser/ask.ts';
import { DeskProvider, LoadedRoom } from './desk-state.tsx';
import { Frame } from './frame.tsx';
import { practiceOf } from './browser/begin-practice.ts';
import { SignIn } from './sign-in.tsx';

/** Fetched only by whoever practises. */
const Practised = lazy(async () => ({ default: (await import('./practice/practice.tsx')).Practised }));

/** The rooms of this service, and who is signed in to them from this browser. */
export interface Rooms {
  readonly banner: string | null;
  readonly signIn: 'directory' | 'demonstration' | null;
  readonly rooms: readonly { readonly room: string; readonly kind: string; readonly you: string | null }[];
}

interface Service {
  readonly rooms: Rooms;
  readonly words: Words;
}

const againMs = 2_000;

async function asked(): Promise<Service> {
  const [rooms, said] = await Promise.all([
    ask<Rooms>('/rooms'),
    ask<Readonly<Record<string, Readonly<Record<string, string>>>>>('/words'),
  ]);
  return { rooms, words: new Map(Object.entries(said)) };
}

/** Whoever comes or goes begins anew: nothing of one person is left for the next. */
function begin(): void {
  location.reload();
}

/** The whole console: signing in, and then the desk. */
export function Console(): ReactNode {
  const [service, setService] = useState<Service | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      asked()
        .then(setService)
        .catch((error: Error) => {
          setFault(error.message);
          again = setTimeout(load, againMs);
        });
    };
    load();
    return () => clearTimeout(again);
  }, []);
  if (service === null)
    return (
      <main className="alone">
        <h1>Heed</h1>
        <p role="status">{fault === null ? 'Asking who is signed in…' : `${fault} Trying again…`}</p>
      </main>
    );
  const { rooms, words } = service;
  const practice = practiceOf(location.search);
  const practised = rooms.rooms.find((one) => one.room === practice?.room && one.you === practice.staff);
  if (practice !== null && practised !== undefined)
    return (
      <Suspense fallback={<p role="status">Opening the practice…</p>}>
        <Practised practice={practice} words={words} />
      </Suspense>
    );
  const mine = signedInTo(rooms);
  if (mine?.you == null) return <SignIn rooms={rooms} signedIn={begin} />;
  return (
    <DeskProvider
      key={`${mine.room} ${mine.you}`}
      seated={{ roomId: mine.room, person: mine.you, banner: rooms.banner, words }}
    >
      <LoadedRoom
        waiting={
          <main className="alone">
            <p role="status">Loading the room…</p>
          </main>
        }
      >
        <Frame signedOut={begin} />
      </LoadedRoom>
    </DeskProvider>
  );
}

/** The room that somebody is signed in to; one that is played comes after those that go on by themselves. */
function signedInTo({ rooms }: Rooms): Rooms['rooms'][number] | undefined {
  const mine = rooms.filter((one) => one.you !== null);
  return mine.find((one) => one.kind !== 'replay') ?? mine[0];
}
