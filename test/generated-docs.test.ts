import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedDocs } from './generated-docs.ts';

test.each(generatedDocs().map(({ file, text }) => [file, text] as const))(
  '%s is what the program would write now',
  (file, text) => {
    const committed = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    expect(committed === text, `${file} is out of date: run npm run docs`).toBe(true);
  },
);
