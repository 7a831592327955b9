import { useEffect, useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { mayNotDisclose } from '../../room/disclosing.ts';
import { ask } from '../browser/ask.ts';
import { useDesk, useKnown } from '../desk-state.tsx';
import { redactionsIn } from './redactions.ts';

/** How far a bundle is, as the service says it. */
interface Making {
  readonly disclosure: string;
  readonly incident: string;
  readonly stage: 'reading' | 'writing' | 'packing' | 'ready' | 'failed';
  readonly done: number;
  readonly of: number;
  readonly bytes: number | null;
  readonly fault: string | null;
}

const askedEveryMs = 400;

const stages: Readonly<Record<Making['stage'], string>> = {
  reading: 'Reading the log…',
  writing: 'Writing the record…',
  packing: 'Putting it together…',
  ready: 'The bundle is ready.',
  failed: 'It failed.',
};

/** The disclosure bundle of one incident: for whom and what for, what is withheld, how far it is, and the bundle. */
export function Disclose({ incident }: { readonly incident: string }): ReactNode {
  const { roomId, person } = useDesk();
  const { room } = useKnown();
  const { making, fault, begin } = useMaking(roomId);
  const notes = useId();
  const barred = room === null ? null : mayNotDisclose(room, person);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = said.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const withheld = redactionsIn(text('withhold'));
    begin(incident, { recipient: text('recipient'), purpose: text('purpose'), redactions: withheld });
  };
  const isBusy = making !== null && making.stage !== 'ready' && making.stage !== 'failed';
  return (
    <section className="disclose" aria-label="Disclosure">
      <h2>Disclose {incident}</h2>
      {barred === null ? (
        <form className="stack" onSubmit={submit}>
          <label>
            For whom
            <input name="recipient" required minLength={3} maxLength={300} autoComplete="off" />
          </label>
          <label>
            What for
            <input name="purpose" required minLength={3} maxLength={500} autoComplete="off" />
          </label>
          <label>
            Withhold in a copy
            <textarea name="withhold" rows={2} aria-describedby={notes} />
          </label>
          <p id={notes} className="soft">
            One on a line: the words, or the number of an entry, then = and why. The original stays as it is. Who gives
            what to whom is logged.
          </p>
          <button type="submit" disabled={isBusy}>
            Make the bundle
          </button>
        </form>
      ) : (
        <p className="soft">{barred.says}</p>
      )}
      <Progress making={making} roomId={roomId} />
      {fault === '' ? null : <p role="alert">{fault}</p>}
    </section>
  );
}

function Progress({ making, roomId }: { readonly making: Making | null; readonly roomId: string }): ReactNode {
  if (making === null) return <p role="status" />;
  const { stage, done, of, bytes, disclosure, incident, fault } = making;
  const path = `/rooms/${encodeURIComponent(roomId)}/disclosures/${disclosure}/bundle`;
  const isOver = stage === 'ready' || stage === 'failed';
  return (
    <>
      <p role="status">
        {stages[stage]} {fault ?? ''}
      </p>
      {isOver ? null : <progress aria-label="Made so far" value={done} max={Math.max(1, of)} />}
      {stage === 'ready' ? (
        <a href={path} download={`disclosure-${incident}.zip`}>
          Fetch the bundle of {incident}, {Math.ceil((bytes ?? 0) / 1_024)} KB
        </a>
      ) : null}
    </>
  );
}

/** Begins a bundle and asks how far it is until it has come to its end. */
function useMaking(roomId: string): {
  readonly making: Making | null;
  readonly fault: string;
  readonly begin: (incident: string, body: unknown) => void;
} {
  const [making, setMaking] = useState<Making | null>(null);
  const [fault, setFault] = useState('');
  const path = `/rooms/${encodeURIComponent(roomId)}`;
  const isOver = making === null || making.stage === 'ready' || making.stage === 'failed';
  useEffect(() => {
    if (isOver) return;
    const timer = setTimeout(() => {
      ask<Making>(`${path}/disclosures/${making.disclosure}`)
        .then(setMaking)
        .catch((error: Error) => {
          setFault(`How far it is cannot be asked: ${error.message}`);
          setMaking({ ...making });
        });
    }, askedEveryMs);
    return () => clearTimeout(timer);
  }, [making, isOver, path]);
  const begin = (incident: string, body: unknown): void => {
    setFault('');
    setMaking(null);
    ask<Making>(`${path}/incidents/${encodeURIComponent(incident)}/disclosures`, body)
      .then(setMaking)
      .catch((error: Error) => setFault(error.message));
  };
  return { making, fault, begin };
}
