import { z } from 'zod';
import type { Around } from './around.ts';
import { withIsoInstants } from './iso.ts';
import { purpose } from './of-room.ts';
import { isProblem } from './problems.ts';
import type { Problem } from './problems.ts';
import type { Look, Looking } from './reading.ts';
import { look } from './reading.ts';
import type { Answer, SeatedCall } from './route.ts';

/** What every page may be asked with, and what may stand in the way of reading it. */
export const withPurpose = z.strictObject({ purpose });
export const readProblems = ['forbidden', 'purpose-needed', 'room-not-ready', 'not-logged'] as const;

type AnyCall = SeatedCall<unknown, unknown, unknown>;

/** Looks and answers with what the view makes of the room; `null` is what is not there. */
export async function shown(
  around: Around,
  { request, seat }: Pick<AnyCall, 'request' | 'seat'>,
  at: Look,
  view: (looking: Looking) => unknown,
): Promise<Answer | Problem> {
  const looked = await look({ around, request, seat }, at, view);
  if (isProblem(looked)) return looked;
  return { json: withIsoInstants(looked.made), headers: { 'heed-room-state': seat.engine.state() } };
}
