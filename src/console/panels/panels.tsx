import type { ReactNode } from 'react';
import { ownContact } from '../command/held.ts';
import { useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { deskNamed } from '../desks/desks.ts';
import { MapPanel } from '../map/map-panel.tsx';
import { Overdue, RoomCounts, SecondPerson, Staff } from '../parts/board.tsx';
import { ContactPanel } from '../parts/contact.tsx';
import { Contacts } from '../parts/contacts.tsx';
import { IncidentPanel } from '../parts/incident.tsx';
import { Messages } from '../parts/messages.tsx';
import { MinePanel } from '../parts/mine.tsx';
import { Queue } from '../parts/queue.tsx';
import { SubjectPanel } from '../parts/subject.tsx';
import { Units } from '../parts/units.tsx';

/** A part of a desk that can stand in a window of its own. */
export interface PanelKind {
  readonly title: string;
  readonly draw: () => ReactNode;
  /** As high as what stands in it; the others share what is left. */
  readonly fits?: boolean;
}

/** Every panel by its id; a new one is a line here, and stands on a desk by its id in `desks.ts`. */
export const panels: Readonly<Record<string, PanelKind>> = {
  contacts: { title: 'Contacts', draw: () => <Contacts /> },
  queue: { title: 'Queue', draw: () => <Queue /> },
  open: { title: 'What lies open', draw: () => <Open /> },
  'in-hand': { title: 'Contact in hand', draw: () => <InHand /> },
  mine: { title: 'Yours to answer', draw: () => <MinePanel /> },
  map: { title: 'Map', draw: () => <MapPanel /> },
  units: { title: 'Units', draw: () => <Units /> },
  messages: { title: 'Messages', draw: () => <Messages />, fits: true },
  room: { title: 'The room', draw: () => <RoomCounts />, fits: true },
  overdue: { title: 'Past their time', draw: () => <Overdue /> },
  second: { title: 'Waiting for a second person', draw: () => <SecondPerson />, fits: true },
  staff: { title: 'On duty', draw: () => <Staff /> },
};

/** The incident, contact or subject that lies open; where none does, what this desk shows instead. */
function Open(): ReactNode {
  const [{ desk, subject, contact, incident }] = usePlace();
  if (subject !== undefined) return <SubjectPanel subject={subject} />;
  if (contact !== undefined) return <ContactPanel contact={contact} />;
  if (incident !== undefined) return <IncidentPanel incident={incident} />;
  return panels[deskNamed(desk)?.idle ?? '']?.draw() ?? <MinePanel />;
}

/** The contact that this person has answered and that has not ended. */
function InHand(): ReactNode {
  const { room } = useRoom();
  const { person } = useDesk();
  const contact = ownContact(room, person);
  if (contact !== undefined) return <ContactPanel contact={contact} />;
  return (
    <section className="panel" tabIndex={0}>
      <h2>No contact in hand</h2>
      <p className="soft">Answer one that waits, or open an incident.</p>
    </section>
  );
}
