// Normalises values on a thread of its own: those of a million names take seconds, which no other core should idle for.
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
export const { wordsOfPiece } = await import('../src/batch/normalised-piece.ts');
