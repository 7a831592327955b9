import { useCallback, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { waitingContacts } from '../../views/queue.ts';
import { spanText } from '../../views/time-text.ts';
import { useGiving } from '../command/giving.tsx';
import { useRoom, usePlace } from '../desk-state.tsx';
import { leadToWords } from '../browser/words-next.ts';

/** A call that rings, in a line that takes the focus from nobody. F4 answers it and leads to the caller’s words. */
export function Ringing(): ReactNode {
  const { room, now } = useRoom();
  const ringing = useMemo(() => waitingContacts(room, now).filter((one) => one.state === 'presented'), [room, now]);
  const [first] = ringing;
  const answer = useAnswer(first?.contact);
  // Its place is kept while nobody waits: what is below it never moves under somebody's hand.
  if (first === undefined)
    return (
      <section className="ringing none soft" aria-label="Ringing" aria-live="polite">
        No contact waits
      </section>
    );
  return (
    <section className="ringing" aria-label="Ringing" aria-live="polite">
      <b>{ringing.length === 1 ? 'One contact waits' : `${ringing.length} contacts wait`}</b>
      <span>
        {first.channel}, {spanText(first.ageMs)} {first.isLifeAtRisk ? '· life at risk' : ''}
      </span>
      <button type="button" onClick={answer}>
        answer contact <kbd>F4</kbd>
      </button>
    </section>
  );
}

/** Answers a contact, by F4 too; whoever answers goes to it, and the keyboard with them to the caller’s words. */
function useAnswer(contact: string | undefined): () => void {
  const [, go] = usePlace();
  const { give } = useGiving();
  const answer = useCallback(() => {
    if (contact === undefined) return;
    leadToWords(contact);
    go({ desk: 'contact', contact, incident: undefined, subject: undefined });
    void give('AnswerContact', { contact });
  }, [contact, go, give]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'F4' || event.altKey || event.ctrlKey || contact === undefined) return;
      event.preventDefault();
      answer();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [answer, contact]);
  return answer;
}
