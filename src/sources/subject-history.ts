import { courseOf, neighbourhoodOf } from '../linkage/course.ts';
import type { Course, Neighbourhood, Recorded } from '../linkage/course.ts';
import { entitiesOf } from '../linkage/entities.ts';
import type { Attribute, Decided, Entities, Entity, Mention, Tie } from '../linkage/entities.ts';
import type { Model } from '../linkage/model.ts';
import type { LinkDecision } from '../room/link.ts';
import type { Room } from '../room/room.ts';
import { nameOf } from '../room/subject.ts';
import type { Identity, Subject } from '../room/subject.ts';
import { byCodeUnit, recordHits } from './hits.ts';
import type { Candidates } from './hits.ts';
import type { Question, SourceRecord } from './source.ts';

/** Identities under which one subject is asked about, at most, and how often what was found is asked about again. */
const askedMax = 12;
const roundsMax = 2;
/** Mentions that are compared with each other, at most: beyond that the newest count. */
const mentionsMax = 600;

/** Reads what shares a key with a question. */
export type Near = (question: Question) => Promise<Candidates>;

/** What was read of somebody's past, and whether there was more than was compared. */
export interface Gathered {
  readonly records: readonly SourceRecord[];
  readonly isCut: boolean;
}

/**
 * Everything on record of whoever a subject may be: what matches surely is asked about again under the names by which
 * it was found, so that one spelling leads to the next. `same` are whom the room takes for the same one: they are asked
 * about as themselves, however little their names are alike.
 */
export async function gatherHistory(near: Near, asked: Question, same: readonly Subject[] = []): Promise<Gathered> {
  const found = new Map<string, SourceRecord>();
  const done = new Set<string>();
  let isCut = false;
  let questions = [asked, ...same.map(({ id, identity }) => ({ ...asked, subject: id, identity }))].slice(0, askedMax);
  for (let round = 0; round <= roundsMax && questions.length > 0; round += 1) {
    const next: Identity[] = [];
    for (const one of questions) {
      done.add(JSON.stringify(one.identity));
      const question = { ...one, apartFrom: [] };
      const candidates = await near(question);
      isCut ||= candidates.isCut;
      for (const { record, match, matched } of recordHits(question, candidates.records)) {
        if (match.strength === 'weak') continue;
        found.set(`${record.kind} ${record.id}`, record);
        const identity = record.names[record.subjects.indexOf(matched ?? question.subject)];
        if (identity !== undefined && identity.kind === asked.identity.kind) next.push(identity);
      }
    }
    questions = [...new Map(next.map((one) => [JSON.stringify(one), one]))]
      .filter(([key]) => !done.has(key))
      .map(([, identity]) => ({ ...asked, identity }))
      .slice(0, Math.max(0, askedMax - done.size));
  }
  const records = [...found.values()].toSorted((a, b) => a.when - b.when || byCodeUnit(a.id, b.id));
  return { records, isCut };
}

/** What one decision on who is the same said, and what became of it. */
export interface Decision extends LinkDecision {
  readonly link: string;
  readonly subject: string;
  readonly other: string;
}

/** Somebody or something that stands near, by the name under which it was last told. */
export interface Named {
  readonly entity: string;
  readonly kind: Identity['kind'];
  readonly says: string;
}

/** The past of a subject, put together from the records that tell of it, with how it was put together. */
export interface SubjectHistory {
  readonly subject: string;
  /** The id by which it was first told. */
  readonly entity: string;
  readonly attributes: readonly Attribute[];
  readonly records: readonly Pick<SourceRecord, 'id' | 'kind' | 'when' | 'signs' | 'says'>[];
  /** Why these mentions are taken to be of one, the surest first. */
  readonly ties: readonly Tie[];
  readonly decisions: readonly Decision[];
  readonly kin: readonly (Named & { readonly probability: number })[];
  readonly course: Course;
  readonly near: Neighbourhood;
  readonly named: readonly Named[];
  /** Ties that were not followed: what stands behind them speaks against it. */
  readonly refusedTies: number;
  /** More was on record than was compared. */
  readonly isCut: boolean;
}

const tiesShown = 50;

/** The past of a subject as these records and the room's decisions make it; `now` ends the counting. */
export function subjectHistory(
  room: Room,
  subject: string,
  { records, isCut, model, now }: Gathered & { readonly model: Model; readonly now: number },
): SubjectHistory | null {
  const identity = room.subjects.get(subject)?.identity;
  if (identity === undefined) return null;
  const own: Mention = {
    id: ownMention(subject),
    at: now,
    source: 'room',
    subject,
    identity,
    beside: besideIn(room, subject),
  };
  const mentions = [...records.flatMap(mentionsOf), own].slice(-mentionsMax);
  const decisions = decisionsOn(room, mentions);
  const entities = entitiesOf(mentions, model, decidedOf(mentions, decisions));
  const entity = entities.of.get(own.id);
  if (entity === undefined) return null;
  const recorded = records.map((record) => recordedOf(record, entities));
  const about = new Set([entity.id]);
  const kin = entities.kin.filter(({ one, other }) => one === entity.id || other === entity.id);
  const relatives = new Map(kin.map((one) => [one.one === entity.id ? one.other : one.one, one.probability]));
  const mine = recorded.filter((one) => one.names.includes(entity.id));
  const ids = new Set(mine.map((one) => `${one.kind} ${one.id}`));
  const near = neighbourhoodOf(recorded, about);
  return {
    subject,
    entity: entity.id === own.id ? subject : entity.id,
    attributes: entity.attributes,
    records: records.filter((one) => ids.has(`${one.kind} ${one.id}`)).map(shownRecord),
    ties: entity.ties.toSorted((a, b) => (b.score ?? Infinity) - (a.score ?? Infinity)).slice(0, tiesShown),
    decisions,
    kin: [...relatives].flatMap(([one, probability]) =>
      namedAs(entities, one).map((name) => ({ ...name, probability })),
    ),
    course: courseOf(recorded, { about, now, kin: new Set(relatives.keys()) }),
    near,
    named: near.near.flatMap((one) => namedAs(entities, one.entity)),
    refusedTies: entities.bridges.length,
    isCut,
  };
}

function ownMention(subject: string): string {
  return `room/${subject}`;
}

/** What stands beside a subject in the room's own contacts and incidents: whose it is there nobody says. */
function besideIn(room: Room, subject: string): readonly Identity[] {
  const keys = room.subjects.get(subject)?.keys ?? [];
  const places = new Set(
    keys
      .flatMap((key) => room.appearances.get(key) ?? [])
      .filter((one) => one.subject === subject)
      .flatMap((one) => [one.contact, one.incident]),
  );
  const others = new Set(
    [...places].flatMap((one) => (room.mentions.get(one ?? '') ?? []).map((held) => held.subject)),
  );
  return [...others].flatMap((one) => {
    const identity = one === subject ? undefined : room.subjects.get(one)?.identity;
    return identity === undefined || identity.kind === 'person' ? [] : [identity];
  });
}

/** One mention for everybody and everything that a record names. */
function mentionsOf(record: SourceRecord): readonly Mention[] {
  return record.names.map((identity, at) => ({
    id: `${record.kind}/${record.id}/${at}`,
    at: record.when,
    source: record.id,
    identity,
    beside: record.names.filter((one) => one !== identity && one.kind !== 'person'),
    subject: record.subjects[at],
  }));
}

function decisionsOn(room: Room, mentions: readonly Mention[]): readonly Decision[] {
  const subjects = new Set(mentions.flatMap((one) => one.subject ?? []));
  const links = new Set([...subjects].flatMap((one) => room.linksOn.get(one) ?? []));
  return [...links].flatMap((id) => {
    const link = room.links.get(id);
    return (link?.same ?? []).flatMap((pair) => (link?.decisions ?? []).map((one) => ({ ...one, ...pair, link: id })));
  });
}

/** What was decided of mentions: by people, as it stands; and that what is recorded of one subject is of one. */
function decidedOf(mentions: readonly Mention[], decisions: readonly Decision[]): readonly Decided[] {
  const of = new Map<string, string[]>();
  for (const one of mentions) {
    const { subject } = one;
    if (subject !== undefined) of.set(subject, [...(of.get(subject) ?? []), one.id]);
  }
  const one = [...of.values()].flatMap(([first = '', ...rest]) =>
    rest.map((other): Decided => ({ one: first, other, verdict: 'same' })),
  );
  const standing = decisions.filter(({ undone }) => undone === null);
  const decided = standing.flatMap(({ subject, other, verdict }): readonly Decided[] => {
    const [mine] = of.get(subject) ?? [];
    const [theirs] = of.get(other) ?? [];
    if (mine === undefined || theirs === undefined) return [];
    return [{ one: mine, other: theirs, verdict: verdict === 'confirmed' ? 'same' : 'apart' }];
  });
  return [...one, ...decided];
}

function recordedOf(record: SourceRecord, entities: Entities): Recorded {
  const names = mentionsOf(record).flatMap((one) => entities.of.get(one.id)?.id ?? []);
  const { id, kind, when, signs, channels = [] } = record;
  return { id, kind, when, signs, channels, names: [...new Set(names)] };
}

function shownRecord({ id, kind, when, signs, says }: SourceRecord): SubjectHistory['records'][number] {
  return { id, kind, when, signs, says };
}

function namedAs(entities: Entities, id: string): readonly Named[] {
  const entity: Entity | undefined = entities.of.get(id);
  const last = entity?.mentions.at(-1);
  return last === undefined ? [] : [{ entity: id, kind: last.identity.kind, says: nameOf(last.identity) }];
}
