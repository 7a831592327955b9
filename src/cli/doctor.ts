import { examine } from '../serve/doctor.ts';
import type { StoreOptions } from './in-store.ts';
import { configuredBy } from './in-store.ts';

const statusOfIllness = 1;
const marks = { well: 'well     ', doubtful: 'DOUBTFUL ', ill: 'ILL      ' } as const;

/** Says what is wrong with a service's surroundings and how to mend it; 1 where something is. */
export async function doctor(options: StoreOptions): Promise<number> {
  const findings = await examine(configuredBy(options), process.env);
  for (const { what, state, says, remedy } of findings) {
    process.stdout.write(`${marks[state]}${what}: ${says}\n`);
    if (remedy !== null) process.stdout.write(`         ${remedy}\n`);
  }
  return findings.some((one) => one.state === 'ill') ? statusOfIllness : 0;
}
