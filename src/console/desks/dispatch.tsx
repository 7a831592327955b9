import type { ReactNode } from 'react';
import { usePlace } from '../desk-state.tsx';
import { MapPanel } from '../map/map-panel.tsx';
import { MapSwitch, useMapShown } from '../map/map-switch.tsx';
import { IncidentPanel } from '../parts/incident.tsx';
import { Mine } from '../parts/mine.tsx';
import { Queue } from '../parts/queue.tsx';
import { SubjectPanel } from '../parts/subject.tsx';
import { Units } from '../parts/units.tsx';

/** The dispatcher's desk: the queue, what lies open, the units, and what is theirs to answer. */
export function DispatchDesk(): ReactNode {
  const [place] = usePlace();
  const [isShown, show] = useMapShown();
  return (
    <main className={isShown ? 'desk with-map' : 'desk'}>
      <Queue />
      {place.subject !== undefined ? (
        <SubjectPanel subject={place.subject} />
      ) : place.incident === undefined ? (
        <section className="panel" tabIndex={0}>
          <Mine />
        </section>
      ) : (
        <IncidentPanel incident={place.incident} />
      )}
      <Units />
      {isShown ? <MapPanel /> : null}
      <MapSwitch isShown={isShown} show={show} />
    </main>
  );
}
