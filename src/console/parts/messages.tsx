import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { MessageLine } from '../../views/message-list.ts';
import { isMessageFor, messagesUnanswered } from '../../views/message-list.ts';
import { spanText } from '../../views/time-text.ts';
import { useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { placeAbout } from '../route.ts';
import { Verbs } from './duties.tsx';

/** Every message that needs an answer and has none, those to whoever sits here first. */
export function Messages(): ReactNode {
  const { room, now } = useRoom();
  const { person } = useDesk();
  const messages = useMemo(() => messagesUnanswered(room, now), [room, now]);
  const own = messages.filter((one) => isMessageFor(room, one, person));
  const others = messages.filter((one) => !isMessageFor(room, one, person));
  return (
    <section className="panel" tabIndex={0} aria-label="Messages">
      <h2>
        Messages{' '}
        <span className="soft">
          {messages.length} without an answer{own.length === 0 ? '' : `, ${own.length} to you`}
        </span>
      </h2>
      {messages.length === 0 ? <p className="soft">Every message was answered.</p> : null}
      <ul className="duties">
        {[...own, ...others].map((one) => (
          <li key={one.message} className={one.urgency === 'emergency' ? 'alarm' : 'prompt'}>
            <Line message={one} isOwn={own.includes(one)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ message, isOwn }: { readonly message: MessageLine; readonly isOwn: boolean }): ReactNode {
  const [, go] = usePlace();
  const { from, to, unit, text, forMs, resent, incident, urgency } = message;
  const whom = unit ?? (to === null ? 'nobody' : 'staff' in to ? to.staff : to.role);
  return (
    <>
      <b>{isOwn ? 'to you' : `to ${whom}`}</b> from <span>{from}</span>{' '}
      <span className={urgency === 'emergency' ? 'alarm' : 'soft'}>
        {urgency}, {spanText(forMs)}
        {resent === 0 ? '' : `, sent again ${resent === 1 ? 'once' : `${resent} times`}`}
      </span>
      <p>{text}</p>
      {incident === null ? null : (
        <button type="button" className="plain" onClick={() => go(placeAbout(`incident:${incident}`, null))}>
          {incident}
        </button>
      )}
      <Verbs of={['AcknowledgeMessage']} known={{ message: message.message }} />
    </>
  );
}
