import { useState } from 'react';
import type { ReactNode } from 'react';
import { spoken } from '../command/fields.ts';
import type { Spoken } from '../command/giving.tsx';
import { useGiving, useSpoken } from '../command/giving.tsx';
import type { CommandAnswer } from '../browser/link/messages.ts';
import { Asks } from './duties.tsx';

const doneShown = 1;

/** What became of what was given here: the last that was done, and every refusal until it is put away. */
export function Answers(): ReactNode {
  const all = useSpoken();
  const done = all.filter(({ answer }) => answer === null || answer.outcome === 'done').slice(0, doneShown);
  const shown = all.filter((one) => one.answer?.outcome === 'refused' || done.includes(one));
  return (
    <div className="answers" role="log" aria-label="What became of your commands">
      {shown.map((one) => (
        <AnswerOf key={one.given.id} spoken={one} />
      ))}
    </div>
  );
}

function AnswerOf({ spoken: { given, answer } }: { readonly spoken: Spoken }): ReactNode {
  const name = spoken(given.type);
  if (answer === null) return <p className="soft">{name}: not recorded yet…</p>;
  if (answer.outcome === 'done')
    return (
      <p className="soft">
        <span aria-hidden="true">✓ </span>
        {name}: recorded, event {answer.seq}
      </p>
    );
  return <Refused given={given} answer={answer} />;
}

interface RefusedProps {
  readonly given: Spoken['given'];
  readonly answer: Extract<CommandAnswer, { readonly outcome: 'refused' }>;
}

/** Why the room refuses, what would satisfy it, and the way past it for whoever has the authority. */
function Refused({ given, answer }: RefusedProps): ReactNode {
  const { give, put } = useGiving();
  const [reason, setReason] = useState('');
  const { says, gates, faults, mayOverride } = answer;
  return (
    <section className="refused" aria-label={`Refused: ${spoken(given.type)}`}>
      <h2>Refused: {spoken(given.type)}</h2>
      {Object.values(given.data)
        .filter((one) => typeof one === 'string' && one.includes(' '))
        .map((one) => (
          <p key={String(one)} className="soft given">
            You gave: “{String(one)}”
          </p>
        ))}
      {gates.length === 0 && faults.length === 0 ? <p>{says}</p> : null}
      {faults.map((one) => (
        <p key={one.field}>
          {one.field}: {one.says}
        </p>
      ))}
      {gates.map((one) => (
        <div key={`${one.safeguard} ${one.why.says}`}>
          <p>
            <b>{one.safeguard.replaceAll('-', ' ')}</b> {one.why.says}
          </p>
          <Asks asks={one.asks} />
        </div>
      ))}
      <div className="asks">
        {mayOverride === true ? (
          <>
            <input
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              aria-label="Reason to go past it"
            />
            <button
              type="button"
              disabled={reason.trim() === ''}
              onClick={() => {
                put(given.id);
                void give(given.type, given.data, { override: reason, at: given.at });
              }}
            >
              Go past it; this is reviewed
            </button>
          </>
        ) : null}
        {mayOverride === false ? <span className="soft">You may not go past it.</span> : null}
        <button type="button" onClick={() => put(given.id)}>
          Put away
        </button>
      </div>
    </section>
  );
}
