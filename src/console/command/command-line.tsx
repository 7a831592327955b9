import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useDesk, usePlace, usePositions, useRoom } from '../desk-state.tsx';
import { commonOf } from '../desks/desks.ts';
import { echoOf } from './echo.ts';
import { spokenField } from './fields.ts';
import { useGiving, useLine } from './giving.tsx';
import { heldBy } from './held.ts';
import type { Completion, Draft } from './line.ts';
import { readLine } from './line.ts';

const recalledMost = 50;

/** Lines that were given from this window, newest first. */
function recalled(): readonly string[] {
  return JSON.parse(sessionStorage.getItem('heed-lines') ?? '[]') as string[];
}

function remember(line: string): void {
  const lines = [line, ...recalled().filter((one) => one !== line)].slice(0, recalledMost);
  sessionStorage.setItem('heed-lines', JSON.stringify(lines));
}

/** The command line: what it will do stands under it in words while it is typed, and Enter does it. */
export function CommandLine(): ReactNode {
  const { room } = useRoom();
  const { person } = useDesk();
  const [place] = usePlace();
  const { give } = useGiving();
  const { line, setLine, takeLine } = useLine();
  const [chosen, setChosen] = useState(-1);
  const [isOpen, setIsOpen] = useState(false);
  const [back, setBack] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const from = useRef<HTMLElement>(null);
  useEffect(() => takeLine(input.current), [takeLine]);
  useCommandKey(input);
  const held = useMemo(() => heldBy(room, place, person), [room, place, person]);
  const positions = usePositions();
  const draft = useMemo(
    () => readLine(line, { room, held, common: commonOf(place.desk), positions }),
    [line, room, held, place.desk, positions],
  );
  const offered = isOpen ? draft.completions : [];
  const change = (next: string): void => {
    setLine(next);
    setChosen(-1);
    setIsOpen(true);
  };
  const recall = (step: number): void => {
    const lines = recalled();
    const next = Math.max(-1, Math.min(lines.length - 1, back + step));
    setBack(next);
    setLine(next === -1 ? '' : (lines[next] ?? ''));
    setIsOpen(false);
  };
  const send = (): void => {
    const completion = offered[chosen];
    if (completion !== undefined) return change(completion.line);
    if (!isReady(draft)) return;
    remember(line);
    setBack(-1);
    setLine('');
    setIsOpen(false);
    void give(draft.type ?? '', draft.data);
  };
  const goBack = (): void => {
    if (from.current?.isConnected === true) from.current.focus();
    else input.current?.blur();
  };
  const pressed = (event: KeyboardEvent): void => {
    const [first] = offered;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') send();
    else if (event.key === 'Tab' && !event.shiftKey && first !== undefined && line !== '')
      change((offered[chosen] ?? first).line);
    else if (event.key === 'ArrowDown' && offered.length > 0 && back === -1) setChosen((chosen + 1) % offered.length);
    else if (event.key === 'ArrowUp' && chosen >= 0) setChosen(chosen - 1);
    else if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else if (event.key === 'Escape' && offered.length > 0) setIsOpen(false);
    else if (event.key === 'Escape' && line === '') goBack();
    else if (event.key === 'Escape') change('');
    else return;
    event.preventDefault();
  };
  return (
    <div className="command">
      <input
        ref={input}
        value={line}
        onChange={(event) => change(event.target.value)}
        onKeyDown={pressed}
        onBlur={() => setIsOpen(false)}
        onFocus={({ relatedTarget }) => {
          if (relatedTarget instanceof HTMLElement) from.current = relatedTarget;
          setIsOpen(line !== '');
        }}
        role="combobox"
        aria-label="Command line"
        aria-expanded={offered.length > 0}
        aria-controls="completions"
        aria-activedescendant={chosen >= 0 ? `completion-${chosen}` : undefined}
        aria-describedby="echo"
        placeholder="Press / for a command, ? for help"
        autoComplete="off"
        spellCheck={false}
      />
      <EchoOf draft={draft} line={line} />
      <Completions offered={offered} chosen={chosen} take={change} />
    </div>
  );
}

function isReady({ type, missing, faults }: Draft): boolean {
  return type !== null && missing.length === 0 && faults.length === 0;
}

/** `/` and F2 lead to the command line from anywhere; `/` only where nothing is being typed. */
function useCommandKey(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key !== 'F2' && (event.key !== '/' || isTyping)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [input]);
}

function Completions(props: {
  readonly offered: readonly Completion[];
  readonly chosen: number;
  readonly take: (line: string) => void;
}): ReactNode {
  const { offered, chosen, take } = props;
  return (
    <ul id="completions" role="listbox" aria-label="Completions" hidden={offered.length === 0}>
      {offered.map((one, place) => (
        <li
          key={`${one.value} ${one.says}`}
          id={`completion-${place}`}
          role="option"
          aria-selected={place === chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            take(one.line);
          }}
        >
          <b>{one.value}</b> <span>{one.says}</span>
        </li>
      ))}
    </ul>
  );
}

/** What Enter would do, in words; what is missing, and what does not fit. */
function EchoOf({ draft, line }: { readonly draft: Draft; readonly line: string }): ReactNode {
  const { room } = useRoom();
  const { type, data, missing, faults } = draft;
  const echo = useMemo(() => (type === null ? null : echoOf(room, type, data)), [room, type, data]);
  return (
    <div id="echo" className={echo?.isGrave === true ? 'echo grave' : 'echo'} aria-live="polite">
      {line === '' || echo === null ? null : <span>{echo.says}</span>}
      {line === '' || echo === null ? null : echo.leaves.map((one) => <strong key={one}>{one}</strong>)}
      {missing.length === 0 || line === '' ? null : (
        <span className="soft">Needs {missing.map((one) => spokenField(one.name)).join(', ')}.</span>
      )}
      {faults.map((one) => (
        <span key={one} className="fault">
          {one}
        </span>
      ))}
    </div>
  );
}
