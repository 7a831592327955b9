import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../browser/ask.ts';
import { useDesk, useRoom } from '../desk-state.tsx';
import { Verbs } from './duties.tsx';
import { dayText } from '../../views/time-text.ts';

interface Counted {
  readonly of: string;
  readonly count: number;
}

/** The past of a subject as the service puts it together from years of records; instants are ISO 8601. */
interface History {
  readonly records: readonly {
    readonly id: string;
    readonly kind: string;
    readonly when: string;
    readonly says: string;
  }[];
  readonly attributes: readonly {
    readonly name: string;
    readonly value: string;
    readonly mentions: readonly string[];
  }[];
  readonly ties: readonly { readonly one: string; readonly score: number | null; readonly says: readonly string[] }[];
  readonly decisions: readonly {
    readonly link: string;
    readonly verdict: string;
    readonly by: string;
    readonly reason: string | null;
    readonly undone: object | null;
  }[];
  readonly kin: readonly { readonly entity: string; readonly says: string; readonly probability: number }[];
  readonly course: {
    readonly spans: readonly {
      readonly span: string;
      readonly count: number;
      readonly before: number;
      readonly trend: string;
    }[];
    readonly channels: readonly Counted[];
    readonly breaches: number;
    readonly says: readonly string[];
  };
  readonly named: readonly { readonly entity: string; readonly kind: string; readonly says: string }[];
  readonly isCut: boolean;
}

/** One narrative of a subject across the years, with how it was put together and how to take it apart. */
export function PastOf({ subject }: { readonly subject: string }): ReactNode {
  const { roomId } = useDesk();
  const { isPast } = useRoom();
  const [past, setPast] = useState<History | string>('Asking…');
  useEffect(() => {
    let isGone = false;
    ask<History>(`/rooms/${encodeURIComponent(roomId)}/subjects/${encodeURIComponent(subject)}/history`)
      .then((found) => (isGone ? undefined : setPast(found)))
      .catch((error: Error) => (isGone ? undefined : setPast(`FAILED: ${error.message} That is not “nothing found”.`)));
    return () => {
      isGone = true;
    };
  }, [roomId, subject]);
  // What is on record now says nothing of what was known then.
  if (isPast) return null;
  if (typeof past === 'string') return <p className="soft">{past}</p>;
  return (
    <>
      <Course past={past} />
      <h3>Told before</h3>
      {past.records.length === 0 ? <p className="soft">Nothing earlier is on record.</p> : null}
      <ul>
        {past.records.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            <b>{dayText(Date.parse(one.when))}</b> {one.kind} {one.id}: {one.says}
          </li>
        ))}
      </ul>
      {past.isCut ? <p className="prompt">More is on record than was compared.</p> : null}
      <Near past={past} />
      <PutTogether past={past} />
    </>
  );
}

/** How often, against the span before, by which channels, and how many breaches. */
function Course({ past: { course } }: { readonly past: History }): ReactNode {
  return (
    <>
      <dl className="figures">
        {course.spans.map((one) => (
          <div key={one.span} className={one.trend === 'rising' ? 'alarm' : ''}>
            <dt>{one.span.replaceAll('-', ' ')}</dt>
            <dd>{one.count}</dd>
            <dd className="soft">
              {one.trend}, {one.before} before
            </dd>
          </div>
        ))}
        <div className={course.breaches > 0 ? 'alarm' : ''}>
          <dt>breaches of orders</dt>
          <dd>{course.breaches}</dd>
        </div>
      </dl>
      {course.says.map((one) => (
        <p key={one}>{one}</p>
      ))}
      {course.channels.length === 0 ? null : (
        <p className="soft">Told by {course.channels.map((one) => `${one.of} (${one.count})`).join(', ')}</p>
      )}
    </>
  );
}

/** Relatives and people of one household, and who else stands near: never taken to be one with the subject. */
function Near({ past: { kin, named } }: { readonly past: History }): ReactNode {
  const relatives = new Set(kin.map((one) => one.entity));
  const others = named.filter((one) => !relatives.has(one.entity));
  if (kin.length + others.length === 0) return null;
  return (
    <>
      <h3>Near them</h3>
      <ul>
        {kin.map((one) => (
          <li key={one.entity}>
            {one.says} <span className="soft">relative or household, {Math.round(one.probability * 100)} %</span>
          </li>
        ))}
        {others.map((one) => (
          <li key={one.entity}>
            {one.says} <span className="soft">{one.kind}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Every value with the records that say so, every tie with what speaks for it, every decision with its undoing. */
function PutTogether({ past: { attributes, ties, decisions } }: { readonly past: History }): ReactNode {
  return (
    <details>
      <summary>How this was put together, and how to take it apart</summary>
      <ul>
        {attributes.map((one) => (
          <li key={`${one.name} ${one.value}`}>
            {one.name}: {one.value} <span className="soft">told {one.mentions.length} times</span>
          </li>
        ))}
        {ties.map((one, place) => (
          <li key={`${one.one} ${place}`}>
            {one.one} <b>{one.score === null ? 'decided' : `${one.score.toFixed(1)} bits`}</b>{' '}
            <span className="soft">{one.says.join('; ')}</span>
          </li>
        ))}
        {decisions.map((one, place) => (
          <li key={`${one.link} ${place}`}>
            {one.verdict} by {one.by}
            {one.reason === null ? '' : `: ${one.reason}`} {one.undone === null ? '' : '(undone)'}
            {one.undone === null ? <Verbs of={['UndoLink']} known={{ link: one.link }} /> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
