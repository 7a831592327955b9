import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { nameOf } from '../../room/subject.ts';
import { subjectPage } from '../../views/subject-page.ts';
import { dayText, momentText } from '../../views/time-text.ts';
import { usePlace, useRoom } from '../desk-state.tsx';
import { Verbs } from './duties.tsx';
import { PastOf } from './subject-past.tsx';
import { Links } from './subjects.tsx';

/** A person, place, number, vehicle or account: what the room holds of it, and its past. */
export function SubjectPanel({ subject }: { readonly subject: string }): ReactNode {
  const { room, seen } = useRoom();
  const [, go] = usePlace();
  const page = useMemo(() => subjectPage(room, subject, seen), [room, subject, seen]);
  if (page === null)
    return (
      <section className="panel" tabIndex={0}>
        <p>There is nothing {subject} here, or nothing that you may see.</p>
      </section>
    );
  return (
    <article className="panel" tabIndex={0} aria-label={`Subject ${subject}`}>
      <header>
        <button type="button" onClick={() => go({ subject: undefined })}>
          Back
        </button>
        <h2>{nameOf(page.identity)}</h2>
        <p className="soft">
          {page.identity.kind} · {subject}
          {page.sameAs.length === 0 ? '' : ` · also ${page.sameAs.join(', ')}`}
        </p>
        <Verbs of={['SetMarker', 'RequestCheck', 'Relate']} known={{ subject }} />
      </header>
      {page.markers.map((one) => (
        <p key={one.marker} className="prompt">
          ⚑ {one.kind.replaceAll('-', ' ')}: {one.reason} · owner {one.owner}, review {dayText(one.reviewAt)}
        </p>
      ))}
      {page.orders.map((one) => (
        <p key={one.id} className="alarm">
          § {one.kind.replaceAll('-', ' ')}, {one.service.replaceAll('-', ' ')}; {one.breaches.length} breaches on
          record
        </p>
      ))}
      <h3>Here</h3>
      <ul>
        {page.appearances.map((one) => {
          const { incident } = one;
          return (
            <li key={one.seq}>
              {momentText(one.at)} as {one.role.replaceAll('-', ' ')}{' '}
              {incident === null ? null : (
                <button type="button" className="plain" onClick={() => go({ incident, subject: undefined })}>
                  {incident}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <h3>Links</h3>
      <Links links={page.links} />
      <h3>Earlier</h3>
      <PastOf subject={subject} />
    </article>
  );
}
