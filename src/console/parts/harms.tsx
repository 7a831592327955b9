import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { HarmLine } from '../../views/harm-list.ts';
import { harmList } from '../../views/harm-list.ts';
import { momentText } from '../../views/time-text.ts';
import { usePlace, useRoom } from '../desk-state.tsx';
import { Verbs } from './duties.tsx';
import { Due } from './time.tsx';

const heldShown = 12;

const referrals: Readonly<Record<HarmLine['referral'], string>> = {
  none: 'not referred; nothing demands it as yet',
  drafted: 'a referral is drafted and waits for a person',
  made: 'referred',
  'decided-against': 'decided against, with a reason',
};

/** Harm on record, each with the clock of its referral, what is held because of it, and the commands that answer it. */
export function Harms(): ReactNode {
  const { room, seen } = useRoom();
  const harms = useMemo(() => harmList(room, seen), [room, seen]);
  return (
    <section aria-label="Harm, referral and hold">
      <h2>
        Harm, referral and hold <span className="soft">{harms.length}</span>
      </h2>
      {harms.length === 0 ? (
        <p className="soft">No death, serious injury or serious complaint is on record here.</p>
      ) : null}
      <ul className="harms">
        {harms.map((one) => (
          <HarmRow key={one.harm} harm={one} />
        ))}
      </ul>
      <Verbs of={['RecordHarm']} known={{}} />
    </section>
  );
}

function HarmRow({ harm }: { readonly harm: HarmLine }): ReactNode {
  const { now } = useRoom();
  const [, go] = usePlace();
  const { incident, summary, people, referral, isOpen, awareAt, dueAt, held, duties } = harm;
  return (
    <li className={isOpen && dueAt < now ? 'alarm' : isOpen ? 'prompt' : ''}>
      <p>
        <b>
          {harm.kind}
          {people.length === 0 ? '' : `: ${people.join('; ')}`}
        </b>{' '}
        <span className="soft">{harm.harm}</span>
      </p>
      <p>
        {referrals[referral]}
        {isOpen ? (
          <>
            {' '}
            · refer by <time dateTime={new Date(dueAt).toISOString()}>{momentText(dueAt)}</time>,{' '}
            <Due at={dueAt} now={now} />
          </>
        ) : null}
      </p>
      <p className="soft">Somebody serving first knew {momentText(awareAt)}.</p>
      {[...new Set(duties.flatMap((duty) => duty.why.map((why) => why.says)))].map((says) => (
        <p key={says}>{says}</p>
      ))}
      {incident === null ? null : (
        <button
          type="button"
          className="plain"
          onClick={() => go({ incident, contact: undefined, subject: undefined })}
        >
          {incident} {summary ?? ''}: its moments
        </button>
      )}
      {isOpen ? <Verbs of={['MakeReferral', 'DecideAgainstReferral']} known={{ harm: harm.harm }} /> : null}
      <Held held={held} />
    </li>
  );
}

function Held({ held }: Pick<HarmLine, 'held'>): ReactNode {
  const [, go] = usePlace();
  if (held.length === 0) return <p className="soft">Nothing is held because of it.</p>;
  return (
    <details>
      <summary>Legal hold on {held.length}: nothing of these may be erased</summary>
      <ul>
        {held.slice(0, heldShown).map(({ id, kind, says }) => (
          <li key={id}>
            {kind === 'other' ? (
              id
            ) : (
              <button type="button" className="plain" onClick={() => go({ [kind]: id })}>
                {id}
              </button>
            )}{' '}
            <span className="soft">{says}</span>
          </li>
        ))}
      </ul>
      {held.length > heldShown ? <p className="soft">and {held.length - heldShown} more</p> : null}
    </details>
  );
}
