import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Words } from '../../views/words.ts';
import { clockText, momentText } from '../../views/time-text.ts';
import { DeskProvider, LoadedRoom, useDesk } from '../desk-state.tsx';
import { Frame } from '../frame.tsx';
import { Banner } from '../sign-in.tsx';
import type { Practice } from '../browser/begin-practice.ts';
import { leave, scriptOf } from '../browser/begin-practice.ts';
import { DebriefPage } from './debrief.tsx';
import { Director } from './director.ts';
import type { Standing } from './director.ts';
import type { Script } from './script.ts';
import { heardBy } from './script.ts';

const speeds = [1, 5, 30] as const;
const heardShown = 4;

interface PractisedProps {
  readonly practice: Practice;
  readonly words: Words;
}

/** Somebody practises a case: the ordinary console in a room of its own, with the case’s clock above it. */
export function Practised({ practice, words }: PractisedProps): ReactNode {
  const [script, setScript] = useState<Script | null>(null);
  const [fault, setFault] = useState('');
  const { room, name, staff } = practice;
  useEffect(() => {
    scriptOf(name)
      .then(setScript)
      .catch((error: Error) => setFault(error.message));
  }, [name]);
  const director = useMemo(
    () => (script === null ? null : new Director(script, { room, staff })),
    [script, room, staff],
  );
  const waiting = (
    <main className="alone">
      <p role="status">{fault === '' ? 'Opening the practice…' : fault}</p>
    </main>
  );
  if (script === null || director === null) return waiting;
  const of = `“${name.replaceAll('-', ' ')}”`;
  const banner = `PRACTICE of ${of}: a room of its own. Nothing here reaches the live room.`;
  return (
    <DeskProvider seated={{ roomId: room, person: staff, banner, words, now: director.now }}>
      <LoadedRoom waiting={waiting}>
        <Played practice={practice} script={script} director={director} />
      </LoadedRoom>
    </DeskProvider>
  );
}

interface PlayedProps {
  readonly practice: Practice;
  readonly script: Script;
  readonly director: Director;
}

function Played({ practice, script, director }: PlayedProps): ReactNode {
  const { link, banner } = useDesk();
  useEffect(() => director.sees(() => link.known().room), [director, link]);
  const clock = useClock(director);
  const [isEnded, setIsEnded] = useState(false);
  const { standing } = clock;
  if (isEnded || standing.isOver) return <DebriefPage practice={practice} script={script} endedAt={standing.now} />;
  return (
    <>
      {banner === null ? null : <Banner text={banner} />}
      <Clock practice={practice} script={script} clock={clock} end={() => setIsEnded(true)} />
      <Frame signedOut={() => void leave(practice)} />
    </>
  );
}

interface Clockwork {
  readonly standing: Standing;
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly isPaused: boolean;
  readonly pause: (isPaused: boolean) => void;
  readonly skip: () => void;
  readonly fault: string;
}

/** The case’s clock: goes on with each second, so many times as fast, until it is paused. */
function useClock(director: Director): Clockwork {
  const [told, setTold] = useState({ standing: director.standing(), fault: '' });
  const [speed, setSpeed] = useState<number>(1);
  const [isPaused, pause] = useState(false);
  const after = useCallback(
    (moved: Promise<void>): void => {
      const standing = (fault: string): typeof told => ({ standing: director.standing(), fault });
      void moved
        .then(() => standing(''))
        .catch((error: Error) => standing(error.message))
        .then(setTold);
    },
    [director],
  );
  useEffect(() => after(director.begin()), [director, after]);
  useEffect(() => {
    if (isPaused) return undefined;
    const timer = setInterval(() => after(director.goOn(director.now() + speed * 1_000)), 1_000);
    return () => clearInterval(timer);
  }, [director, isPaused, speed, after]);
  const skip = useCallback(() => after(director.goOn(director.next())), [director, after]);
  return { ...told, speed, setSpeed, isPaused, pause, skip };
}

interface ClockProps {
  readonly practice: Practice;
  readonly script: Script;
  readonly clock: Clockwork;
  readonly end: () => void;
}

/** The clock and its keys, and what whoever practises hears. */
function Clock({ practice, script, clock, end }: ClockProps): ReactNode {
  const { standing, speed, setSpeed, isPaused, pause, skip, fault } = clock;
  const heard = useMemo(() => heardBy(script, practice.staff, standing.now), [script, practice.staff, standing.now]);
  return (
    <section className="practice" aria-label="Practice">
      <div className="asks">
        <b className="clock">{momentText(standing.now)}</b>
        <button type="button" aria-pressed={isPaused} onClick={() => pause(!isPaused)}>
          {isPaused ? 'Go on' : 'Pause'}
        </button>
        <button type="button" onClick={skip}>
          To what comes next
        </button>
        <select aria-label="Speed" value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one === 1 ? 'as it was' : `${one} times as fast`}
            </option>
          ))}
        </select>
        <button type="button" onClick={end}>
          End and debrief
        </button>
        <button type="button" onClick={() => void leave(practice)}>
          Leave
        </button>
      </div>
      {fault === '' ? null : <p role="alert">{fault}</p>}
      <ol aria-label="What you hear" aria-live="polite">
        {heard.length === 0 ? (
          <li className="soft">You are {practice.staff}. What you hear stands here; write down what matters.</li>
        ) : null}
        {heard.slice(-heardShown).map((one) => (
          <li key={`${one.at} ${one.says}`}>
            <span className="soft">
              {clockText(one.at)} {one.contact}
            </span>{' '}
            {one.says}
          </li>
        ))}
      </ol>
    </section>
  );
}
