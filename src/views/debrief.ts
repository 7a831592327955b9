import type { StoredEvent } from '../room/define.ts';
import type { Owner } from '../room/duty.ts';
import type { EventBy, EventType } from '../room/vocabulary.ts';
import type { Words } from './words.ts';
import { sayOnScreen } from './words.ts';

/** Whose debrief it is, and up to when. */
export interface Debriefed {
  readonly staff: string;
  readonly role: string;
  readonly endedAt: number;
  readonly words: Words;
}

/** Something that Heed demanded of them. */
export interface DebriefDuty {
  readonly duty: string;
  readonly safeguard: string;
  readonly level: 'prompt' | 'alarm';
  readonly says: string;
  /** When it first stood on their screen, and by when it was to be met. */
  readonly shownAt: number;
  readonly dueAt: number;
  readonly metAt: number | null;
  /** Who did what met it; null while nobody did. */
  readonly metBy: string | null;
  readonly end: 'in time' | 'late' | 'missed' | 'still open';
  /** It was another’s, who did not do it: that is why it reached them. */
  readonly climbed: boolean;
}

/** Something that they did. */
export interface DebriefAct {
  readonly at: number;
  /** What it came to, as the log has it. */
  readonly did: readonly string[];
  /** The command and the safeguards, where it was refused. */
  readonly refused: { readonly command: string; readonly safeguards: readonly string[]; readonly says: string } | null;
}

/** What somebody was shown and did, in the order in which it was. */
export interface Debrief {
  readonly duties: readonly DebriefDuty[];
  readonly acts: readonly DebriefAct[];
}

type Of<T extends EventType> = EventBy<T>;

function isOf<T extends EventType>(event: StoredEvent, type: T): event is StoredEvent & Of<T> {
  return event.type === type && event.body !== null;
}

/** What a person was shown and did in a room, from its log. */
export function debriefOf(events: readonly StoredEvent[], whom: Debriefed): Debrief {
  return { duties: dutiesOf(events, whom), acts: actsOf(events, whom) };
}

function dutiesOf(events: readonly StoredEvent[], whom: Debriefed): readonly DebriefDuty[] {
  const histories = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const { duty } = event.ids;
    if (duty === undefined) continue;
    const held = histories.get(duty);
    if (held === undefined) histories.set(duty, [event]);
    else held.push(event);
  }
  return [...histories]
    .flatMap(([duty, history]) => dutyOf({ duty, history, events }, whom) ?? [])
    .toSorted((a, b) => a.shownAt - b.shownAt);
}

interface Told {
  readonly duty: string;
  readonly history: readonly StoredEvent[];
  readonly events: readonly StoredEvent[];
}

function dutyOf({ duty, history, events }: Told, whom: Debriefed): DebriefDuty | null {
  const opened = history.find((one) => isOf(one, 'DutyOpened'));
  const shown = shownTo(history, whom);
  if (opened === undefined || shown === null) return null;
  const joined = history.findLast((one) => isOf(one, 'DutyJoined'));
  const { dueAt, why } = joined?.body ?? opened.body;
  const met = history.find((one) => isOf(one, 'DutyMet'));
  const by = met === undefined ? undefined : events.find((one) => one.seq === met.body.by);
  const isAlarm = history.some((one) => isOf(one, 'DutyRaised') && one.body.level === 'alarm');
  const metAt = met?.at ?? null;
  return {
    duty,
    safeguard: opened.body.safeguard,
    level: isAlarm ? 'alarm' : 'prompt',
    says: sayOnScreen(whom.words, opened.body.safeguard, why),
    ...shown,
    dueAt,
    metAt,
    metBy: by?.actor.id ?? null,
    end: metAt === null ? (dueAt < whom.endedAt ? 'missed' : 'still open') : metAt > dueAt ? 'late' : 'in time',
  };
}

/** When a duty first spoke to them: as theirs, or because it climbed to them; null where it never did. */
function shownTo(
  history: readonly StoredEvent[],
  { staff, role }: Debriefed,
): Pick<DebriefDuty, 'shownAt' | 'climbed'> | null {
  let isTheirs = false;
  for (const one of history) {
    if (isOf(one, 'DutyOpened') || isOf(one, 'DutyMoved')) isTheirs = isOwner(one.body.owner, staff, role);
    if (isOf(one, 'DutyRaised') && isTheirs) return { shownAt: one.at, climbed: false };
    if (isOf(one, 'RungReached') && one.body.staff.includes(staff)) return { shownAt: one.at, climbed: !isTheirs };
  }
  return null;
}

function isOwner(owner: Owner, staff: string, role: string): boolean {
  return 'staff' in owner ? owner.staff === staff : owner.role === role;
}

function actsOf(events: readonly StoredEvent[], { staff, words }: Debriefed): readonly DebriefAct[] {
  const commands = new Map<string, StoredEvent[]>();
  for (const event of events) {
    if (event.actor.kind !== 'staff' || event.actor.id !== staff || event.cause !== null) continue;
    const held = commands.get(event.command);
    if (held === undefined) commands.set(event.command, [event]);
    else held.push(event);
  }
  return [...commands.values()].map((all) => {
    const refusal = all.find((one) => isOf(one, 'CommandRefused'));
    const gates = refusal?.body.gates ?? [];
    return {
      at: all[0]?.at ?? 0,
      did: all.filter((one) => one.type !== 'CommandRefused').map((one) => one.type),
      refused:
        refusal === undefined
          ? null
          : {
              command: refusal.body.command,
              safeguards: gates.map((one) => one.safeguard),
              says: gates.map((one) => sayOnScreen(words, one.safeguard, one.why)).join(' '),
            },
    };
  });
}
