import { z } from 'zod';

/** A telephone number as switches send it: digits, with a plus and the usual signs between them. */
export const phoneNumber = z
  .string()
  .max(32)
  .regex(/^\+?(?:[ ().-]{0,2}\d){3,19}$/, 'a telephone number of 3 to 19 digits');

/** The number without what only people need to read it. */
export function digitsOf(number: string): string {
  return number.replaceAll(/[^\d+]/g, '');
}

/**
 * Whether an emergency call shows this instead of a number: a handset without service of its own, or one roaming, is
 * shown under 08. Nobody is reached there, and two such calls may show the same.
 */
export function isPseudo(number: string): boolean {
  return /^(?:0|\+?440?|00440?)8/.test(digitsOf(number));
}
