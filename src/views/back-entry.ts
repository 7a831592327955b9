import type { ClockTime } from '../room/british-time.ts';
import { britishClockAt, isRealClockTime, readBritishClock } from '../room/british-time.ts';
import type { Room } from '../room/room.ts';
import { momentText } from './time-text.ts';

/** A time as it stands on paper, read; or why it cannot be. */
export type PaperTime = { readonly at: number } | { readonly says: string };

const form = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2})[:.]?(\d{2})(?:[:.](\d{2}))?(?:\s*(BST|GMT))?$/i;
const dayMs = 24 * 60 * 60_000;
const help = 'Write the time as 21:30, or with its day as 2026-02-03 21:30.';

/** Reads a time on British clocks as people write it; without a day it is the last time that clocks stood so. */
export function paperTime(text: string, now: number): PaperTime {
  const found = form.exec(text.trim());
  if (found === null) return { says: help };
  const [, year, month, day, hour = '', minute = '', second = '0', zone = ''] = found;
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second), millisecond: 0 };
  if (year !== undefined) return instant({ year: Number(year), month: Number(month), day: Number(day), ...time }, zone);
  const today = instant({ ...britishClockAt(now), ...time }, zone);
  if ('says' in today || today.at <= now) return today;
  return instant({ ...britishClockAt(now - dayMs), ...time }, zone);
}

function instant(clock: ClockTime, zone: string): PaperTime {
  if (!isRealClockTime(clock)) return { says: `There is no such time. ${help}` };
  const read = readBritishClock(clock);
  switch (read.kind) {
    case 'once':
      return { at: read.instant };
    case 'repeated':
      if (zone === '') return { says: 'That hour came twice: write BST or GMT behind it.' };
      return { at: zone.toUpperCase() === 'BST' ? read.bst : read.gmt };
    case 'missing':
      return { says: 'Clocks never stood so: that hour was left out in spring.' };
  }
}

/** One line of paper as it is about to be entered. */
export interface PaperLine {
  readonly at: number;
  readonly incident: string;
  readonly unit: string;
  /** The time of the line above it on the same sheet; null: it is the first. */
  readonly after: number | null;
}

/** What the room holds that the time of a line contradicts: hints, for paper may be right and the room wrong. */
export function paperDoubts(room: Room, line: PaperLine, now: number): readonly string[] {
  const { at, incident: id, unit, after } = line;
  const incident = room.incidents.get(id);
  const said: string[] = [];
  if (at > now) said.push(`It is later than now, ${momentText(now)}: the room refuses what has not happened yet.`);
  if (now - at > dayMs) said.push('It is more than a day ago.');
  if (after !== null && at < after) said.push(`The line above it happened later, ${momentText(after)}.`);
  if (id !== '' && incident === undefined) said.push(`There is no incident ${id} here, or none that you may see.`);
  if (incident !== undefined && at < incident.receivedAt)
    said.push(`The incident was first received later, ${momentText(incident.receivedAt)}.`);
  if (incident?.closed != null && at > incident.closed.at)
    said.push(`The incident had been closed before, ${momentText(incident.closed.at)}.`);
  if (unit !== '') said.push(...unitDoubts(room, line));
  return said;
}

function unitDoubts(room: Room, { at, incident, unit }: PaperLine): readonly string[] {
  if (!room.units.has(unit)) return [`There is no unit ${unit} here.`];
  const own = [...room.deployments.values()].filter((one) => one.unit === unit);
  const then = own.filter((one) => one.assignedAt <= at && (one.endedAt === null || one.endedAt >= at));
  if (incident === '' || then.some((one) => one.incident === incident)) return [];
  const [elsewhere] = then;
  if (elsewhere !== undefined) return [`${unit} was on its way to or at ${elsewhere.incident} then.`];
  const here = own.filter((one) => one.incident === incident).toSorted((a, b) => a.assignedAt - b.assignedAt)[0];
  if (here === undefined) return [`Nothing on record says that ${unit} was sent there.`];
  const until = here.endedAt === null ? '' : `, until ${momentText(here.endedAt)}`;
  return [`${unit} was sent there ${momentText(here.assignedAt)}${until}.`];
}

/** The words of a line as the log has them: who said them and by which unit, as it stands on paper. */
export function paperWords({
  who,
  unit,
  words,
}: {
  readonly who: string;
  readonly unit: string;
  readonly words: string;
}): string {
  const by = [unit, who].filter((one) => one !== '').join(', ');
  return by === '' ? words : `${by}: ${words}`;
}
