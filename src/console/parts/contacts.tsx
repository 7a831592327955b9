import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { waitingContacts } from '../../views/queue.ts';
import { spanText } from '../../views/time-text.ts';
import { usePlace, useRoom } from '../desk-state.tsx';
import { Rows } from './rows.tsx';

const rowHeight = 44;

/** Every contact that is not disposed of, those who wait first. */
export function Contacts(): ReactNode {
  const { room, now } = useRoom();
  const [place, go] = usePlace();
  const contacts = useMemo(() => waitingContacts(room, now), [room, now]);
  return (
    <section className="panel" aria-label="Contacts">
      <h2>
        Contacts <span className="soft">{contacts.length} open</span>
      </h2>
      <Rows
        label="contacts"
        none="Nobody waits."
        items={contacts}
        keyOf={(one) => one.contact}
        selected={place.contact}
        open={(one) => go({ contact: one.contact, incident: undefined, subject: undefined })}
        rowHeight={rowHeight}
      >
        {(one) => (
          <>
            <b className={one.isLifeAtRisk ? 'alarm' : ''}>{one.channel}</b>
            <span className="age">{spanText(one.ageMs)}</span>
            <small>
              {one.handler ?? 'nobody'}
              {one.alarms > 0 ? `, ${one.alarms} ▲` : ''}
            </small>
            <small className={one.state === 'presented' ? 'prompt' : ''}>{one.state}</small>
          </>
        )}
      </Rows>
    </section>
  );
}
