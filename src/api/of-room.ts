import { z } from 'zod';
import { id } from '../room/define.ts';

/** The room that a path names. */
export const ofRoom = z.strictObject({ room: id });

/** What somebody reads for, as they give it. */
export const purpose = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .optional()
  .meta({ description: 'What it is for: needed where the incident is restricted, or whoever reads is off duty.' });
