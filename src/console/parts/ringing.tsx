import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { waitingContacts } from '../../views/queue.ts';
import { useGiving } from '../command/giving.tsx';
import { useRoom, usePlace } from '../desk-state.tsx';
import { spanText } from './time.tsx';

/** A call that rings, in a line that takes the focus from nobody. */
export function Ringing(): ReactNode {
  const { room, now } = useRoom();
  const [, go] = usePlace();
  const { give } = useGiving();
  const ringing = useMemo(() => waitingContacts(room, now).filter((one) => one.state === 'presented'), [room, now]);
  const [first] = ringing;
  // Its place is kept while nobody waits: what is below it never moves under somebody's hand.
  if (first === undefined)
    return (
      <section className="ringing none soft" aria-label="Ringing" aria-live="polite">
        No contact waits
      </section>
    );
  const answer = (): void => {
    go({ desk: 'contact', contact: first.contact, incident: undefined });
    void give('AnswerContact', { contact: first.contact });
  };
  return (
    <section className="ringing" aria-label="Ringing" aria-live="polite">
      <b>{ringing.length === 1 ? 'One contact waits' : `${ringing.length} contacts wait`}</b>
      <span>
        {first.channel}, {spanText(first.ageMs)} {first.isLifeAtRisk ? '· life at risk' : ''}
      </span>
      <button type="button" onClick={answer}>
        answer contact
      </button>
    </section>
  );
}
