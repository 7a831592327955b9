import type { Safeguard } from '../room/safeguard.ts';
import { ungraded } from './ungraded.ts';
import { unresourced } from './unresourced.ts';

/** Every safeguard in force, in the order of the catalogue; a new one is a file and a line here. */
export const safeguards: readonly Safeguard[] = [ungraded, unresourced];
