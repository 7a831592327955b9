import type { Identity } from '../../room/subject.ts';

/** When somebody was born stands last, and is kept as it was told: the linkage reads every way of writing it. */
const withBirth = /^(.*\S) (\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})$/;
const phone = /^\+?[\d\s()-]{6,20}$/;
const mark = /^[a-z]{2}\d{2}\s?[a-z]{3}$|^[a-z]\d{1,3}\s?[a-z]{3}$|^q[\d?]{1,2}\s?[\d?]{3}$/i;
const account = /^([a-z][a-z0-9]{1,20}):?\s*@(\S+)$/i;
const postcode = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})$/i;
const premises = /^((?:flat|unit|apartment)\s+\w+,?\s+)?(\d+[a-z]?)\s+(.+)$/i;

/**
 * What somebody typed, as the subject that it names: a telephone number, a vehicle's mark, an account (`platform
 * @handle`), an address that begins with a number or ends with a postcode, or else a person's name with, last, when
 * they were born.
 */
export function identityOf(typed: string): Identity | null {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  if (text === '') return null;
  if (phone.test(text) && text.replaceAll(/\D/g, '').length >= 6) return { kind: 'phone', number: text };
  if (mark.test(text)) return { kind: 'vehicle', mark: text.toUpperCase() };
  const [, platform, handle] = account.exec(text) ?? [];
  if (platform !== undefined && handle !== undefined)
    return { kind: 'account', platform: platform.toLowerCase(), handle };
  return placeOf(text) ?? personOf(text);
}

function placeOf(text: string): Identity | null {
  const [whole, outward, inward] = postcode.exec(text) ?? [];
  const code = outward === undefined || inward === undefined ? undefined : `${outward} ${inward}`.toUpperCase();
  const rest = (whole === undefined ? text : text.slice(0, -whole.length)).replace(/[\s,]+$/, '');
  const [, flat = '', number, street] = premises.exec(rest) ?? [];
  if (number === undefined && code === undefined) return null;
  const [line = '', ...towns] = (street ?? rest).split(/\s*,\s*/);
  if (line === '') return null;
  const town = towns.join(', ');
  return {
    kind: 'place',
    ...(number === undefined ? {} : { premises: `${flat}${number}`.trim() }),
    street: line,
    ...(town === '' ? {} : { town }),
    ...(code === undefined ? {} : { postcode: code }),
  };
}

function personOf(text: string): Identity {
  const [, name, born] = withBirth.exec(text) ?? [];
  return name === undefined || born === undefined ? { kind: 'person', name: text } : { kind: 'person', name, born };
}
