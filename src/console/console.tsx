import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Words } from '../views/words.ts';
import { ask } from './browser/ask.ts';
import { DeskProvider, LoadedRoom } from './desk-state.tsx';
import { Frame } from './frame.tsx';
import { SignIn } from './sign-in.tsx';

/** The rooms of this service, and who is signed in to them from this browser. */
export interface Rooms {
  readonly banner: string | null;
  readonly signIn: 'directory' | 'demonstration' | null;
  readonly rooms: readonly { readonly room: string; readonly you: string | null }[];
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
  const mine = rooms.rooms.find((one) => one.you !== null);
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
