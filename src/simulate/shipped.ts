import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { readDocument } from '../border/document.ts';
import { sayProblem } from '../border/problem.ts';

/** A data file that ships beside this code, checked. Throws where it is wrong. */
export function readShipped<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const document = readDocument(readFileSync(file), { file: name, schema });
  if (!document.ok) throw new Error(document.problems.map(sayProblem).join('\n'));
  return document.value;
}
