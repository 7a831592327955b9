import { useEffect, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { ask } from './browser/ask.ts';
import type { Rooms } from './console.tsx';
import { forgetPicture } from './parts/picture.tsx';

interface Person {
  readonly staff: string;
  readonly title: string;
}

/** Signing in: through the force's directory, or as an invented person in a demonstration. */
export function SignIn({ rooms, signedIn }: { readonly rooms: Rooms; readonly signedIn: () => void }): ReactNode {
  // The service says that nobody is signed in: nothing of whoever was stays for the next.
  useEffect(() => void forgetPicture(), []);
  return (
    <>
      {rooms.banner === null ? null : <Banner text={rooms.banner} />}
      <main className="alone">
        <h1>Heed</h1>
        <p>Nobody is signed in.</p>
        {rooms.signIn === 'demonstration' ? (
          <Choose rooms={rooms} signedIn={signedIn} />
        ) : (
          <p>
            {rooms.rooms.length === 0 ? 'Ask for the address of your room.' : null}
            {rooms.rooms.map(({ room }) => (
              <a key={room} href={`/rooms/${encodeURIComponent(room)}/sign-in?return=/`}>
                Sign in to {room} through your directory
              </a>
            ))}
          </p>
        )}
      </main>
    </>
  );
}

/** What kind of environment this is: on everything that is not live. */
export function Banner({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="banner" role="note">
      {text}
    </p>
  );
}

function Choose({ rooms, signedIn }: { readonly rooms: Rooms; readonly signedIn: () => void }): ReactNode {
  const offered = rooms.rooms.filter((one) => one.kind !== 'replay');
  const [room, setRoom] = useState(offered[0]?.room ?? '');
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [fault, setFault] = useState('');
  useEffect(() => {
    ask<{ readonly people: readonly Person[] }>(`/rooms/${encodeURIComponent(room)}/people`)
      .then((found) => setPeople(found.people))
      .catch((error: Error) => setFault(error.message));
  }, [room]);
  const enter = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const person = new FormData(event.currentTarget).get('person');
    ask(`/rooms/${encodeURIComponent(room)}/sign-in`, { kind: 'staff', id: person })
      .then(signedIn)
      .catch((error: Error) => setFault(error.message));
  };
  return (
    <form onSubmit={enter} className="stack">
      <label>
        Room
        <select value={room} onChange={(event) => setRoom(event.target.value)}>
          {offered.map((one) => (
            <option key={one.room}>{one.room}</option>
          ))}
        </select>
      </label>
      <label>
        Be
        <select name="person">
          {people.map(({ staff, title }) => (
            <option key={staff} value={staff}>
              {staff}, {title}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={people.length === 0}>
        Sign in
      </button>
      {fault === '' ? null : <p role="alert">{fault}</p>}
    </form>
  );
}
