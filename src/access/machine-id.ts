import { id } from '../room/define.ts';
import { machine } from '../room/pass.ts';

/** The id of a machine outside: any but that of the room itself, whose doings nobody else's must look like. */
export const machineId = id.refine((one) => one !== machine.id, {
  error: `The machine ${machine.id} is the room itself; give this one a name of its own.`,
});
