// Plays one founding case in a process of its own: months of a case take seconds, and no room may wait for them.
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
const { playedLines } = await import('../src/serve/played-case.ts');
process.stdout.write(playedLines(process.argv[2] ?? ''));
