import { recordOf } from '../linkage/entities.ts';
import type { PersonRecord } from '../linkage/features.ts';
import { ownShelf } from './own-history.ts';
import { recordOf as sourceRecordOf } from './record-rows.ts';
import type { Asks, RecordColumns } from './record-rows.ts';
import type { SourceRecord } from './source.ts';

/** Records read in one statement. */
const readAtOnce = 2_000;

/** A person of the room as one record of its own history tells of them. */
export interface PersonTold {
  readonly subject: string;
  readonly kind: SourceRecord['kind'];
  readonly record: string;
  readonly when: number;
  readonly person: PersonRecord;
}

/** What one statement found: the people, and how many records are kept from whoever is not let in to them. */
export interface PeopleRead {
  readonly people: readonly PersonTold[];
  readonly restricted: number;
}

interface Columns extends RecordColumns {
  readonly is_restricted: boolean;
}

/** A record is restricted where it is, or where anybody or anything that it names is. */
const pageText = `
select r.kind, r.record, r.happened_at, r.subjects, r.names, r.signs, r.says, r.channels, false as is_cut,
  exists (select from heed.restriction x
    where x.room = r.room and (x.thing = r.record or x.thing = any (r.subjects))) as is_restricted
from heed.record r
where r.room = $1 and r.source = $2 and (r.kind, r.record) > ($3, $4)
order by r.kind, r.record limit ${readAtOnce}`;

/** Everybody whom the own history of a room names, record by record; of what is restricted and erased, nobody. */
export async function* ownPeople(asks: Asks, room: string): AsyncGenerator<PeopleRead> {
  const shelf = ownShelf(room);
  let [kind, record] = ['', ''];
  for (;;) {
    const { rows } = await asks.query<Columns>(pageText, [shelf.room, shelf.source, kind, record]);
    const last = rows.at(-1);
    if (last === undefined) return;
    [kind, record] = [last.kind, last.record];
    const open = rows.filter((row) => !row.is_restricted);
    yield { people: open.map(sourceRecordOf).flatMap(peopleIn), restricted: rows.length - open.length };
  }
}

/** Everybody whom a record names and whom the room knows by an id, with what stands beside them there. */
function peopleIn({ id: record, kind, when, names, subjects }: SourceRecord): readonly PersonTold[] {
  return names.flatMap((identity, at) => {
    const subject = subjects[at];
    if (identity.kind !== 'person' || subject === undefined) return [];
    const beside = names.filter((one) => one !== identity && one.kind !== 'person');
    return [{ subject, kind, record, when, person: recordOf({ identity, beside }) }];
  });
}
