import { memorySource } from '../sources/memory.ts';
import type { Answer, Question, SourceRecord } from '../sources/source.ts';
import type { RecordChange } from '../sources/records.ts';

/** The earlier rows of the export as the room's own history, kept as far back as the mapping says. */
export interface History {
  readonly ask: (question: Question) => Answer;
  readonly change: (change: RecordChange) => void;
  /** Lets go of everything that happened before an instant. */
  readonly forgetBefore: (instant: number) => void;
  readonly records: () => Iterable<SourceRecord>;
}

/** A history that begins with these records, the oldest first. */
export function historyOf(id: string, records: Iterable<SourceRecord> = []): History {
  const held = new Map<string, SourceRecord>();
  const source = memorySource({ id, records: [] });
  const keep = (record: SourceRecord): void => {
    const place = `${record.kind} ${record.id}`;
    held.delete(place);
    held.set(place, record);
    source.remember(record);
  };
  for (const record of records) keep(record);
  return {
    ask: (question) => source.ask(question),
    change: (change) => {
      if (change.kind === 'kept') keep(change.record);
      else if (held.delete(`${change.record.kind} ${change.record.id}`)) source.forget(change.record);
    },
    forgetBefore: (instant) => {
      // A record that was told more of stands behind younger ones: it leaves when they do.
      for (const [place, record] of held) {
        if (record.when >= instant) break;
        held.delete(place);
        source.forget(record);
      }
    },
    records: () => held.values(),
  };
}
