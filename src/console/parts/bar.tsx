import type { ReactNode } from 'react';
import { ask } from '../browser/ask.ts';
import { useDesk, useMine, usePlace, useRoom } from '../desk-state.tsx';
import { desks } from '../desks/desks.ts';
import { forgetPicture } from './picture.tsx';
import { Standing } from './standing.tsx';
import { Traffic } from './traffic.tsx';
import { momentText } from '../../views/time-text.ts';

/** What is true of the whole window: its desk, how it stands to the room, what waits for whoever sits here. */
export function Bar({ signedOut }: { readonly signedOut: () => void }): ReactNode {
  const { now } = useRoom();
  const { roomId, person, now: movedByHand } = useDesk();
  const [place] = usePlace();
  const mine = useMine();
  const over = mine.filter((one) => one.dueAt < now).length;
  const leave = (): void => {
    // Whoever leaves a practice stays signed in to the room, whose picture it is.
    if (movedByHand === undefined) void forgetPicture();
    ask(`/rooms/${encodeURIComponent(roomId)}/sign-out`, {}).then(signedOut, signedOut);
  };
  return (
    <header className="bar">
      <b>Heed</b>
      {place.panel === undefined ? <Desks /> : null}
      <Standing />
      <span className={over > 0 ? 'alarm' : ''}>
        {mine.length} yours to answer{over > 0 ? `, ${over} over time` : ''}
      </span>
      <time className="clock" dateTime={new Date(now).toISOString()}>
        {momentText(now)}
      </time>
      {place.panel === undefined && movedByHand === undefined ? <Traffic /> : null}
      <button type="button" onClick={leave}>
        Sign out {person}
      </button>
    </header>
  );
}

function Desks(): ReactNode {
  const [place, go] = usePlace();
  return (
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
  );
}
