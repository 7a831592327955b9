import type { Asks } from './record-rows.ts';
import { keepStatement, recordOf } from './record-rows.ts';
import type { KeptRecord, RecordColumns } from './record-rows.ts';
import type { Shelf } from './source.ts';

/** Records whose keys are made anew in one statement. */
const rekeyedAtOnce = 500;

const unkeyedText = `
select room, source, kind, record, happened_at, seq, incident, subjects, names, signs, says, channels, false as is_cut
from heed.record where not is_keyed order by number limit ${rekeyedAtOnce}`;

interface UnkeyedColumns extends RecordColumns, Shelf {
  readonly seq: number;
  readonly incident: string | null;
}

/** Makes anew the keys of every record that a migration left without; `told` how many after each batch. */
export async function rekeyRecords(asks: Asks, told: (count: number) => void = () => undefined): Promise<number> {
  for (let count = 0; ; told(count)) {
    const { rows } = await asks.query<UnkeyedColumns>(unkeyedText);
    if (rows.length === 0) return count;
    const shelves = new Map<string, { readonly shelf: Shelf; readonly kept: KeptRecord[] }>();
    for (const row of rows) {
      const { room, source, seq, incident } = row;
      const place = JSON.stringify([room, source]);
      const held = shelves.get(place) ?? { shelf: { room, source }, kept: [] };
      held.kept.push({ record: recordOf(row), incident, seq });
      shelves.set(place, held);
    }
    for (const { shelf, kept } of shelves.values()) {
      const { text, values } = keepStatement(shelf, kept, true);
      await asks.query(text, [...values]);
    }
    count += rows.length;
  }
}
