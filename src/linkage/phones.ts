import { phoneKey } from '../room/subject.ts';

/**
 * Ranges that only organisations answer or show: 03, freephone 080, business 084 and 087, premium 09, as the national
 * numbering plan gives them. A police or council switchboard shows one of these for everybody inside it.
 */
const organisations = /^44(?:3|80|84|87|9)/;

/** Numbers that are typed where a form insists on one. */
const placeholders = new Set(['447123456789', '441234567890', '441234567891', '447000000001', '440123456789']);

/** Figures of the longest number there is, country code included (ITU-T E.164). */
const digitsMax = 15;

/** Characters read of a number as it was typed. */
const textMax = 60;

const extension = /[\s,;]*(?:x|ext|extn|extension|#)[\s.:]*\d{1,6}\s*$/i;

/** The number as it is dialled: without extension, and without the zero dialled only inside its country. */
function dialled(text: string): string {
  const own = text.slice(0, textMax).normalize('NFKC').replace(extension, '');
  return /^[^\d+]*(?:\+|00)/.test(own) ? own.replace(/\(\s*0\s*\)/, '') : own;
}

/** The digits of a number with its country code; null if it names nobody: withheld, no possible length, one digit. */
export function parsePhone(text: string): string | null {
  const key = phoneKey(dialled(text)).slice('phone:'.length);
  const national = key.replace(/^440+/, '44');
  const digits = /^7\d{9}$/.test(national) ? `44${national}` : national;
  if (digits.length > digitsMax || placeholders.has(digits)) return null;
  if (digits.length < 7 || /^(?:44)?(\d)\1*$/.test(digits)) return null;
  return organisations.test(digits) ? null : digits;
}

/** The number as it is read out in Britain. */
export function sayPhone(digits: string): string {
  if (!digits.startsWith('44')) return `+${digits}`;
  const rest = digits.slice(2);
  if (/^2\d{9}$/.test(rest)) return `0${rest.slice(0, 2)} ${rest.slice(2, 6)} ${rest.slice(6)}`;
  if (/^1(?:1\d|\d1)\d{7}$/.test(rest)) return `0${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`;
  return `0${rest.slice(0, 4)} ${rest.slice(4)}`;
}
