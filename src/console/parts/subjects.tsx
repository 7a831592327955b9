import type { ReactNode } from 'react';
import type { Check } from '../../room/check.ts';
import type { Link } from '../../room/link.ts';
import { nameOf } from '../../room/subject.ts';
import type { SubjectHere } from '../../views/subject-page.ts';
import { clockText, dayText } from '../../views/time-text.ts';
import { usePlace, useRoom } from '../desk-state.tsx';
import { Verbs } from './duties.tsx';

/** Everybody and everything that is mentioned, with what is on record of them that matters here. */
export function Subjects({ subjects }: { readonly subjects: readonly SubjectHere[] }): ReactNode {
  const [, go] = usePlace();
  if (subjects.length === 0) return <p className="soft">Nobody and nothing is named yet.</p>;
  return (
    <ul className="subjects">
      {subjects.map((one) => (
        <li key={one.subject}>
          <button type="button" className="plain" onClick={() => go({ subject: one.subject })}>
            {nameOf(one.identity)}
          </button>{' '}
          <span className="soft">{one.roles.join(', ').replaceAll('-', ' ')}</span>
          {one.markers.map((marker) => (
            <p key={marker.marker} className="prompt">
              ⚑ {marker.kind.replaceAll('-', ' ')}: {marker.reason}
            </p>
          ))}
          {one.orders.map((order) => (
            <p key={order.id} className="alarm">
              § {order.kind.replaceAll('-', ' ')}, {order.service.replaceAll('-', ' ')}; {order.breaches.length}{' '}
              breaches on record
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** What each of the five results says; only the last says anything about a person. */
const results: Readonly<Record<Check['state'], string>> = {
  'not-run': 'asked, no answer yet',
  failed: 'FAILED: nothing is known',
  'timed-out': 'TIMED OUT: nothing is known',
  unavailable: 'UNAVAILABLE: nothing is known',
  'no-trace': 'no trace',
  found: 'found',
};

/** Checks, with what was asked, of whom, when, and what came back. */
export function Checks({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const { room } = useRoom();
  if (checks.length === 0) return <p className="soft">Nothing was asked yet.</p>;
  return (
    <ul className="checks">
      {checks.map((one) => {
        const subject = room.subjects.get(one.subject);
        const isUnknown = one.state !== 'found' && one.state !== 'no-trace';
        return (
          <li key={one.id}>
            <b>{subject === undefined ? one.subject : nameOf(subject.identity)}</b>{' '}
            <span className="soft">
              {one.source.replaceAll('-', ' ')}, {clockText(one.requestedAt)}
            </span>{' '}
            <span className={isUnknown ? 'prompt' : ''}>{results[one.state]}</span>
            {one.findings.map((found) => (
              <p key={found.id}>
                <b>{found.strength}</b> {found.kind} of {dayText(found.when)}: {found.says}
                <small className="soft"> because {found.reasons.join('; ')}</small>
              </p>
            ))}
            {one.state === 'found' && one.readBy === null ? (
              <Verbs of={['ReadCheck']} known={{ check: one.id }} />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** Questions whether this is the same matter as another, with why; each decided by a person, and undone by one. */
export function Links({ links }: { readonly links: readonly Link[] }): ReactNode {
  const { room } = useRoom();
  if (links.length === 0) return <p className="soft">No link was proposed.</p>;
  return (
    <ul className="links">
      {links.map((one) => (
        <li key={one.id}>
          <b>{one.state}</b> {one.to} {room.incidents.get(one.to)?.summary ?? ''}
          <p className="soft">{one.reasons.join('; ')}</p>
          <Verbs
            of={one.state === 'proposed' ? ['ConfirmLink', 'DeclineLink'] : ['UndoLink']}
            known={{ link: one.id }}
          />
        </li>
      ))}
    </ul>
  );
}
