import { useCallback, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Words } from '../views/words.ts';
import { ask } from './ask.ts';
import { DeskProvider, LoadedRoom } from './desk-state.tsx';
import { Frame } from './frame.tsx';
import { SignIn } from './sign-in.tsx';

/** The rooms of this service, and who is signed in to them from this browser. */
export interface Rooms {
  readonly banner: string | null;
  readonly signIn: 'directory' | 'demonstration' | null;
  readonly rooms: readonly { readonly room: string; readonly you: string | null }[];
}

/** The whole console: signing in, and then the desk. */
export function Console(): ReactNode {
  const [rooms, setRooms] = useState<Rooms | null>(null);
  const [words, setWords] = useState<Words | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = useCallback(() => {
    Promise.all([ask<Rooms>('/rooms'), ask<Record<string, Record<string, string>>>('/words')])
      .then(([found, said]) => {
        setRooms(found);
        setWords(new Map(Object.entries(said)));
        setFault(null);
      })
      .catch((error: unknown) => {
        setFault(error instanceof Error ? error.message : 'The service does not answer.');
        setTimeout(load, 2_000);
      });
  }, []);
  useEffect(load, [load]);
  if (rooms === null || words === null)
    return (
      <main className="alone">
        <h1>Heed</h1>
        <p role="status">{fault === null ? 'Asking who is signed in…' : `${fault} Trying again…`}</p>
      </main>
    );
  const mine = rooms.rooms.find((one) => one.you !== null);
  if (mine?.you == null) return <SignIn rooms={rooms} signedIn={load} />;
  return (
    <DeskProvider seated={{ roomId: mine.room, person: mine.you, banner: rooms.banner, words }}>
      <LoadedRoom waiting={<main className="alone"><p role="status">Loading the room…</p></main>}>
        <Frame signedOut={load} />
      </LoadedRoom>
    </DeskProvider>
  );
}
