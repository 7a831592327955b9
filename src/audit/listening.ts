import type { StoredEvent } from '../room/define.ts';
import type { Ears, Opened, Spoken, Watch } from './watch.ts';
import { answered, isAtLeast, keep, spokenDuty, spokenFloor, spokenRefusals } from './watch.ts';

/** Takes down what safeguards say, under the incident that it is about. Local to one audit. */
export interface Listening {
  /** Duties that have not spoken, or that spoke and wait for an answer. */
  readonly duties: Map<string, Opened>;
  readonly watches: Map<number, Watch>;
  /** What was said of no single incident, by safeguard. */
  readonly elsewhere: Map<string, number>;
  /** Notes, by safeguard. */
  readonly notes: Map<string, number>;
  /** The last event that is no step of a duty: what meets a duty comes right before it. */
  last: { readonly seq: number; readonly type: string };
}

/** A listening that has heard nothing. */
export function listening(): Listening {
  return { duties: new Map(), watches: new Map(), elsewhere: new Map(), notes: new Map(), last: { seq: 0, type: '' } };
}

const place = /(?:^|:)[a-z]-(\d+)(?:-\d+)?$/;

/** The incident that an event or a duty is about: every id of the audit begins with its number. */
function watchOf({ watches }: Listening, names: readonly (string | undefined)[]): Watch | null {
  for (const name of names) {
    const number = place.exec(name ?? '')?.[1];
    const watch = number === undefined ? undefined : watches.get(Number(number));
    if (watch !== undefined) return watch;
  }
  return null;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Takes down one event of the room. */
export function hear(listens: Listening, ears: Ears, event: StoredEvent): void {
  const { type, ids } = event;
  if (!type.startsWith('Duty')) listens.last = { seq: event.seq, type };
  switch (type) {
    case 'DutyOpened':
    case 'DutyJoined':
      opened(listens, event);
      break;
    case 'DutyRaised':
      raised(listens, ears, event);
      break;
    case 'DutyMet':
      met(listens, event);
      break;
    case 'NoteAdded':
      count(listens.notes, (event.body as { readonly safeguard: string }).safeguard);
      break;
    case 'FloorSet': {
      const watch = watchOf(listens, [ids['incident']]);
      const spoken = watch === null ? null : spokenFloor(ears, watch, event);
      if (watch === null || spoken === null) break;
      if (spoken.band === 'emergency') watch.danger = true;
      if (spoken.answeredAt === null) keep(watch, watch.spoken, spoken);
      break;
    }
    case 'CommandRefused': {
      const watch = watchOf(listens, [ids['incident'], ids['contact']]);
      if (watch !== null) for (const one of spokenRefusals(ears, watch, event)) keep(watch, watch.spoken, one);
      break;
    }
    case 'GradeSet':
      graded(listens, ears, event);
      break;
    case 'UnitAssigned': {
      const watch = watchOf(listens, [ids['incident']]);
      if (watch === null) break;
      watch.sentAt ??= event.at;
      answered(watch, (one) => one.level === 'floor', { at: event.at, type });
      break;
    }
  }
}

function opened(listens: Listening, { type, ids, body }: StoredEvent): void {
  const duty = ids['duty'] ?? '';
  const said = body as Opened['body'] & { readonly about: string };
  const held = listens.duties.get(duty);
  if (type === 'DutyJoined') {
    if (held !== undefined) listens.duties.set(duty, { ...held, body: { ...said, safeguard: held.body.safeguard } });
    return;
  }
  const watch = watchOf(listens, [ids['incident'], said.about, ids['contact'], ids['deployment']]);
  listens.duties.set(duty, { duty, watch, body: said });
}

function raised(listens: Listening, ears: Ears, event: StoredEvent): void {
  const duty = event.ids['duty'] ?? '';
  const held = listens.duties.get(duty);
  if (held === undefined) return;
  if (held.watch === null) {
    count(listens.elsewhere, held.body.safeguard);
    return;
  }
  const { level } = event.body as { readonly level: 'prompt' | 'alarm' };
  const spoken = spokenDuty(ears, held, { level, at: event.recordedAt });
  keep(held.watch, held.watch.spoken, spoken);
}

function met(listens: Listening, event: StoredEvent): void {
  const duty = event.ids['duty'] ?? '';
  const watch = listens.duties.get(duty)?.watch ?? null;
  listens.duties.delete(duty);
  const { by } = event.body as { readonly by: number };
  const type = by === listens.last.seq ? listens.last.type : '';
  if (watch !== null) answered(watch, (one) => one.duty === duty, { at: event.recordedAt, type });
}

function graded(listens: Listening, ears: Ears, event: StoredEvent): void {
  const watch = watchOf(listens, [event.ids['incident']]);
  if (watch === null) return;
  const { grade } = event.body as { readonly grade: string };
  watch.grade = grade;
  const isReached = (one: Spoken): boolean => one.band !== null && isAtLeast(ears.policy, grade, one.band);
  answered(watch, isReached, { at: event.at, type: 'GradeSet' });
}
