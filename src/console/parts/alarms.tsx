import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Level } from '../../room/duty.ts';
import type { DutyLine } from '../../views/duty-line.ts';
import { useDesk, useMine, usePlace, useRoom } from '../desk-state.tsx';
import { placeAbout } from '../route.ts';
import { useKeptText } from '../browser/kept-text.ts';
import { Due } from './time.tsx';

/** One tone for each level, in hertz and milliseconds: an alarm is higher and twice. */
const tones: Readonly<Record<Level, readonly (readonly [hertz: number, ms: number])[]>> = {
  alarm: [
    [880, 180],
    [0, 90],
    [880, 180],
  ],
  prompt: [[523, 160]],
};
/** An alarm that nobody has heard sounds again this often. */
const againMs = 20_000;
/** More than this at once are one summary. */
const floodFrom = 4;

type Sound = 'on' | 'muted' | 'blocked';

/** The loudspeaker of this window; it says truthfully whether it can be heard. */
class Speaker {
  readonly #context = new AudioContext();

  isBlocked(): boolean {
    return this.#context.state !== 'running';
  }

  /** A browser lets nobody sound before a key was pressed or the page was touched. */
  async wake(): Promise<void> {
    // A window that goes meanwhile has closed it: there is nothing to wake any more.
    await this.#context.resume().catch(() => undefined);
  }

  sound(level: Level): void {
    let at = this.#context.currentTime;
    for (const [hertz, ms] of tones[level]) {
      if (hertz > 0) this.#tone(hertz, at, at + ms / 1_000);
      at += ms / 1_000;
    }
  }

  close(): void {
    void this.#context.close();
  }

  #tone(hertz: number, from: number, until: number): void {
    const tone = new OscillatorNode(this.#context, { frequency: hertz });
    const gain = new GainNode(this.#context, { gain: 0.2 });
    tone.connect(gain).connect(this.#context.destination);
    tone.start(from);
    tone.stop(until);
  }
}

const mutedKey = 'heed-muted';

/** Where the sounds stand, a line each, that a person has put out: not those of whoever sits there next. */
function heardKeyOf(person: string): string {
  return `heed-heard ${person}`;
}

/** A duty as it sounds: one that becomes an alarm is heard again. */
function soundOf({ duty, level }: DutyLine): string {
  return `${duty} ${level}`;
}

/** What somebody must answer now sounds once a level, and again until they have heard it; F8 puts the sound out. */
export function Alarms(): ReactNode {
  const mine = useMine();
  const { person } = useDesk();
  const [heard, setHeard] = useKeptText(heardKeyOf(person));
  const heardBefore = useMemo(() => new Set(heard.split('\n')), [heard]);
  const unheard = mine.filter((one) => !heardBefore.has(soundOf(one)));
  const hush = (): void => setHeard(mine.map(soundOf).join('\n'));
  const loudest = unheard.find((one) => one.level === 'alarm') ?? unheard[0];
  const [sound, turn] = useSound(loudest);
  return (
    <section className={`alarms ${loudest?.level ?? 'quiet'}`} aria-label="Alarms">
      <button type="button" aria-pressed={sound === 'muted'} onClick={turn}>
        {soundWords[sound]}
      </button>
      {loudest === undefined ? null : <Loud unheard={unheard} hush={hush} />}
    </section>
  );
}

const soundWords: Readonly<Record<Sound, string>> = {
  on: 'Sound on',
  muted: 'Sound MUTED',
  blocked: 'Sound BLOCKED: press here',
};

/** Sounds the loudest of what is unheard, now and again; says whether it can be heard, and turns it on and off. */
function useSound(loudest: DutyLine | undefined): readonly [Sound, () => void] {
  const speaker = useRef<Speaker | null>(null);
  const [muted, setMuted] = useKeptText(mutedKey);
  const isMuted = muted === 'yes';
  const [isBlocked, setIsBlocked] = useState(true);
  useEffect(() => {
    const own = new Speaker();
    speaker.current = own;
    const wake = (): void => {
      void own.wake().then(() => setIsBlocked(own.isBlocked()));
    };
    wake();
    addEventListener('keydown', wake);
    addEventListener('pointerdown', wake);
    return () => {
      removeEventListener('keydown', wake);
      removeEventListener('pointerdown', wake);
      own.close();
    };
  }, []);
  const duty = loudest?.duty;
  const level = loudest?.level;
  useEffect(() => {
    if (duty === undefined || level === undefined || isMuted || isBlocked) return;
    speaker.current?.sound(level);
    const again = setInterval(() => speaker.current?.sound(level), againMs);
    return () => clearInterval(again);
  }, [duty, level, isMuted, isBlocked]);
  const turn = (): void => setMuted(isMuted ? '' : 'yes');
  return [isMuted ? 'muted' : isBlocked ? 'blocked' : 'on', turn];
}

/** What is new, the gravest first; a flood of it is one summary, and nothing of it is dropped from the lists. */
function Loud({ unheard, hush }: { readonly unheard: readonly DutyLine[]; readonly hush: () => void }): ReactNode {
  const { now } = useRoom();
  const [, go] = usePlace();
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'F8') return;
      event.preventDefault();
      hush();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [hush]);
  const alarms = unheard.filter((one) => one.level === 'alarm').length;
  const isFlood = unheard.length >= floodFrom;
  const shown = unheard.slice(0, isFlood ? 1 : floodFrom);
  return (
    <>
      <output>
        {isFlood ? <span>{`${unheard.length} new for you, ${alarms} of them alarms; the gravest:`}</span> : null}
        {shown.map((one) => (
          <button
            key={one.duty}
            type="button"
            className="plain"
            onClick={() => go(placeAbout(one.about, one.incident))}
          >
            {one.safeguard.replaceAll('-', ' ')} <Due at={one.dueAt} now={now} />
          </button>
        ))}
      </output>
      <button type="button" onClick={hush}>
        Heard (F8)
      </button>
    </>
  );
}
