import { useEffect, useState } from 'react';
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
  const corrected = new Map(log.filter((one) => one.corrects !== null).map((one) => [one.corrects, one]));
  return (
    <ol className="log" aria-label="Log">
      {log.map((one, place) => (
        <li key={one.seq} className={place >= seen ? 'new' : undefined}>
          <Time at={one.at} /> <Recorded at={one.at} recordedAt={one.recordedAt} />
          <span className="soft">
            {one.by}, {one.source}
          </span>
          {place >= seen ? <b className="new-mark"> new</b> : null}
          {one.corrects === null ? null : <b> corrects an entry before</b>}
          <p>
            {corrected.has(one.seq) ? (
              <del>{one.text}</del>
            ) : (
              <Marked text={one.text} dangers={dangers} seq={one.seq} />
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

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
function Marked({
  text,
  dangers,
  seq,
}: {
  readonly text: string;
  readonly dangers: readonly Danger[];
  readonly seq: number;
}): ReactNode {
  const quotes = dangers.filter((one) => one.seq === seq).map((one) => one.quote);
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
