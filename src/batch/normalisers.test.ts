import { expect, test } from 'vitest';
import { parting } from './raw-sql.ts';
import type { RawPiece } from './normalised-piece.ts';
import type { Normaliser } from './normalisers.ts';
import { withNormaliser } from './normalisers.ts';

const bounds = { threads: 2, memoryBytes: 1_000_000_000 };
const columns = ['surname', 'surnameSound', 'surnameRoot'] as const;
const surnames = [
  'Smith',
  "O'Brien",
  'van der Berg',
  'Łukasz',
  'Петров',
  '王',
  ' ',
  'Mc Donald-Hughes',
  '<b>',
  'unknown',
];

async function* pieces(many: number): AsyncGenerator<RawPiece> {
  for (let at = 0; at < many; at += 1) {
    const some = surnames.map((name) => `${name}${'y'.repeat(at % 7)}`);
    yield { raw: ['surname'], columns, piece: some.join(parting.record) };
  }
}

async function wordsBy(normaliser: Normaliser): Promise<readonly (readonly string[])[]> {
  const words: (readonly string[])[] = [];
  for await (const one of normaliser(pieces(40))) words.push(one);
  return words;
}

test('threads normalise as the calling one does, and answer in the order of the pieces', async () => {
  const here = await withNormaliser({ ...bounds, records: 10 }, wordsBy);
  const apart = await withNormaliser({ ...bounds, records: 1_000_000 }, wordsBy);
  expect(here).toHaveLength(40);
  expect(apart).toEqual(here);
});

test('what fails on a thread fails where it was asked for', async () => {
  const broken = { raw: [], columns: [], piece: null } as unknown as RawPiece;
  const asked = async function* (): AsyncGenerator<RawPiece> {
    yield broken;
  };
  const words = withNormaliser({ ...bounds, records: 1_000_000 }, (normaliser) => normaliser(asked()).next());
  await expect(words).rejects.toThrow('split');
});
