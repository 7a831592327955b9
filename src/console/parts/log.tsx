import { memo, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Danger } from '../../room/danger.ts';
import type { LogEntry } from '../../room/incident.ts';
import { useDesk, useRoom } from '../desk-state.tsx';
import { keep } from '../browser/keep.ts';
import { spanText } from '../../views/time-text.ts';
import { Time } from './time.tsx';

/** Two clocks that are further apart than this are both shown. */
const apartMs = 60_000;

interface LogProps {
  readonly incident: string;
  readonly log: readonly LogEntry[];
  readonly dangers: readonly Danger[];
}

/**
 * How many entries this person had seen on this machine when they came; from now on they have seen them all. Entries
 * are only ever added at the end, also those of a contact that is joined later, whatever their number in the log.
 */
function useSeen(key: string, entries: number): number {
  const { isPast } = useRoom();
  const [before] = useState(() => Number(localStorage.getItem(key) ?? 0));
  useEffect(() => {
    if (!isPast) keep(key, String(Math.max(entries, before)));
  }, [key, entries, before, isPast]);
  return isPast || before === 0 ? entries : before;
}

/** The log of an incident: words of danger stand out, corrections keep both wordings, and what is new is said to be. */
export function Log({ incident, log, dangers }: LogProps): ReactNode {
  const { person } = useDesk();
  const seen = useSeen(`heed-seen ${person} ${incident}`, log.length);
  const corrected = new Set(log.map((one) => one.corrects));
  const quotes = useMemo(() => quotesOf(dangers), [dangers]);
  return (
    <ol className="log" aria-label="Log">
      {log.map((one, place) => (
        <Entry
          key={one.seq}
          one={one}
          isNew={place >= seen}
          isCorrected={corrected.has(one.seq)}
          quotes={quotes.get(one.seq)}
        />
      ))}
    </ol>
  );
}

/** The words that told of danger, by the entry in which they stand. */
function quotesOf(dangers: readonly Danger[]): ReadonlyMap<number, readonly string[]> {
  const quotes = new Map<number, readonly string[]>();
  for (const { seq, quote } of dangers) quotes.set(seq, [...(quotes.get(seq) ?? []), quote]);
  return quotes;
}

interface EntryProps {
  readonly one: LogEntry;
  readonly isNew: boolean;
  readonly isCorrected: boolean;
  readonly quotes: readonly string[] | undefined;
}

/** One entry; drawn anew only where it changed, for a long log is looked at while the room lives. */
const Entry = memo(function Entry({ one, isNew, isCorrected, quotes }: EntryProps): ReactNode {
  return (
    <li className={isNew ? 'new' : undefined}>
      <Time at={one.at} /> <Recorded at={one.at} recordedAt={one.recordedAt} />
      <span className="soft">
        {one.by}, {one.source}
      </span>
      {isNew ? <b className="new-mark"> new</b> : null}
      {one.corrects === null ? null : <b> corrects an entry before</b>}
      <p>{isCorrected ? <del>{one.text}</del> : <Marked text={one.text} quotes={quotes ?? []} />}</p>
    </li>
  );
});

/** When it was recorded, where that was not when it happened: paper, a radio that came late, a console cut off. */
function Recorded({ at, recordedAt }: { readonly at: number; readonly recordedAt: number }): ReactNode {
  if (recordedAt - at <= apartMs) return null;
  return (
    <span className="late-entry">
      recorded <Time at={recordedAt} />, {spanText(recordedAt - at)} later ·{' '}
    </span>
  );
}

/** A text with the words that tell of danger marked; as text, whatever stands in it. */
function Marked({ text, quotes }: { readonly text: string; readonly quotes: readonly string[] }): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const quote of quotes) {
    const found = quote === '' ? -1 : text.indexOf(quote, at);
    if (found < 0) continue;
    parts.push(text.slice(at, found), <mark key={found}>{quote}</mark>);
    at = found + quote.length;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
