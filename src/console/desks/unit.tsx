import { useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Deployment } from '../../room/deployment.ts';
import { outcomes, waysKnown } from '../../room/deployment.ts';
import type { Incident } from '../../room/incident.ts';
import type { Room } from '../../room/room.ts';
import { nameOf } from '../../room/subject.ts';
import { subjectsHere } from '../../views/subject-page.ts';
import type { SubjectHere } from '../../views/subject-page.ts';
import { useGiving } from '../command/giving.tsx';
import { useRoom } from '../desk-state.tsx';
import { keep } from '../browser/keep.ts';
import { Dangers } from '../parts/dangers.tsx';
import { Time } from '../parts/time.tsx';

const unitKey = 'heed-unit';

/** The page of a crew, for a telephone: its job, the warnings that go with it, and the loop back to the room. */
export function UnitPage(): ReactNode {
  const { room } = useRoom();
  const [unit, setUnit] = useState(() => localStorage.getItem(unitKey) ?? '');
  const held = room.units.get(unit);
  const units = [...room.units.keys()].toSorted();
  const choose = (chosen: string): void => {
    keep(unitKey, chosen);
    setUnit(chosen);
  };
  const deployment = room.deployments.get(held?.deployment ?? '');
  return (
    <main className="unit">
      <label>
        We are{' '}
        <select value={unit} onChange={(event) => choose(event.target.value)}>
          <option value="">choose…</option>
          {units.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {held === undefined ? null : <Status unit={unit} status={held.status} />}
      {deployment === undefined ? (
        <p className="soft">{held === undefined ? 'Say who you are.' : 'No job for you now.'}</p>
      ) : (
        <Job key={deployment.id} deployment={deployment} />
      )}
    </main>
  );
}

function Status({ unit, status }: { readonly unit: string; readonly status: string }): ReactNode {
  const { give } = useGiving();
  return (
    <div className="asks">
      <b className={status === 'emergency' ? 'alarm' : ''}>{status.replaceAll('-', ' ')}</b>
      {['available', 'refreshments', 'emergency'].map((one) => (
        <button key={one} type="button" onClick={() => void give('SetUnitStatus', { unit, status: one })}>
          {one}
        </button>
      ))}
    </div>
  );
}

const steps: Readonly<Partial<Record<Deployment['state'], readonly [type: string, says: string]>>> = {
  assigned: ['AcknowledgeDeployment', 'Acknowledge the job'],
  acknowledged: ['MarkEnRoute', 'We are on our way'],
  'en-route': ['MarkArrived', 'We are there'],
};

function Job({ deployment }: { readonly deployment: Deployment }): ReactNode {
  const { room } = useRoom();
  const { give } = useGiving();
  const incident = room.incidents.get(deployment.incident);
  useCardOpened(deployment);
  if (incident === undefined) return <p>Your job is not for this screen: ask the room on the radio.</p>;
  const [type, says] = steps[deployment.state] ?? [];
  return (
    <article className="job">
      <h1>{incident.summary}</h1>
      <p>
        {incident.id} · {deployment.state.replaceAll('-', ' ')} · sent <Time at={deployment.assignedAt} />
      </p>
      <Warnings incident={incident} />
      {type === undefined ? null : (
        <button type="button" className="next" onClick={() => void give(type, { deployment: deployment.id })}>
          {says}
        </button>
      )}
      <Where incident={incident} />
      <h2>Told so far</h2>
      <ol className="log">
        {incident.log
          .toArray()
          .toReversed()
          .slice(0, 10)
          .map((one) => (
            <li key={one.seq}>
              <Time at={one.at} /> {one.text}
            </li>
          ))}
      </ol>
      {deployment.state === 'arrived' ? <Result deployment={deployment.id} incident={incident} /> : null}
    </article>
  );
}

/** The room is told once that this crew's own screen shows them the whole of it. */
function useCardOpened({ id, cardOpenedAt }: Deployment): void {
  const { give } = useGiving();
  const isTold = useRef(cardOpenedAt !== null);
  useEffect(() => {
    if (isTold.current) return;
    isTold.current = true;
    void give('OpenCard', { deployment: id });
  }, [id, give]);
}

function peopleIn(room: Room, incident: Incident): readonly SubjectHere[] {
  return subjectsHere(room, incident).filter((one) => one.identity.kind === 'person');
}

/** What the crew must know before they knock; a marker that asks for it is acknowledged by name. */
function Warnings({ incident }: { readonly incident: Incident }): ReactNode {
  const { room } = useRoom();
  const { give } = useGiving();
  const markers = subjectsHere(room, incident).flatMap((one) => one.markers.map((marker) => ({ one, marker })));
  const isDanger = incident.dangers.some((one) => one.confirmed !== false);
  if (!isDanger && markers.length === 0) return <p className="soft">No warning is on record.</p>;
  return (
    <section aria-label="Warnings">
      <Dangers dangers={incident.dangers} />
      {markers.map(({ one, marker }) => (
        <p key={marker.marker} className="prompt">
          ⚑ <bdi>{nameOf(one.identity)}</bdi>: {marker.kind.replaceAll('-', ' ')}. {marker.reason}{' '}
          <button
            type="button"
            onClick={() => void give('AcknowledgeMarker', { marker: marker.marker, incident: incident.id })}
          >
            acknowledge
          </button>
        </p>
      ))}
    </section>
  );
}

function Where({ incident }: { readonly incident: Incident }): ReactNode {
  const { room } = useRoom();
  const named = subjectsHere(room, incident);
  return (
    <ul>
      {named.map((one) => (
        <li key={one.subject}>
          <bdi>{nameOf(one.identity)}</bdi> <span className="soft">{one.roles.join(', ').replaceAll('-', ' ')}</span>
        </li>
      ))}
    </ul>
  );
}

/** What came of it: whom they saw, how those were known, whether apart from others and safe, and what was searched. */
function Result({ deployment, incident }: { readonly deployment: string; readonly incident: Incident }): ReactNode {
  const { room } = useRoom();
  const { give } = useGiving();
  const people = peopleIn(room, incident);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const seen = people
      .filter((one) => said.get(`seen ${one.subject}`) === 'on')
      .map(({ subject }) => ({
        subject,
        identified: said.get(`known ${subject}`),
        apart: said.get(`apart ${subject}`) === 'on',
        safe: said.get(`safe ${subject}`) === 'on',
      }));
    const text = (name: string): string => {
      const value = said.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const searched = text('searched');
    const says = text('says');
    void give('RecordResult', {
      deployment,
      outcome: text('outcome'),
      seen,
      ...(searched === '' ? {} : { searched: [searched] }),
      ...(says === '' ? {} : { says }),
    });
  };
  return (
    <form className="stack" onSubmit={send}>
      <h2>Result</h2>
      <label>
        Outcome
        <select name="outcome">
          {outcomes.map((one) => (
            <option key={one} value={one}>
              {one.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      </label>
      {people.map((one) => (
        <Whom key={one.subject} subject={one.subject} name={nameOf(one.identity)} />
      ))}
      <label>
        What was searched
        <input name="searched" maxLength={200} />
      </label>
      <label>
        In your words
        <textarea name="says" rows={3} maxLength={2_000} />
      </label>
      <button type="submit">record result</button>
    </form>
  );
}

function Whom({ subject, name }: { readonly subject: string; readonly name: string }): ReactNode {
  return (
    <fieldset>
      <legend>{name}</legend>
      {['seen', 'apart', 'safe'].map((one) => (
        <label key={one}>
          <input type="checkbox" name={`${one} ${subject}`} /> {one === 'apart' ? 'apart from others' : one}
        </label>
      ))}
      <label>
        known by
        <select name={`known ${subject}`}>
          {waysKnown.map((one) => (
            <option key={one} value={one}>
              {one.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
