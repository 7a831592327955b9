import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from '../test/generated-docs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const { file, text } of generatedDocs()) writeFileSync(`${root}${file}`, text);
