import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { waitingContacts } from '../../views/queue.ts';
import { ownContact } from '../command/held.ts';
import { useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { ContactPanel } from '../parts/contact.tsx';
import { IncidentPanel } from '../parts/incident.tsx';
import { Mine } from '../parts/mine.tsx';
import { Queue } from '../parts/queue.tsx';
import { Rows } from '../parts/rows.tsx';
import { SubjectPanel } from '../parts/subject.tsx';
import { spanText } from '../parts/time.tsx';

/** The contact handler's desk: who waits, the contact in hand, and what is theirs to answer. */
export function ContactDesk(): ReactNode {
  const { room } = useRoom();
  const { person } = useDesk();
  const [place] = usePlace();
  const contact = place.contact ?? (place.incident === undefined ? ownContact(room, person) : undefined);
  return (
    <main className="desk">
      <div className="side">
        <Waiting />
        <Queue />
      </div>
      {place.subject !== undefined ? (
        <SubjectPanel subject={place.subject} />
      ) : contact !== undefined ? (
        <ContactPanel contact={contact} />
      ) : place.incident !== undefined ? (
        <IncidentPanel incident={place.incident} />
      ) : (
        <section className="panel" tabIndex={0}>
          <h2>No contact in hand</h2>
          <p className="soft">Answer one that waits, or open an incident.</p>
        </section>
      )}
      <section className="panel" tabIndex={0} aria-label="Yours to answer">
        <Mine />
      </section>
    </main>
  );
}

const rowHeight = 44;

function Waiting(): ReactNode {
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
            <span className={one.state === 'presented' ? 'prompt' : ''}>{one.state}</span>
            <span className="age">{spanText(one.ageMs)}</span>
            <small>
              {one.handler ?? 'nobody'}
              {one.alarms > 0 ? `, ${one.alarms} ▲` : ''}
            </small>
          </>
        )}
      </Rows>
    </section>
  );
}
