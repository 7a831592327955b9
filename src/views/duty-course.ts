import { formatLocal } from '../room/british-time.ts';
import type { StoredEvent } from '../room/define.ts';
import { whySchema } from '../room/duty.ts';
import { put } from './plain-words.ts';
import type { Seen } from './told.ts';
import { say } from './words.ts';

/** One duty from its opening to its end, as the log tells it. */
export interface DutyCourse {
  readonly duty: string;
  readonly seq: number;
  readonly label: string;
  /** Line by line: why, whom it spoke to, whom it climbed to, and what met it or that nothing did. */
  readonly course: string;
}

const types: ReadonlySet<string> = new Set([
  'DutyOpened',
  'DutyRaised',
  'DutyJoined',
  'DutyFellDue',
  'RungReached',
  'DutyMet',
  'DutyMoved',
]);

/** Whether an event is of the course of a duty. */
export function isOfDuty({ type }: StoredEvent): boolean {
  return types.has(type);
}

interface Course {
  readonly opened: StoredEvent | null;
  readonly seq: number;
  readonly lines: string[];
  isMet: boolean;
}

/** Every duty that these events tell of, in the order in which they were opened, with what became of each. */
export function dutyCourses(events: readonly StoredEvent[], seen: Seen): readonly DutyCourse[] {
  const byDuty = new Map<string, Course>();
  const bySeq = new Map(events.map((one) => [one.seq, one]));
  for (const event of events) {
    const duty = event.ids['duty'];
    if (!types.has(event.type) || duty === undefined) continue;
    const opened = event.type === 'DutyOpened' ? event : null;
    const course = byDuty.get(duty) ?? { opened, seq: event.seq, lines: [], isMet: false };
    byDuty.set(duty, course);
    course.lines.push(lineOf(event, { seen, bySeq, safeguard: safeguardOf(course.opened) }));
    if (event.type === 'DutyMet') course.isMet = true;
  }
  return [...byDuty].map(([duty, { opened, seq, lines, isMet }]) => ({
    duty,
    seq,
    label: `Duty ${duty} · ${safeguardOf(opened).replaceAll('-', ' ') || 'opened elsewhere'}`,
    course: [...lines, ...(isMet ? [] : ['Not met when this was made.'])].join('\n'),
  }));
}

function safeguardOf(opened: StoredEvent | null): string {
  return (opened?.body as { readonly safeguard?: string } | null | undefined)?.safeguard ?? '';
}

interface Telling {
  readonly seen: Seen;
  readonly bySeq: ReadonlyMap<number, StoredEvent>;
  readonly safeguard: string;
}

function lineOf(event: StoredEvent, { seen, bySeq, safeguard }: Telling): string {
  const body = (event.body ?? {}) as Readonly<Record<string, unknown>>;
  const when = formatLocal(event.recordedAt);
  const why = whySchema.safeParse(body['why']);
  const says = why.success ? say(seen.words, safeguard, why.data) : '';
  const late = body['late'] === true ? ', late' : '';
  switch (event.type) {
    case 'DutyOpened':
      return `${when} opened for ${ownerOf(body['owner'])}, due ${instantOf(body['dueAt'])}: ${says}`;
    case 'DutyRaised':
      return `${when} spoke as ${String(body['level'])}${late}`;
    case 'DutyJoined':
      return `${when} another reason, due ${instantOf(body['dueAt'])}: ${says}`;
    case 'DutyFellDue':
      return `${when} fell due unmet${late}`;
    case 'RungReached': {
      const staff =
        Array.isArray(body['staff']) && body['staff'].length > 0 ? body['staff'].join(', ') : 'nobody there';
      return `${when} climbed to ${String(body['to'])}, told ${String(body['told'])} (${staff})${late}`;
    }
    case 'DutyMoved':
      return `${when} moved to ${ownerOf(body['owner'])} by ${event.actor.id}`;
    default: {
      const by = bySeq.get(Number(body['by']));
      const how = by === undefined ? `event ${String(body['by'])}` : `event ${by.seq}, ${put(by.type, 'order')}`;
      return `${when} met by ${how}`;
    }
  }
}

function ownerOf(owner: unknown): string {
  const { staff, role } = (owner ?? {}) as { readonly staff?: string; readonly role?: string };
  return staff ?? role ?? 'nobody';
}

function instantOf(at: unknown): string {
  return typeof at === 'number' ? formatLocal(at) : 'at no time';
}
