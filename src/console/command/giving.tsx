import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useDesk } from '../desk-state.tsx';
import type { CommandAnswer, Given } from '../browser/link/messages.ts';
import { newId } from '../browser/new-id.ts';
import { fieldsOf, madeBy } from './fields.ts';

type Data = Readonly<Record<string, unknown>>;

/** A command that was given here, and what became of it; null while the room has not answered. */
export interface Spoken {
  readonly given: Given;
  readonly answer: CommandAnswer | null;
}

/** What may go with a command: the reason of whoever goes past a refusal, and when it happened. */
type More = Pick<Given, 'override' | 'at'>;

interface Giving {
  /** Gives a command; resolves with the id of what it makes, or null where it was refused or makes nothing. */
  readonly give: (type: string, data: Data, more?: More) => Promise<string | null>;
  /** Begins a line on the command line, and goes there. */
  readonly begin: (line: string) => void;
  /** Puts an answer away that was read. */
  readonly put: (id: string) => void;
}

/** The line of the command line; apart, so that a key that is pressed in it draws nothing else anew. */
interface Line {
  readonly line: string;
  readonly setLine: (line: string) => void;
  readonly takeLine: (input: HTMLInputElement | null) => void;
}

/** Of what was done so many are remembered; of refusals, and of what is not answered, every one. */
const doneMost = 20;

function withOne(before: readonly Spoken[], one: Spoken): readonly Spoken[] {
  let done = 0;
  return [one, ...before].filter(({ answer }) => answer?.outcome !== 'done' || (done += 1) <= doneMost);
}

const LineContext = createContext<Line | null>(null);
const SpokenContext = createContext<readonly Spoken[]>([]);
const GivingContext = createContext<Giving | null>(null);

/** Gives commands and remembers what became of them. */
export function GivingProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { link } = useDesk();
  const [spoken, setSpoken] = useState<readonly Spoken[]>([]);
  const [line, setLine] = useState('');
  const input = useRef<HTMLInputElement | null>(null);
  const give = useCallback(
    async (type: string, data: Data, more: More = {}): Promise<string | null> => {
      const made = madeBy(type);
      const named = made === null || data[made] !== undefined ? data : { ...data, [made]: newId(made) };
      const given: Given = { id: crypto.randomUUID(), type, data: named, ...more };
      setSpoken((before) => withOne(before, { given, answer: null }));
      const answer = await link.give(given);
      setSpoken((before) => before.map((one) => (one.given.id === given.id ? { given, answer } : one)));
      const own = made === null ? null : named[made];
      return answer.outcome === 'done' && typeof own === 'string' ? own : null;
    },
    [link],
  );
  // What was given before the page was loaded anew is answered here too: a refusal is never lost.
  useEffect(() => link.strays((given, answer) => setSpoken((before) => withOne(before, { given, answer }))), [link]);
  const giving = useMemo(
    (): Giving => ({
      give,
      begin: (next) => {
        setLine(next);
        input.current?.focus();
      },
      put: (id) => setSpoken((before) => before.filter((one) => one.given.id !== id)),
    }),
    [give],
  );
  const takeLine = useCallback((element: HTMLInputElement | null): void => {
    input.current = element;
  }, []);
  const written = useMemo((): Line => ({ line, setLine, takeLine }), [line, takeLine]);
  return (
    <GivingContext value={giving}>
      <SpokenContext value={spoken}>
        <LineContext value={written}>{children}</LineContext>
      </SpokenContext>
    </GivingContext>
  );
}

/** The way to give commands here. */
export function useGiving(): Giving {
  const giving = useContext(GivingContext);
  if (giving === null) throw new Error('Nothing can be given here.');
  return giving;
}

/** What was given last, newest first. */
export function useSpoken(): readonly Spoken[] {
  return useContext(SpokenContext);
}

/** The command line's line. */
export function useLine(): Line {
  const line = useContext(LineContext);
  if (line === null) throw new Error('There is no command line here.');
  return line;
}

/** The beginning of a line for a command of which this much is known. */
export function lineFor(type: string, known: Data): string {
  const said = fieldsOf(type)
    .filter(({ name }) => known[name] !== undefined)
    .map(({ name }) => `${name}=${String(known[name])}`);
  return [type, ...said, ''].join(' ');
}
