import { z } from 'zod';
import { id } from '../room/define.ts';

/** The room that a path names. */
export const ofRoom = z.strictObject({ room: id });
