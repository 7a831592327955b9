import { britishClockAt, formatLocal } from '../room/british-time.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day of an instant as Britain writes it: `3 Apr 2026`. */
export function dayText(at: number): string {
  const { year, month, day } = britishClockAt(at);
  return `${day} ${months[month - 1]} ${year}`;
}

/** The time of day on British clocks, and which of the two where it came twice: `01:30:00 BST`. */
export function clockText(at: number): string {
  return formatLocal(at).slice(11);
}

/** Day and time of an instant on British clocks. */
export function momentText(at: number): string {
  return `${dayText(at)} ${clockText(at)}`;
}

/** A span as people say it at a glance: `4 min`, `2 h 5 min`, `3 days`. */
export function spanText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return `${Math.floor(Math.abs(ms) / 1_000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
