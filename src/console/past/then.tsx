import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { dutyList } from '../../views/duty-line.ts';
import { usePlace, useRoom } from '../desk-state.tsx';
import { MapPanel } from '../map/map-panel.tsx';
import { ContactPanel } from '../parts/contact.tsx';
import { Duties } from '../parts/duties.tsx';
import { IncidentPanel } from '../parts/incident.tsx';
import { Queue } from '../parts/queue.tsx';

/** The room as it stood then: its queue, what lies open, and everything that was owed. */
export function Then(): ReactNode {
  const { room, seen } = useRoom();
  const [place] = usePlace();
  const [isMapShown, showMap] = useState(false);
  const duties = useMemo(() => dutyList(room, {}, seen), [room, seen]);
  const newest = [...room.incidents.values()].at(-1)?.id;
  const incident = room.incidents.has(place.incident ?? '') ? place.incident : newest;
  const contact = [...room.contacts.values()].at(-1)?.id;
  return (
    <>
      <div className="side">
        <Queue />
        <section className="panel" tabIndex={0} aria-label="Owed then">
          <h2>
            Owed then <span className="soft">{duties.length}</span>
          </h2>
          <Duties duties={duties.slice(0, dutiesShown)} none="Nothing was owed." />
        </section>
        <button type="button" aria-pressed={isMapShown} onClick={() => showMap(!isMapShown)}>
          Map then
        </button>
      </div>
      {isMapShown ? (
        <MapPanel />
      ) : incident !== undefined ? (
        <IncidentPanel incident={incident} />
      ) : contact === undefined ? null : (
        <ContactPanel contact={contact} />
      )}
    </>
  );
}

const dutiesShown = 50;
