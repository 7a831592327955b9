import type { Reading } from '../room/define.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';

/** The events that carry what somebody said or wrote, with what was read in it. */
export const textEvents = [
  'StatementRecorded',
  'RelayRecorded',
  'CallbackRecorded',
  'EntryAdded',
  'EntryCorrected',
] as const;

/** An event that carries what somebody said or wrote. */
export type TextEvent = EventBy<(typeof textEvents)[number]>;

/** Whether the event carries what somebody said or wrote. */
export function isText(event: AnyEvent): event is TextEvent {
  return textEvents.some((type) => type === event.type);
}

/** Whether danger was read as told: neither denied nor past. */
export function isToldDanger(one: Pick<Reading, 'reads' | 'standing'>): boolean {
  return one.reads === 'danger' && one.standing === 'told';
}

/** Whether any of it tells of danger, neither denied nor past. */
export function tellsDanger(readings: readonly Reading[]): boolean {
  return readings.some(isToldDanger);
}
